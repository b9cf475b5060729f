import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checksummedLine } from '../../src/io/run-log-scan.ts';
import { executeSuite } from '../../src/pipeline/execute.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import type { EarlierLog, PipelineEvent } from '../../src/pipeline/ports.ts';
import type { RunLogRecord } from '../../src/records/run-log.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

type Loose = Record<string, unknown> & { type: string };

const ids = ['a', 'b', 'c', 'd'];
const slots = ids.length * 2;
const workflow = { repository: 'octo-org/bot', runId: '77', attempt: 1, job: 'evaluate' };

let project: Project;
let agent: AgentServer;
beforeEach(async () => {
  project = makeProject({ 'samples.jsonl': ids.map((id) => ({ id, input: `question ${id}`, expected: 'echo' })) });
  agent = await startAgentServer();
});
afterEach(async () => {
  project.remove();
  await agent.close();
});

interface Options {
  config?: Record<string, unknown>;
  attempt?: number;
  git?: { sha: string };
  earlier?: EarlierLog[];
  secret?: string;
}

/** Asks and scores in this process, as a job does. */
async function run(name: string, { config: more = {}, attempt = 2, git, earlier = [], secret = 'sk-none' }: Options = {}) {
  const plain = { suite: 'bot', samples: 'samples.jsonl', repeats: 2, concurrency: 1, checkers: [{ type: 'contains', value: '{{expected}}' }] };
  const http = { type: 'http', url: agent.url, body: { question: '{{input}}' }, reply: { output: '/answer' } };
  const key = '$' + '{env:AGENT_KEY}';
  project.write('agent-regress.json', { ...plain, agent: { ...http, headers: { authorization: key } }, ...more });
  const env = { AGENT_KEY: secret };
  const [config] = await loadSuites({ configPaths: [], overrides: [], env, cwd: project.folder });
  if (!config) throw new Error('no suite');
  const events: PipelineEvent[] = [];
  agent.reset();
  const execution = await executeSuite({
    config,
    outputDir: join(project.folder, name),
    resume: false,
    isScored: true,
    ...(git ? { git } : {}),
    workflow: { ...workflow, attempt },
    earlier: async function* () {
      yield* earlier;
    },
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
  });
  const told = events.flatMap((event) => (event.kind === 'notice' && event.level === 'info' ? [event.message] : []));
  return { ...execution, continued: events.find(({ kind }) => kind === 'continued'), told };
}

/** A log as a killed first attempt left it: the first slots of a whole run, changed by `edit`. */
async function left(
  done: number,
  options: Options & { edit?: (record: Loose) => Loose | undefined; storedAs?: EarlierLog['storedAs'] } = {},
): Promise<EarlierLog> {
  const { edit = (record: Loose) => record, storedAs = 'partial', ...rest } = options;
  const folder = `left-${done}-${Math.random()}`;
  await run(folder, { attempt: 1, ...rest });
  let seen = 0;
  const records = (project.records(folder) as Loose[]).filter(({ type, crc: _ }) => {
    if (type === 'attempt') seen += 1;
    return seen <= done && (type !== 'end' || done === slots);
  });
  const edited = records.flatMap(({ crc: _, ...record }) => edit(record as Loose) ?? []);
  project.write(`${folder}/run.jsonl`, edited.map((record) => checksummedLine(record as unknown as RunLogRecord)).join(''));
  return { runLog: join(project.folder, folder, 'run.jsonl'), storedAs, name: folder };
}

