import { type CliResult, makeProject, type Project, runCli } from '../helpers/run-cli.ts';
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
export const limits = { timeoutMs: 10_000, deadlines: { connectMs: 8000, firstByteMs: 5000, idleMs: 5000 }, maxReplyBytes: 200_000 };
/** A run that takes longer hangs, however busy the machine is: no slot may take more than its tries and the pauses between them. */
const hangMs = 60_000;

/** Config and samples of `count` slots with an agent at the server. */
export function writeFaultSuite(
  project: Project,
  server: FaultServer,
  plan: Pick<FaultPlan, 'protocol' | 'count' | 'concurrency' | 'maxRetries'>,
): void {
  const { protocol = http, count, concurrency, maxRetries } = plan;
  const samples = Array.from({ length: count }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: rightAnswer(`q${i}`) }));
  project.write('samples.jsonl', samples);
  project.write('agent-regress.json', {
    ...{ suite: 'faults', samples: 'samples.jsonl', agent: protocol.agent(server.origin), repeats: 1, baseline: { path: 'base' } },
    ...{ concurrency, maxRetries, ...limits, checkers: [{ type: 'equals', value: '{{expected}}' }], policy: { mode: 'strict' } },
  });
}

/** What came out otherwise than the rules of docs/reliability.md say; `item` is that of the fault of a slot. */
export interface FaultProblem {
  item: string | undefined;
  text: string;
}

const other = (text: string): FaultProblem => ({ item: undefined, text });

/** A server and a project whose run without faults is the baseline of all that follow. */
export interface FaultBench {
  /** Runs the plan and says what is wrong; nothing: all is well. */
  run(plan: Pick<FaultPlan, 'faults' | 'times' | 'concurrency' | 'maxRetries'>): Promise<FaultProblem[]>;
  close(): Promise<void>;
}

/** @throws Error when not even the run without faults is good. */
export async function openFaultBench({ count, protocol = http }: Pick<FaultPlan, 'count' | 'protocol'>): Promise<FaultBench> {
  const server = await startFaultServer();
  const project = makeProject({});
  const run = async (plan: Omit<FaultPlan, 'count'>, args: readonly string[]): Promise<CliResult> => {
    writeFaultSuite(project, server, { ...plan, protocol, count });
    let timer: NodeJS.Timeout | undefined;
    const onStart = (child: { kill(signal: NodeJS.Signals): boolean }) => {
      timer = setTimeout(() => child.kill('SIGKILL'), hangMs);
    };
    return runCli(['run', '-q', ...args], { cwd: project.folder, onStart }).finally(() => clearTimeout(timer));
  };
  const base = await run({ faults: new Map(), times: 0, concurrency: 8, maxRetries: 2 }, ['-o', 'base', '--baseline', 'none']);
  if (base.code !== 0) throw new Error(`the run without faults ended with ${base.code}: ${base.stderr}`);
  return {
    async run(plan) {
      server.reset();
      const met = new Map<string, number>();
      server.options.script = ({ slot, path }) => {
        const kind = plan.faults.get(slot);
        if (!kind || !protocol.answers.test(path)) return undefined;
        met.set(slot, (met.get(slot) ?? 0) + 1);
        return (met.get(slot) ?? 0) <= plan.times ? kind.send : undefined;
      };
      const { code, stderr } = await run(plan, ['-o', 'out']);
      if (code === 137) return [other('the run hangs')];
      const whole = { ...plan, protocol, count };
      const found = [...slotProblems(whole, server, project), ...[...verdictProblems(whole, project, code, stderr), ...server.problems].map(other)];
      server.problems = [];
      return found;
    },
    async close() {
      await server.close();
      project.remove();
    },
  };
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

function slotProblems(plan: FaultPlan, server: FaultServer, project: Project): FaultProblem[] {
  const { protocol = http } = plan;
  const problems: FaultProblem[] = [];
  const done = project.records('out', 'done');
  const responses = project.records('out', 'response') as { sample: string; error?: { kind: string; message: string } }[];
  const attempts = project.records('out', 'attempt');
  for (let i = 0; i < plan.count; i++) {
    const slot = `q${i}`;
    const kind = plan.faults.get(slot);
    const { isRight, tries } = expectedOf(kind, plan);
    const about = `${slot} (${kind?.name ?? 'no fault'})`;
    const wrong = (what: string) => problems.push({ item: kind?.item, text: `${about}: ${what}` });
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
