import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../harness/fault-run.ts';
import { type FaultServer, startFaultServer } from '../harness/fault-server.ts';
import { type FaultKind, faultKinds } from '../harness/faults.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

/** What only the reply of an agent can be: of a judge, what is called text is no completion, and any completion is an answer. */
const ofAgents = ['JSON without the answer', 'deep JSON', 'JSON that is called text'];
const isOfAgents = ({ item, name }: FaultKind) => item === 'F14' || ofAgents.includes(name);
const kinds = faultKinds.filter((kind) => !isOfAgents(kind));
/** Good ones first, and between. */
const faults = new Map(kinds.map((kind, i): [string, FaultKind] => [`q${20 + 2 * i}`, kind]));
const count = 20 + 2 * kinds.length;

let server: FaultServer;
let project: Project;
let fault: ((slot: string) => FaultKind | undefined) | undefined;
beforeAll(async () => {
  server = await startFaultServer({
    script: ({ slot, path }) => (path.startsWith('/judge') ? fault?.(slot)?.send : undefined),
  });
  project = makeProject({
    'samples.jsonl': Array.from({ length: count }, (_, i) => ({ id: `s${i}`, input: `q${i}` })),
    'agent-regress.json': {
      ...{ suite: 'judged', samples: 'samples.jsonl', repeats: 1, concurrency: 12, maxRetries: 1, ...limits, timeoutMs: 8000, baseline: 'none' },
      agent: { type: 'http', url: `${server.origin}/ask`, body: { question: '{{input}}' }, reply: { output: '/answer' } },
      checkers: [{ type: 'judge', rubric: 'Polite.' }],
      judge: { model: 'm', baseUrl: `${server.origin}/judge` },
    },
  });
});
afterAll(async () => {
  await server.close();
  project.remove();
});
const cli = (...args: string[]) => runCli([...args, '-q'], { cwd: project.folder });
const outcomesOf = (name: string) => new Set(project.records(name, 'done').map(({ outcome }) => outcome));
const agentCalls = () => server.calls.filter(({ path }) => path.startsWith('/ask'));

describe('F16 a judge that is down, slow, limited or out of order', () => {
  it('leaves its slot unscored and the answer kept, asks no earlier than it may, and check asks the judge alone later', {
    timeout: 240_000,
  }, async () => {
    fault = (slot) => faults.get(slot);
    const { code, stderr } = await cli('run', '-o', 'out');
    expect(code, stderr).toBe(3);
    expect(agentCalls()).toHaveLength(count);
    expect(project.records('out', 'response').every(({ trajectory }) => trajectory !== undefined)).toBe(true);
    const scores = new Map(project.records('out', 'score').map((score) => [score.sample, score]));
    const wrong = [...Array(count).keys()].flatMap((i) => {
      const kind = faults.get(`q${i}`);
      const wanted = kind?.errors ? 'unscored' : 'scored';
      const score = scores.get(`s${i}`);
      const calls = server.callsOf(`q${i}`).filter(({ path }) => path.startsWith('/judge')).length;
      // What refuses a form is asked without it: that is a second call, but no second try.
      const most = !kind?.errors ? 1 : kind.retries === 'never-again' && !/status (400|415|422|501)/.test(kind.name) ? 1 : 2;
      if (score?.kind === wanted && calls >= 1 && calls <= most) return [];
      return [`q${i} (${kind?.name ?? 'no fault'}) is ${String(score?.kind)} after ${calls} calls: ${String(score?.reason)}`];
    });
    expect(wrong).toEqual([]);
    expect([...outcomesOf('out')].sort()).toEqual(['pass', 'unscored']);
    expect(project.assessment('out').verdict.status).not.toBe('regressed');
    expect(server.problems).toEqual([]);
    fault = undefined;
    server.reset();
    const checked = await cli('check', 'out');
    expect(checked.code, checked.stderr).toBe(0);
    expect(agentCalls()).toEqual([]);
    expect(project.assessment('out').outcomes).toMatchObject({ pass: count, unscored: 0, error: 0 });
  });

  it('and asks for an hour is left alone by all that would ask it after that', { timeout: 240_000 }, async () => {
    server.reset();
    server.options.script = ({ path }) => {
      if (!path.startsWith('/judge')) return undefined;
      return ({ socket, demandPause }) => {
        demandPause(3_600_000, 'host');
        socket.write('HTTP/1.1 429 Wait\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n');
      };
    };
    const { code } = await cli('run', '-o', 'limited');
    expect(code).toBe(3);
    expect(agentCalls()).toHaveLength(count);
    expect(server.calls.length - count).toBeLessThanOrEqual(12);
    expect(project.assessment('limited').outcomes).toMatchObject({ unscored: count, pass: 0, fail: 0 });
    server.problems = [];
  });
});
