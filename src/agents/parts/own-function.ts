import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import type { AgentRequest } from '../agent.ts';
import { answeredTrajectory, slotPayload } from './child.ts';
import { converse, inputsOf } from './converse.ts';
import { badReply, toTrajectory } from './reply.ts';

/**
 * A conversation with a function of the user's: it is called once for each message of the user, with what was said before,
 * until the user has no more. A first answer of the form `{turns: […]}` is the whole conversation, and nothing is called again.
 * @throws AgentFailure, whatever `call` throws.
 */
export async function converseWithFunction(request: AgentRequest, call: (payload: JsonObject) => Promise<Json>): Promise<Trajectory> {
  const startedAt = performance.now();
  const payload = slotPayload(request);
  let whole: Trajectory | undefined;
  const { user: given } = request;
  const user: AgentRequest['user'] = {
    next: async (history) => (whole ? undefined : given.next(history)),
    get messages() {
      return given.messages;
    },
    ...(given.tellContextLimit ? { tellContextLimit: () => given.tellContextLimit?.() } : {}),
  };
  const trajectory = await converse({ ...request, user }, async ({ input, history, number }) => {
    const value = await call({ ...payload, input: input as Json, turn: number, history: [...history] as Json[] });
    if (isJsonObject(value) && Array.isArray(value.turns)) {
      if (number > 1) throw badReply('the whole conversation, {turns: […]}, is the answer to its first message only');
      whole = answeredTrajectory(value, { inputs: [input, ...inputsOf(request.sample).slice(1)], startedAt });
      return { output: '', steps: [] };
    }
    const { turns, ...measured } = toTrajectory(value, [input]);
    return { output: turns[0]?.output ?? '', steps: turns[0]?.steps ?? [], ...measured };
  });
  return whole ?? trajectory;
}
