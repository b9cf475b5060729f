import type { SuiteConfig } from '../config/suite-config.ts';
import { readRunIndex } from '../io/run-log-file.ts';
import type { BaselineInfo } from '../records/assessment.ts';
import { textOf } from '../template.ts';
import { openSuite } from './open-suite.ts';
import type { BaselineFinder } from './ports.ts';

/** What a run would do, without asking anything. */
export interface Estimate {
  suite: string;
  samples: number;
  repeats: number;
  /** Planned calls: one per turn of every slot, to both agents where there are two; of a scenario as many as it may have. */
  calls: number;
  /** Calls at most, with every retry, the largest confirmation and a top-up. */
  maxCalls: number;
  /** Messages of the model that plays the user, at most; retries and confirmation not counted. Absent: no user is played. */
  userCalls?: number;
  /** Calls among them to the agent that is asked beside as the baseline. */
  baselineCalls?: number;
  /** A token is taken as four characters of the input; the agent's own prompt is not known. */
  inputTokens: number;
  /** Whether there is a baseline to take the numbers below from. */
  hasBaseline: boolean;
  /** Per the baseline's recorded mean per slot; absent without a recorded usage. */
  outputTokens?: number;
  costUsd?: number;
  /** From the baseline's recorded mean latency. */
  seconds?: number;
  baseline: string;
  checkers: string[];
  endpoint?: string;
  baselineEndpoint?: string;
}

/** @throws ToolError as the run itself would, for everything but the network. */
export async function estimateSuite(config: SuiteConfig, findBaseline: BaselineFinder): Promise<Estimate> {
  const suite = await openSuite(config);
  try {
    let turns = 0;
    let userTurns = 0;
    let characters = 0;
    for await (const sample of suite.samples.stream()) {
      const planned = suite.user.callsOf(sample);
      turns += planned.agent;
      userTurns += planned.user;
      characters += textOf(sample.system).length;
      for (const turn of sample.turns) characters += textOf(turn.input).length;
    }
    const slots = suite.samples.count * config.repeats;
    // A shard is not compared; what is asked on its account is asked by the merge.
    const isCompared = config.baseline.kind !== 'none' && !suite.samples.shard;
    const confirmation = config.policy.confirm && isCompared ? mostConfirmation(config, suite.samples.count) : 0;
    const header = suite.header(undefined, new Date(0));
    const own = turns * config.repeats;
    const second = suite.baselineSuite?.header(undefined, new Date(0)).agent;
    const calls = second ? 2 * own : own;
    const topUp = config.policy.topUp && isCompared ? own : 0;
    const { info, runLogs } = await findBaseline(config);
    return {
      suite: config.suite,
      samples: suite.samples.count,
      repeats: config.repeats,
      calls,
      maxCalls: Math.min(suite.config.budget.calls ?? Number.POSITIVE_INFINITY, Math.ceil((calls + topUp + confirmation) * 1.2)),
      ...(second ? { baselineCalls: own } : {}),
      ...(userTurns > 0 ? { userCalls: userTurns * config.repeats * (second ? 2 : 1) } : {}),
      inputTokens: Math.ceil((characters * config.repeats * (second ? 2 : 1)) / 4),
      hasBaseline: runLogs.length > 0,
      ...(await fromBaseline(runLogs[0], slots, config.concurrency)),
      baseline: second ? `a second agent (${second.type}), asked in the same run` : baselineText(info, runLogs.length),
      checkers: header.checkers.map(({ name, required }) => (required ? name : `${name} (not required)`)),
      ...(header.agent.endpoint === undefined ? {} : { endpoint: header.agent.endpoint }),
      ...(second?.endpoint === undefined ? {} : { baselineEndpoint: second.endpoint }),
    };
  } finally {
    await suite.close();
  }
}

function baselineText({ kind, reason = 'not found' }: BaselineInfo, runs: number): string {
  return runs > 0 ? `${kind}, ${runs} run${runs === 1 ? '' : 's'}` : `none: ${reason}`;
}

/** A fifth of the samples, at least five, in strict mode all; 10 times, with slices 12. @see compare/confirmation.ts */
function mostConfirmation({ policy }: SuiteConfig, samples: number): number {
  const suspects = policy.mode === 'strict' ? samples : Math.min(samples, Math.max(5, Math.ceil(0.2 * samples)));
  return suspects * (policy.slices.length > 0 ? 12 : 10);
}

async function fromBaseline(
  runLog: string | undefined,
  slots: number,
  concurrency: number,
): Promise<Pick<Estimate, 'outputTokens' | 'costUsd' | 'seconds'>> {
  if (runLog === undefined) return {};
  const index = await readRunIndex(runLog);
  const recorded = [...index.samples.values()].flatMap((sample) => sample.slots);
  const mean = (values: (number | undefined)[]) => {
    const present = values.filter((value) => value !== undefined);
    return present.length === 0 ? undefined : present.reduce((sum, value) => sum + value, 0) / present.length;
  };
  const output = mean(recorded.map((slot) => slot.outputTokens));
  const cost = mean(recorded.map((slot) => slot.costUsd));
  const latency = mean(recorded.map((slot) => slot.latencyMs));
  return {
    ...(output === undefined ? {} : { outputTokens: Math.ceil(output * slots) }),
    ...(cost === undefined ? {} : { costUsd: cost * slots }),
    ...(latency === undefined ? {} : { seconds: (latency * slots) / concurrency / 1000 }),
  };
}