describe('an attempt that finds what an earlier one has left', () => {
  it('asks what is missing, as the same run, and ends with one log of all of it', async () => {
    const earlier = await left(5);
    const { continued, exitCode, index } = await run('head', { earlier: [earlier] });
    expect(continued).toEqual({ kind: 'continued', attempt: 1, slots, resumed: 5 });
    expect(agent.requests.map(({ question }) => question)).toEqual(['question b', 'question c', 'question d']);
    expect(exitCode).toBe(0);
    expect(index.end?.totals).toMatchObject({ slots, pass: slots });
    const keys = project.records('head', 'attempt').map(({ idempotencyKey }) => String(idempotencyKey).slice(0, 36));
    expect(new Set(keys).size, 'an agent can tell that it is asked again').toBe(1);
    expect(project.records('head', 'run')).toMatchObject([{ workflow: { ...workflow, attempt: 2 } }]);
  });

  it.each<[string, Options & { edit?: (record: Loose) => Loose }, string]>([
    ['another repository', { edit: onRun({ workflow: { ...workflow, repository: 'evil/bot' } }) }, 'it is of another workflow run'],
    ['another run', { edit: onRun({ workflow: { ...workflow, runId: '78' } }) }, 'it is of another workflow run'],
    ['another job', { edit: onRun({ workflow: { ...workflow, job: 'x'.repeat(500) } }) }, `it is of another job, "${'x'.repeat(100)}"`],
    ['an attempt to come', { edit: onRun({ workflow: { ...workflow, attempt: 9 } }) }, 'it is of attempt 9, and this is attempt 2'],
    ['no workflow', { edit: onRun({ workflow: undefined }) }, 'it does not say which run it is of'],
    ['another commit', { git: { sha: 'b'.repeat(40) } }, 'it is of another commit'],
    ['a shard', { edit: onRun({ shard: { index: 1, count: 2, samples: 4, samplesDigest: 'x' } }) }, 'it is of another shard'],
    ['other repeats', { config: { repeats: 3 } }, 'repeats changed'],
    [
      'another question',
      { config: { agent: { type: 'http', url: 'http://127.0.0.1:1/', body: { q: '{{input}}' }, reply: { output: '/answer' } }, maxRetries: 0 } },
      'call.endpoint, call.template changed',
    ],
    ['other checkers', { config: { checkers: [{ type: 'equals', value: 'x' }] } }, 'score.contains, score.equals, score.required changed'],
  ])('does not go on from %s, and says so in one line', async (_, { edit, ...options }, why) => {
    const earlier = await left(5, { ...options, ...(edit ? { edit: edit as (record: Loose) => Loose } : {}) });
    const { continued, told, exitCode } = await run('head', { earlier: [earlier] });
    expect(told).toEqual([`${earlier.name} is not continued: ${why}`]);
    expect(continued).toBeUndefined();
    expect(agent.requests).toHaveLength(slots);
    expect(exitCode).toBe(0);
  });

  it('takes of several the one that has most, and nothing that is older than a run that came to its end', async () => {
    const [one, two, whole] = [await left(5), await left(2), await left(slots, { storedAs: 'run' })];
    expect((await run('most', { earlier: [two, one] })).continued).toMatchObject({ resumed: 5 });
    const fresh = await run('fresh', { earlier: [whole, one] });
    expect(fresh.continued).toBeUndefined();
    expect(agent.requests).toHaveLength(slots);
    expect((await run('folder', { earlier: [{ ...whole, storedAs: 'folder' }, one] })).continued).toMatchObject({ resumed: 5 });
    const unreported = await run('unreported', { earlier: [{ ...whole, storedAs: 'partial' }, one] });
    expect(unreported.continued).toMatchObject({ resumed: slots });
    expect(agent.requests).toEqual([]);
  });

  it('tries again what was an error or not scored, and counts the calls that it took', async () => {
    const edit = (record: Loose): Loose | undefined => {
      if (record.sample === 'a' && record.epoch === 1) {
        if (record.type === 'done') return { ...record, outcome: 'error' };
        if (record.type === 'score') return undefined;
        if (record.type === 'response') return { ...record, trajectory: undefined, error: { kind: 'timeout', message: 'too slow' } };
      }
      if (record.sample === 'b' && record.epoch === 1) {
        if (record.type === 'done') return { ...record, outcome: 'unscored' };
        if (record.type === 'score')
          return { type: 'score', sample: 'b', epoch: 1, checker: record.checker, fingerprint: record.fingerprint, kind: 'unscored', reason: 'x' };
      }
      return record;
    };
    const config = { budget: { calls: slots + 1 } };
    const { continued, index } = await run('head', { config, earlier: [await left(5, { edit, config })] });
    expect(continued).toMatchObject({ resumed: 4 });
    expect(agent.requests.map(({ question }) => question)).toEqual(['question a', 'question b', 'question c', 'question d']);
    expect(index.end?.totals).toMatchObject({ slots, pass: slots, error: 0, unscored: 0, agentCalls: slots + 1 });
    const short = await run('short', { config: { budget: { calls: 6 } }, earlier: [await left(5)] });
    expect(short.stopReason, 'the calls of both attempts').toBe('budget-calls');
    expect(agent.requests).toHaveLength(1);
  });

  it('believes no sample, no header and no secret of it', async () => {
    const edit = (record: Loose): Loose => {
      if (record.type === 'run') return { ...record, runId: 'x'.repeat(5000), checkers: [], caps: {}, evil: true };
      if (record.type === 'sample') return { ...record, tags: ['evil'], weight: 99 };
      if (record.type === 'response') return { ...record, trajectory: { turns: [{ input: 'q', output: 'echo sk-secret-canary', steps: [] }] } };
      return record;
    };
    const { continued } = await run('head', { secret: 'sk-secret-canary', earlier: [await left(5, { edit, secret: 'sk-secret-canary' })] });
    expect(continued).toMatchObject({ resumed: 5 });
    const text = project.read('head/run.jsonl');
    expect(text).not.toContain('sk-secret-canary');
    expect(text).not.toMatch(/evil|"weight":99|xxxxx/);
  });

  it('goes on with both logs where a second agent is asked, or with none', async () => {
    const second = { type: 'http', url: agent.url, body: { question: 'again {{input}}' }, reply: { output: '/answer' } };
    const config = { baseline: { agent: second } };
    const earlier = await left(5, { config });
    expect(existsSync(join(project.folder, earlier.name, 'baseline-agent', 'run.jsonl'))).toBe(true);
    const { continued } = await run('head', { config, earlier: [earlier] });
    expect(continued).toEqual({ kind: 'continued', attempt: 1, slots: 2 * slots, resumed: 5 + slots });
    expect(agent.requests).toHaveLength(slots - 5);
    const { told } = await run('other', { config: { baseline: { agent: { ...second, body: { question: 'x' } } } }, earlier: [earlier] });
    expect(told).toContain(`${earlier.name} is not continued: the second agent: call.template changed`);
  });
});

function onRun(change: Record<string, unknown>): (record: Loose) => Loose {
  return (record) => (record.type === 'run' ? { ...record, ...change } : record);
}
