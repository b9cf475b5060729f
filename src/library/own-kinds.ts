import type { AgentDefinition } from '../agents/agent.ts';
import { AgentFailure } from '../agents/agent.ts';
import { converseWithFunction } from '../agents/parts/own-function.ts';
import type { CheckerDefinition, CheckInput } from '../checkers/checker.ts';
import { payloadOf, scoreOfAnswer } from '../checkers/parts/answer.ts';
import { quote } from '../checkers/parts/quote.ts';
import { messageOf } from '../errors.ts';
import { abortFailure, excerptOf } from '../io/failure.ts';
import type { Json, JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { type Score, unscored } from '../records/score.ts';
import type { AgentCall, AgentFunction, CheckCall, OwnAgent, OwnChecker } from './types.ts';

/** The type under which functions of a call are known to its suite. */
export const functionType = 'function';

const AgentOptions = z.strictObject({ place: z.described(z.string(), 'which function of the call') });
const CheckerOptions = z.strictObject({ meaning: z.described(z.string(), 'which function of the call, and its version') });

/** The functions of one call as a kind of agent. */
export function functionAgents(known: ReadonlyMap<string, Omit<OwnAgent, 'kind'>>): AgentDefinition<z.infer<typeof AgentOptions>> {
  const find = (place: string): Omit<OwnAgent, 'kind'> => {
    const found = known.get(place);
    if (found) return found;
    throw new Error(`there is no function "${place}" in the call`);
  };
  return {
    type: functionType,
    summary: 'a function of the program that called the library',
    options: AgentOptions,
    envFields: [],
    identity: ({ place }) => {
      const { identity = functionType } = find(place);
      return { endpoint: identity, template: { function: identity } };
    },
    open: async ({ place }) => {
      const { answer } = find(place);
      return { ask: (request) => converseWithFunction(request, (payload) => callAgent(answer, payload, request.signal)), close: async () => {} };
    },
  };
}

/** @throws AgentFailure */
async function callAgent(answer: AgentFunction, payload: JsonObject, signal: AbortSignal): Promise<Json> {
  const call = withSignal<AgentCall>(payload, signal);
  let value: unknown;
  try {
    value = await orAborted(async () => answer(call), signal);
  } catch (error) {
    if (signal.aborted) throw abortFailure(signal, 'ambiguous');
    const isTransient = typeof error === 'object' && error !== null && 'isTransient' in error && error.isTransient === true;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : messageOf(error);
    throw new AgentFailure('agent-error', `the agent threw ${excerptOf(text, 500)}`, { phase: 'answered', isTransient, cause: error });
  }
  const json = toJson(value);
  if (json !== undefined) return json;
  throw new AgentFailure('bad-response', `the agent returned a ${typeof value} that is no JSON`, { phase: 'answered' });
}

/** The functions of one call as a kind of checker. `name` is how reasons call it. */
export function functionCheckers(
  known: ReadonlyMap<string, Omit<OwnChecker, 'kind'> & { label: string }>,
  isPure: boolean,
): CheckerDefinition<z.infer<typeof CheckerOptions>> {
  return {
    type: isPure ? `pure-${functionType}` : functionType,
    summary: 'A function of the program that called the library',
    needs: [],
    example: { type: functionType, meaning: '…' },
    options: CheckerOptions,
    isPure,
    runsCode: true,
    create: ({ meaning }) => {
      const own = known.get(meaning);
      if (!own) throw new Error(`there is no function "${meaning}" in the call`);
      return (input) => callChecker(own, input);
    },
  };
}

async function callChecker(own: Omit<OwnChecker, 'kind'> & { label: string }, input: CheckInput): Promise<Score> {
  const { check, timeoutMs = 30_000 } = own;
  const name = quote(own.label, 80);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    const value = toJson(await orAborted(async () => check(withSignal<CheckCall>(payloadOf(input), deadline.signal)), deadline.signal));
    return scoreOfAnswer(value ?? null, own.label);
  } catch (error) {
    return unscored(`checker ${name} failed: ${quote(messageOf(error), 300)}`);
  } finally {
    clearTimeout(timer);
  }
}

/** A copy, so that nothing that the function changes reaches anyone else. The signal is not enumerable: it is not part of the data. */
function withSignal<T>(payload: unknown, signal: AbortSignal): T {
  return Object.defineProperty(structuredClone(payload), 'signal', { value: signal }) as T;
}

/** The result of the function, or a rejection with the signal's reason as soon as that is aborted, whether the function listens or not. */
async function orAborted<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw signal.reason;
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([call(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** As another process would get it: `undefined` is null, dates are text; undefined for what has no JSON form. */
function toJson(value: unknown): Json | undefined {
  if (value === undefined) return null;
  try {
    const text: string | undefined = JSON.stringify(value);
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}
