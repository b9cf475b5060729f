import { type Problem, ToolError } from '../errors.ts';
import type { Json, JsonObject } from '../records/json.ts';
import { type DemoScript, readDemoScript } from '../systems/agentloop/demo-script.ts';
import { type ConvertedProject, defineProject, type ProjectNote, type ProjectRequest } from './project.ts';

/**
 * An experiment of AgentLoop: its dataset, an agent behind a URL, AgentScope's result folder and the upload. What a script
 * (agentloop_demo.py) gives literally is read from it; flags win.
 */
export const agentloop = defineProject({
  type: 'agentloop',
  summary: 'an offline experiment of AgentLoop: dataset from the service, result folder and upload, as agentloop_demo.py has them',
  usage: '[agentloop_demo.py]',
  flags: [
    { name: 'workspace', type: 'string', value: 'NAME', help: 'workspace that the dataset is in' },
    { name: 'agent-space', type: 'string', value: 'NAME', help: 'agent space instead of a workspace (later generation of the service)' },
    { name: 'dataset', type: 'string', value: 'NAME', help: 'dataset that is asked' },
    { name: 'region-id', type: 'string', value: 'REGION', help: 'region of the workspace, such as cn-hangzhou' },
    { name: 'result-dir', type: 'string', value: 'DIR', help: 'where the result folder is written (default ./results)' },
    { name: 'query', type: 'string', value: 'SQL', help: 'take the rows that it finds; wins over --max-rows' },
    { name: 'max-rows', type: 'string', value: 'N', help: 'rows at most (default 1000)' },
    { name: 'ground-truth-field', type: 'string', value: 'COLUMN', help: 'column of the expected output (default none)' },
    { name: 'n-repeat', type: 'string', value: 'N', help: 'times each row is asked (default 1)' },
    { name: 'n-workers', type: 'string', value: 'N', help: 'rows that are asked at once (default 1)' },
    { name: 'project', type: 'string', value: 'NAME', help: 'project of the log service (default: looked up)' },
    { name: 'experiment-name', type: 'string', value: 'NAME', help: 'name of the experiment' },
    { name: 'experiment-type', type: 'string', value: 'TYPE', help: 'agent or model (default agent)' },
    { name: 'experiment-metadata', type: 'string', value: 'JSON', help: 'default {"run_env": "local_run"}' },
    { name: 'experiment-config', type: 'string', value: 'JSON', help: 'such as {"agent_name": "support"}' },
    { name: 'endpoint', type: 'string', value: 'URL', help: 'of the service, where it is not that of the region' },
    { name: 'log-endpoint', type: 'string', value: 'URL', help: 'of the log service, where it is not that of the region' },
    { name: 'agent-url', type: 'string', value: 'URL', help: 'where the agent is asked: every row is posted to it as JSON' },
    { name: 'base', type: 'string', value: 'FILE', help: 'a config of agent-regress with the agent and the checkers' },
    { name: 'local-only', type: 'boolean', help: 'write the result folder and upload nothing' },
  ],
  convert,
});

/** Names in a script, and the flags of the same meaning. */
const scriptNames: readonly (readonly [name: string, flag: string])[] = [
  ['workspace', 'workspace'],
  ['agent_space', 'agent-space'],
  ['dataset', 'dataset'],
  ['region_id', 'region-id'],
  ['result_dir', 'result-dir'],
  ['query', 'query'],
  ['max_rows', 'max-rows'],
  ['ground_truth_field', 'ground-truth-field'],
  ['n_repeat', 'n-repeat'],
  ['n_workers', 'n-workers'],
  ['project', 'project'],
  ['experiment_name', 'experiment-name'],
  ['experiment_type', 'experiment-type'],
  ['experiment_metadata', 'experiment-metadata'],
  ['experiment_config', 'experiment-config'],
];

/** A value, and where it came from. */
interface Found {
  value: Json;
  file: string;
  line: number;
  field: string;
}

