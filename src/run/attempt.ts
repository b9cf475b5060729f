import { type Agent, AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';
import type { Sample } from '../records/sample.ts';
import type { Trajectory } from '../records/trajectory.ts';
import type { User } from '../users/user.ts';
import type { Redactor } from './core/redact.ts';
import type { PlannedSlot } from './core/slots.ts';
import { soundTrajectory } from './sound-trajectory.ts';
import type { Stop } from './stop.ts';

export interface AttemptOptions {
  agent: Agent;
  createUser(sample: Sample): User;
  redactor: Redactor;
  timeoutMs: number;
  stop: Stop;
}

/** One call with its deadline. A driver that does not heed its signal is left behind. Never rejects. */
export async function attemptOnce(
  options: AttemptOptions,
  { slot, attempt, key }: { slot: PlannedSlot; attempt: number; key: string },
): Promise<Trajectory | AgentFailure> {
  const { agent, timeoutMs, stop } = options;
  const { sample, epoch } = slot;
  const controller = new AbortController();
  let giveUp: (failure: AgentFailure) => void = () => {};
  const givenUp = new Promise<AgentFailure>((resolve) => {
    giveUp = resolve;
  });
  const end = (failure: AgentFailure) => {
    giveUp(failure);
    controller.abort(failure);
  };
  const timer = setTimeout(() => end(tooLate(timeoutMs)), Math.min(timeoutMs, 2 ** 31 - 1));
  const detach = stop.onAbort(end);
  const asked = async (): Promise<Trajectory | AgentFailure> => {
    try {
      const user = options.createUser(sample);
      const answer = await agent.ask({ sample, epoch, attempt, idempotencyKey: key, user, signal: controller.signal });
      return soundTrajectory(answer, options.redactor);
    } catch (error) {
      return error instanceof AgentFailure ? error : new AgentFailure('agent-error', messageOf(error), { phase: 'answered', cause: error });
    }
  };
  try {
    return await Promise.race([asked(), givenUp]);
  } finally {
    clearTimeout(timer);
    detach();
  }
}

function tooLate(timeoutMs: number): AgentFailure {
  return new AgentFailure('timeout', `no complete answer within ${timeoutMs / 1000} s`, { phase: 'ambiguous' });
}
