/**
 * Cuts GitHub's OpenAPI description down to the operations that this project calls, so that the stand-in server of
 * the tests can check every request and every reply. Prose is dropped; GitHub's own example replies are kept as
 * templates. The package is 385 MB unpacked: install it into a scratch folder, never as a dependency.
 *
 *   SCRATCH=$(mktemp -d)
 *   npm install --prefix "$SCRATCH" @octokit/openapi@23.0.2
 *   node scripts/prune-openapi.mjs "$SCRATCH/node_modules/@octokit/openapi/generated/api.github.com.json"
 *
 * Writes __tests__/github/openapi/github.openapi.json and github.examples.json. Run it again when an operation is
 * added to the list below.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const operations = new Set([
  'actions/download-artifact',
  'actions/get-artifact',
  'actions/get-workflow-run',
  'actions/list-artifacts-for-repo',
  'actions/list-workflow-run-artifacts',
  'actions/list-workflow-runs',
  'actions/list-workflow-runs-for-repo',
  'checks/create',
  'checks/get',
  'checks/list-annotations',
  'checks/list-for-ref',
  'checks/update',
  'issues/create',
  'issues/create-comment',
  'issues/delete-comment',
  'issues/get-comment',
  'issues/list-comments',
  'issues/list-events',
  'issues/list-for-repo',
  'issues/update',
  'issues/update-comment',
  'pulls/get',
  'pulls/list',
  'pulls/list-files',
  'rate-limit/get',
  'reactions/create-for-issue-comment',
  'repos/compare-commits-with-basehead',
  'repos/get',
  'repos/get-collaborator-permission-level',
  'repos/get-commit',
  'repos/get-latest-release',
  'repos/list-commits',
  'repos/list-pull-requests-associated-with-commit',
  'repos/list-tags',
  'users/get-authenticated',
]);

/** Operations whose example reply is a template of the stand-in; lists and other replies are built from these. */
const templates = new Set([
  'actions/get-artifact',
  'actions/get-workflow-run',
  'checks/get',
  'checks/list-annotations',
  'issues/create',
  'issues/get-comment',
  'issues/list-events',
  'pulls/get',
  'pulls/list',
  'pulls/list-files',
  'rate-limit/get',
  'reactions/create-for-issue-comment',
  'repos/get',
  'repos/get-collaborator-permission-level',
  'repos/get-commit',
  'repos/get-latest-release',
  'users/get-authenticated',
]);

/** Parts of the examples that repeat a whole repository, or that the stand-in has nothing to say about: left out, emptied, or null. */
const repeated = new Set(['template_repository', 'parent', 'source', 'organization', 'previous_attempt_url', 'referenced_workflows']);
const emptied = new Set(['assignees', 'labels', 'pull_requests', 'requested_reviewers', 'requested_teams']);
const nulled = new Set(['assignee', 'auto_merge', 'milestone']);

/** Keys that say nothing about what is valid. */
const prose = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'title',
  'deprecated',
  'x-github',
  'x-multi-segment',
]);

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error('usage: node scripts/prune-openapi.mjs PATH/api.github.com.json');
  process.exit(2);
}
const description = JSON.parse(readFileSync(source, 'utf8'));
const schemas = {};
const examples = {};
const paths = {};
for (const [path, methods] of Object.entries(description.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (!operations.delete(operation.operationId)) continue;
    paths[path] ??= {};
    paths[path][method] = pruneOperation(operation);
  }
}
if (operations.size > 0) throw new Error(`not in the description: ${[...operations].join(', ')}`);

const folder = new URL('../__tests__/github/openapi/', import.meta.url);
const pruned = { openapi: description.openapi, version: description.info.version, paths, components: { schemas: sorted(schemas) } };
writeFileSync(new URL('github.openapi.json', folder), `${JSON.stringify(pruned)}\n`);
writeFileSync(new URL('github.examples.json', folder), `${JSON.stringify(sorted(examples))}\n`);

function pruneOperation(operation) {
  const body = operation.requestBody?.content?.['application/json']?.schema;
  return {
    operationId: operation.operationId,
    parameters: (operation.parameters ?? []).map(pruneParameter),
    ...(body ? { requestBody: { required: operation.requestBody.required === true, schema: strip(body) } } : {}),
    responses: Object.fromEntries(Object.entries(operation.responses).map(([status, reply]) => [status, pruneReply(operation, status, reply)])),
  };
}

function pruneParameter(parameter) {
  const { name, in: place, required, schema } = resolve(parameter);
  return { name, in: place, required: required === true, schema: strip(schema) };
}

function pruneReply(operation, status, reply) {
  const json = resolve(reply).content?.['application/json'];
  if (status.startsWith('2') && json?.examples) keepExample(operation.operationId, json.examples);
  return json?.schema ? { schema: strip(json.schema) } : {};
}

/** The first example; of a list its first item. */
function keepExample(operationId, named) {
  if (!templates.has(operationId)) return;
  const [value] = Object.values(named).map((example) => resolve(example).value);
  examples[operationId] = withoutBulk(Array.isArray(value) ? value[0] : value);
}

function withoutBulk(value) {
  if (Array.isArray(value)) return value.map(withoutBulk);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => !repeated.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, emptied.has(key) ? [] : nulled.has(key) ? null : withoutBulk(item)]));
}

function resolve(value) {
  if (value?.$ref === undefined) return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], description);
}

/** A schema without prose; what it refers to is collected on the way. `isMap`: the keys are property names. */
function strip(value, isMap = false) {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$ref === 'string') collect(value.$ref);
  const entries = Object.entries(value).filter(([key]) => isMap || !prose.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, key === 'enum' ? item : strip(item, !isMap && key === 'properties')]));
}

function collect(reference) {
  const name = reference.split('/').at(-1);
  if (name in schemas) return;
  schemas[name] = {};
  schemas[name] = strip(resolve({ $ref: reference }));
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