interface Settings {
  request: ProjectRequest;
  found: ReadonlyMap<string, Found>;
  script: DemoScript | undefined;
  problems: Problem[];
  notes: ProjectNote[];
}

async function convert(request: ProjectRequest): Promise<ConvertedProject> {
  const settings = await readSettings(request);
  const { problems, notes } = settings;
  const space = textOf(settings, 'agent-space');
  const where: JsonObject = given({
    workspace: space === undefined ? required(settings, 'workspace') : undefined,
    agentSpace: space,
    region: textOf(settings, 'endpoint') === undefined ? required(settings, 'region-id') : textOf(settings, 'region-id'),
    endpoint: textOf(settings, 'endpoint'),
  });
  const dataset = required(settings, 'dataset');
  const query = textOf(settings, 'query');
  const groundTruthField = textOf(settings, 'ground-truth-field');
  const maxRows = query === undefined ? countOf(settings, 'max-rows') : undefined;
  const config: JsonObject = {
    ...agentOf(settings, groundTruthField),
    suite: suiteName(textOf(settings, 'experiment-name') ?? dataset ?? ''),
    samples: { agentloop: given({ ...where, dataset, query, maxRows, groundTruthField }) },
    repeats: countOf(settings, 'n-repeat') ?? 1,
    concurrency: workersOf(settings),
    exports: [exportOf(settings)],
  };
  if (problems.length > 0) {
    const message = problems.length === 1 ? (problems[0]?.message ?? '') : `${problems.length} problems in the agentloop project`;
    throw new ToolError({ code: 'project-invalid', message, problems });
  }
  const results = { type: 'agentscope', path: textOf(settings, 'result-dir') ?? './results' };
  return { folder: '.', suites: [{ config, ...(request.command === 'check' && request.operands.length === 0 ? { results } : {}) }], notes };
}

async function readSettings(request: ProjectRequest): Promise<Settings> {
  const [file, ...more] = request.command === 'check' ? [] : request.operands;
  const problems: Problem[] = more.map((operand) => ({
    field: operand,
    message: 'one script is enough',
    remedy: 'name agentloop_demo.py, and the rest as flags',
  }));
  const script =
    file === undefined
      ? undefined
      : readDemoScript(
          await request.files.read(file),
          scriptNames.map(([name]) => name),
        );
  const notes: ProjectNote[] = [];
  const found = new Map<string, Found>();
  for (const [name, flag] of scriptNames) {
    const written = script?.values.get(name);
    if (!written || file === undefined) continue;
    const place = { file, line: written.line, field: name };
    if (written.isAgain) notes.push({ ...place, message: `it is given more than once; this one is taken: --${flag} says another` });
    if (written.value !== null && written.value !== '') found.set(flag, { value: written.value, ...place });
  }
  for (const [name, flag] of scriptNames) {
    const line = script?.computed.get(name);
    if (line !== undefined && file !== undefined && request.flags[flag] === undefined) {
      notes.push({ file, line, field: name, message: `it is computed, and was not read: --${flag} says it` });
    }
  }
  for (const { name } of agentloop.flags) {
    const value = request.flags[name];
    if (typeof value === 'string') found.set(name, { value, file: '', line: 1, field: `--${name}` });
  }
  return { request, found, script, problems, notes };
}

