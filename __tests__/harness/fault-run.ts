import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';
import { rightAnswer } from './fault-answers.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';
import type { FaultKind } from './faults.ts';

/** How an agent of the fault server is configured. */
export interface Protocol {
  agent: (origin: string) => Record<string, unknown>;
  /** Path of the request that a slot's answer comes with; the others of a slot are answered well. */
  answers: RegExp;
  /** Requests that a slot needs before that one, in every attempt. */
  before?: number;
}

export const http: Protocol = {
  agent: (origin) => ({
    type: 'http',
    ...{ url: `${origin}/ask`, body: { question: '{{input}}' }, reply: { output: '/answer' }, stream: { output: '/d', done: '[DONE]' } },
  }),
  answers: /^\/ask/,
};

/** One run of the built command line against a server that does wrong. */
export interface FaultPlan {
  protocol?: Protocol;
  /** Slots `q0` to `q<count - 1>`. */
  count: number;
  /** What happens to which slot. */
  faults: ReadonlyMap<string, FaultKind>;
  /** Calls of a slot that meet its fault; the later ones are answered well. */
  times: number;
  concurrency: number;
  maxRetries: number;
}

/** Limits of the runs: short, so that what hangs ends soon. */
export const limits = { timeoutMs: 2500, deadlines: { connectMs: 3000, firstByteMs: 800, idleMs: 800 }, maxReplyBytes: 200_000 };
/** A run that takes longer hangs, however busy the machine is: no slot may take more than its tries and the pauses between them. */
const hangMs = 60_000;

/** A project of `count` slots with an agent at the server. */
export function faultProject(server: FaultServer, plan: Pick<FaultPlan, 'protocol' | 'count' | 'concurrency' | 'maxRetries'>): Project {
  const { protocol = http, count, concurrency, maxRetries } = plan;
  return makeProject({
    'samples.jsonl': Array.from({ length: count }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: rightAnswer(`q${i}`) })),
    'agent-regress.json': {
      ...{ suite: 'faults', samples: 'samples.jsonl', agent: protocol.agent(server.origin), repeats: 1, baseline: { path: 'base' } },
      ...{ concurrency, maxRetries, ...limits, checkers: [{ type: 'equals', value: '{{expected}}' }], policy: { mode: 'strict' } },
    },
  });
}

/** Runs the plan and says what came out otherwise than the rules of docs/reliability.md say; nothing: all is well. */
export async function runFaults(plan: FaultPlan): Promise<string[]> {
  const { protocol = http, faults, times } = plan;
  const server = await startFaultServer();
  const project = faultProject(server, plan);
  const run = (args: string[]) => {
    const limit = new AbortController();
    return runCli(['run', '-q', ...args], {
      cwd: project.folder,
      onStart: (child) => {
        const timer = setTimeout(() => child.kill('SIGKILL'), hangMs);
        limit.signal.addEventListener('abort', () => clearTimeout(timer));
      },
    }).finally(() => limit.abort());
  };
  try {
    const base = await run(['-o', 'base', '--baseline', 'none']);
    if (base.code !== 0) return [`the run without faults ended with ${base.code}: ${base.stderr}`];
    server.reset();
    const met = new Map<string, number>();
    server.options.script = ({ slot, path }) => {
      const kind = faults.get(slot);
      if (!kind || !protocol.answers.test(path)) return undefined;
      met.set(slot, (met.get(slot) ?? 0) + 1);
      return (met.get(slot) ?? 0) <= times ? kind.send : undefined;
    };
    const { code, stderr } = await run(['-o', 'out']);
    if (code === 137) return ['the run hangs'];
    const found = [...slotProblems(plan, server, project), ...verdictProblems(plan, project, code, stderr), ...server.problems];
    server.problems = [];
    return found;
  } finally {
    await server.close();
    project.remove();
  }
}

/** What a slot comes to: whether its answer is right in the end, and after how many attempts. */
export function expectedOf(
  kind: FaultKind | undefined,
  { times, maxRetries }: Pick<FaultPlan, 'times' | 'maxRetries'>,
): { isRight: boolean; tries: number } {
  if (!kind?.errors) return { isRight: true, tries: 1 };
  const most = kind.retries === 'never-again' ? 1 : kind.retries === 'once-more' ? Math.min(2, 1 + maxRetries) : 1 + maxRetries;
  return times < most ? { isRight: true, tries: times + 1 } : { isRight: false, tries: most };
}

function slotProblems(plan: FaultPlan, server: FaultServer, project: Project): string[] {
  const { protocol = http } = plan;
  const problems: string[] = [];
  const done = project.records('out', 'done');
  const responses = project.records('out', 'response') as { sample: string; error?: { kind: string; message: string } }[];
  const attempts = project.records('out', 'attempt');
  for (let i = 0; i < plan.count; i++) {
    const slot = `q${i}`;
    const kind = plan.faults.get(slot);
    const { isRight, tries } = expectedOf(kind, plan);
    const about = `${slot} (${kind?.name ?? 'no fault'})`;
    const wrong = (what: string) => problems.push(`${about}: ${what}`);
    const records = done.filter(({ sample }) => sample === `s${i}`);
    if (records.length !== 1) wrong(`${records.length} done records`);
    if (records[0] && records[0].outcome !== (isRight ? 'pass' : 'error')) wrong(`is ${String(records[0].outcome)}`);
    const error = responses.find(({ sample }) => sample === `s${i}`)?.error;
    if (!isRight && error && !kind?.errors?.includes(error.kind)) wrong(`has the error ${error.kind}: ${error.message}`);
    const calls = server.callsOf(slot).filter(({ path }) => protocol.answers.test(path));
    if (calls.length !== tries) wrong(`was asked ${calls.length} times, not ${tries}`);
    const recorded = attempts.filter(({ sample }) => sample === `s${i}`);
    if (recorded.length !== calls.length) wrong(`has ${recorded.length} attempt records for ${calls.length} calls`);
    const keys = new Set([...calls.map(({ key }) => key), ...recorded.map(({ idempotencyKey }) => idempotencyKey)]);
    if (keys.size !== 1) wrong(`has ${keys.size} idempotency keys`);
  }
  return problems;
}

/** A fault is never an improvement, a regression or a failure of the agent: the run is incomplete, or as good as ever. */
function verdictProblems(plan: FaultPlan, project: Project, code: number | null, stderr: string): string[] {
  const errors = [...plan.faults.values()].filter((kind) => !expectedOf(kind, plan).isRight).length;
  const { verdict, outcomes } = project.assessment('out');
  const problems: string[] = [];
  if (verdict.status === 'regressed' || verdict.status === 'improved') problems.push(`the verdict is ${verdict.status}`);
  if (outcomes.error !== errors || outcomes.pass !== plan.count - errors) problems.push(`the outcomes are ${JSON.stringify(outcomes)}`);
  if (errors === 0 ? code !== 0 : code !== 0 && code !== 3) problems.push(`the exit code is ${code}: ${stderr}`);
  if (verdict.exitCode !== code) problems.push(`the exit code is ${code}, that of the verdict ${verdict.exitCode}`);
  return problems;
}
