import { beforeAll, describe, expect, it } from 'vitest';
import { type FaultPlan, type FaultProblem, openFaultBench, type Protocol } from '../harness/fault-run.ts';
import { type FaultKind, faultKinds } from '../harness/faults.ts';
import { isFull, soakRow } from '../harness/soak.ts';

/** Every kind at a slot of its own, behind and between as many good ones as an allowance of a fifth more calls takes. */
const spread = new Map(faultKinds.map((kind, i): [string, FaultKind] => [`q${60 + 3 * i}`, kind]));
const plan = { faults: spread, maxRetries: 1 };

/** What takes too long for a share is not there, rather than skipped. */
const inFull = (declare: (name: string, work: () => Promise<void> | void) => void): ((name: string, work: () => Promise<void> | void) => void) =>
  isFull ? declare : () => {};

describe('what a server does wrong to one slot stays with that slot', () => {
  const found: FaultProblem[] = [];
  beforeAll(async () => {
    const bench = await openFaultBench({ count: 360 });
    found.push(...(await bench.run({ ...plan, times: 99, concurrency: 8 })), ...(await bench.run({ ...plan, times: 1, concurrency: 8 })));
    await bench.close();
  }, 240_000);
  const problemsOf = (item: string | undefined) => found.filter((problem) => problem.item === item).map(({ text }) => text);

  it('F05 a connection that is reset before, inside and after the head or inside the body is asked once more', () =>
    expect(problemsOf('F05')).toEqual([]));
  it('F06 silence before, inside and after the head or inside the body, and a half-closed connection, end at the deadline and are asked once more', () =>
    expect(problemsOf('F06')).toEqual([]));
  it('F07 a head or body that comes byte by byte ends at the total deadline', () => expect(problemsOf('F07')).toEqual([]));
  it('F08 a 500 is asked once more, 502 503 504 408 425 529 as often as is allowed', () => expect(problemsOf('F08')).toEqual([]));
  it('F10 a Retry-After as seconds, a date by a wrong clock, in the past or junk is never undercut', () => expect(problemsOf('F10')).toEqual([]));
  it('F11 other statuses of 400 and above are not asked again, even when their bodies never end', () => expect(problemsOf('F11')).toEqual([]));
  it('F12 a reply that is no answer is an error and not asked again; one in an odd form is an answer', () => expect(problemsOf('F12')).toEqual([]));
  it('F13 a body that was cut is never a short answer', () => expect(problemsOf('F13')).toEqual([]));
  it('F14 a stream that breaks inside an event or has no end mark is an error, whatever its line ends are', () =>
    expect(problemsOf('F14')).toEqual([]));
  it('F15 floods of body, header, chunk extension and zipped zeros are refused at the cap', () => expect(problemsOf('F15')).toEqual([]));
  it('T18 a redirect is an error and not followed, whatever its status', () => expect(problemsOf('T18')).toEqual([]));
  it('every other slot, every verdict and every exit code is as if nothing had happened', () => expect(problemsOf(undefined)).toEqual([]));
});

const positions = { first: 0, middle: 3, last: 5 };

/** So many runs at once; the gate and others need processors too. */
const workers = 3;

/** The same server, and one baseline, for all runs of a worker. */
async function sweep(plans: readonly { name: string; plan: FaultPlan }[], protocol?: Protocol): Promise<string[]> {
  const waiting = [...plans];
  const problems: string[] = [];
  const work = async () => {
    const bench = await openFaultBench({ count: 6, ...(protocol ? { protocol } : {}) });
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, plan: one } = next;
      problems.push(...(await bench.run(one)).map(({ text }) => `${name}: ${text}`));
    }
    await bench.close();
  };
  await Promise.all(Array.from({ length: workers }, work));
  return problems;
}

function matrix(kinds: readonly FaultKind[], concurrencies: readonly number[]): { name: string; plan: FaultPlan }[] {
  return kinds.flatMap((kind) =>
    Object.entries(positions).flatMap(([position, at]) =>
      concurrencies.map((concurrency) => ({
        name: `${kind.name}, ${position} of 6, ${concurrency} at once`,
        plan: { count: 6, faults: new Map([[`q${at}`, kind]]), times: 99, concurrency, maxRetries: 2 },
      })),
    ),
  );
}

inFull(describe)('the matrix', () => {
  it('of kinds, positions and concurrencies', async () => {
    const plans = matrix(faultKinds, [1, 8]);
    const problems = await sweep(plans);
    const measured = `${faultKinds.length} kinds × 3 × 2 = ${plans.length} runs; ${problems.length} problems`;
    const wanted = '≥ 32 kinds × 3 positions × 2 concurrencies; 0 hangs, 0 wrong verdicts, 0 wrong counts of calls';
    soakRow({ goal: 'G3', what: 'faults of an agent', wanted, measured, isMet: faultKinds.length >= 32 && problems.length === 0 });
    expect(problems).toEqual([]);
  });
});

const sampled = [
  'reset inside the body',
  'silence after the head',
  'status 503',
  'status 400',
  '429 Retry-After: 1',
  'JSON that is cut',
  'gzip that is cut',
  'a gzip bomb',
  'status 307',
];
const protocols: Record<string, Protocol> = {
  'openai-chat': { agent: (origin) => ({ type: 'openai-chat', baseUrl: `${origin}/v1`, model: 'm' }), answers: /\/chat\/completions$/ },
  'openai-responses': { agent: (origin) => ({ type: 'openai-responses', baseUrl: `${origin}/v1`, model: 'm' }), answers: /\/responses$/ },
  a2a: { agent: (origin) => ({ type: 'a2a', url: `${origin}/a2a` }), answers: /\/rpc$/ },
  langgraph: { agent: (origin) => ({ type: 'langgraph', baseUrl: `${origin}/langgraph`, assistant: 'a' }), answers: /\/runs\/wait$/ },
  adk: { agent: (origin) => ({ type: 'adk', baseUrl: `${origin}/adk`, app: 'a' }), answers: /\/run$/ },
  'agentbench-http': {
    agent: (origin) => ({ type: 'agentbench-http', url: `${origin}/ask`, returnFormat: '{response[answer]}' }),
    answers: /^\/ask$/,
  },
  'http with poll': {
    agent: (origin) => ({
      ...{ type: 'http', url: `${origin}/poll`, body: { question: '{{input}}' }, reply: { output: '/answer' } },
      poll: { location: '/place', status: '/state', until: ['done'], intervalMs: 20 },
    }),
    answers: /^\/poll$/,
  },
};

describe('the same rules hold for', () => {
  const kinds = faultKinds.filter(({ name }) => sampled.includes(name));
  it('all of the sample', () => expect(kinds.map(({ name }) => name).sort()).toEqual([...sampled].sort()));

  inFull(it)('every protocol over HTTP', async () => {
    const plans = matrix(kinds, [4]).filter(({ name }) => name.includes('middle'));
    const problems: string[] = [];
    for (const [type, protocol] of Object.entries(protocols)) {
      // As AgentBench does, agentbench-http asks again whatever the status is.
      const own = plans.filter(({ name }) => type !== 'agentbench-http' || !name.startsWith('status 4'));
      problems.push(...(await sweep(own, protocol)).map((text) => `${type}: ${text}`));
    }
    const measured = `${Object.keys(protocols).length} protocols × ${plans.length} kinds; ${problems.length} problems`;
    soakRow({ goal: 'G3', what: 'faults of other protocols', wanted: 'a sample of kinds; 0 problems', measured, isMet: problems.length === 0 });
    expect(problems).toEqual([]);
  });
});