/** The agent and the checkers: those of the base, else an agent behind a URL that has to answer. */
function agentOf({ request, found, script, notes }: Settings, groundTruthField: string | undefined): JsonObject {
  const base = found.get('base')?.value;
  const url = found.get('agent-url')?.value;
  const agent = { type: 'http', url: url ?? request.variable('AGENT_URL'), body: '{{input}}', reply: { output: '' }, stream: { lenient: true } };
  if (base !== undefined) return { extends: base, ...(url === undefined ? {} : { agent }) };
  const file = request.operands[0] ?? 'agentloop';
  if (script && url === undefined) {
    const message = 'the solution function is Python and was not read: every row is posted as JSON to AGENT_URL; write `agent` as your function asks';
    notes.push({ file, line: 1, field: 'solution', message });
  }
  const said = 'an answer that is not empty passes: add checkers, as the evaluation of AgentLoop runs in the service';
  notes.push({
    file,
    line: 1,
    field: 'checkers',
    message: groundTruthField === undefined ? said : `${said}; likeness to the ground truth is shown and decides nothing`,
  });
  const likeness = groundTruthField === undefined ? [] : [{ type: 'similarity', required: false }];
  return { agent, checkers: [{ type: 'length', unit: 'characters', min: 1 }, ...likeness] };
}

function exportOf(settings: Settings): JsonObject {
  const path = textOf(settings, 'result-dir') ?? './results';
  if (settings.request.flags['local-only'] === true) return { type: 'agentscope', path };
  const type = textOf(settings, 'experiment-type');
  if (type !== undefined && type !== 'agent' && type !== 'model')
    problemAt(settings, 'experiment-type', `"${type}" is no type of an experiment`, 'agent or model');
  return given({
    type: 'agentloop',
    path,
    project: textOf(settings, 'project'),
    logEndpoint: textOf(settings, 'log-endpoint'),
    experimentName: textOf(settings, 'experiment-name'),
    experimentType: type,
    experimentMetadata: objectOf(settings, 'experiment-metadata'),
    experimentConfig: objectOf(settings, 'experiment-config'),
  });
}

/** GeneralEvaluator takes n_workers and asks one after another all the same. */
function workersOf(settings: Settings): number {
  const { found, script, notes } = settings;
  const count = countOf(settings, 'n-workers');
  const given = found.get('n-workers');
  if (count === undefined || !given || given.field === '--n-workers' || script?.isParallel) return count ?? 1;
  if (count > 1)
    notes.push({
      file: given.file,
      line: given.line,
      field: given.field,
      message: 'GeneralEvaluator asks one row after another, whatever this says: --n-workers asks several at once',
    });
  return 1;
}

function textOf(settings: Settings, flag: string): string | undefined {
  const value = settings.found.get(flag)?.value;
  if (value === undefined || typeof value === 'string') return value;
  problemAt(settings, flag, 'it is no text', 'write a text');
  return undefined;
}

function required(settings: Settings, flag: string): string | undefined {
  const value = textOf(settings, flag);
  if (value !== undefined && !/^replace with\b/i.test(value)) return value;
  const message = value === undefined ? `--${flag} is missing` : `"${value.slice(0, 60)}" is still there in its place`;
  problemAt(settings, flag, message, `write --${flag}, or put it into the script`);
  return undefined;
}

function countOf(settings: Settings, flag: string): number | undefined {
  const value = settings.found.get(flag)?.value;
  if (value === undefined) return undefined;
  const count = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1) return count;
  problemAt(settings, flag, `${JSON.stringify(value).slice(0, 40)} is no number of at least 1`, 'write a whole number, such as 1');
  return undefined;
}

function objectOf(settings: Settings, flag: string): JsonObject | undefined {
  const found = settings.found.get(flag);
  if (!found) return undefined;
  const value = typeof found.value === 'string' ? parsed(found.value) : found.value;
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  problemAt(settings, flag, 'it is no JSON object', 'write {"name": "value"}');
  return undefined;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function problemAt({ found, problems, request }: Settings, flag: string, message: string, remedy: string): void {
  const place = found.get(flag);
  const [script] = request.operands;
  const whole = place || script === undefined ? message : `${message} (${script} does not give it)`;
  const where = place && place.file !== '' ? { file: place.file, line: place.line } : {};
  problems.push({ ...where, field: place?.field ?? `--${flag}`, message: whole, remedy });
}

function suiteName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').replace(/^[^\p{L}\p{N}]+/u, '');
  return plain.slice(0, 100).trimEnd() || 'agentloop';
}

function given(fields: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
