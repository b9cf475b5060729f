import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Step, ToolCallStep, Usage } from '../../records/trajectory.ts';
import { AgentFailure, type AgentRequest } from '../agent.ts';
import { addUsage, type NextTurn, sessionOf } from './converse.ts';
import { finishReasonOf } from './finish-reason.ts';
import type { ModelReply, ModelSession, ToolDefinition } from './model-session.ts';
import { badReply, checkDepth, readToolCalls, type TurnReply } from './reply.ts';
import { traceHeaders } from './traceparent.ts';

/** What a tool gave. */
export interface ToolOutcome {
  /** For the record. */
  result: Json;
  /** What the model is told. */
  text: string;
  isError: boolean;
  /** The server that has the tool. */
  server?: string;
}

/** The tools of one slot. */
export interface Toolbox {
  readonly definitions: readonly ToolDefinition[];
  /**
   * Runs a tool of the definitions. What goes wrong in it is an outcome with `isError`; undefined: nobody runs it here, and the turn ends.
   * @throws AgentFailure when the slot has ended.
   */
  call(name: string, args: JsonObject, signal: AbortSignal): Promise<ToolOutcome | undefined>;
}

export interface ToolLoop {
  request: AgentRequest;
  turn: NextTurn;
  session: ModelSession;
  /** Absent: calls are recorded and end the turn. */
  toolbox?: Toolbox | undefined;
  /** Calls of the model in one turn at most. */
  maxSteps: number;
}

/**
 * One turn: asks the model, runs the tools that it calls, in order, and tells it the results until it calls none. A tool that nobody
 * runs ends the turn, and so does `maxSteps`, which is recorded as an error step. Unknown tools and arguments that are no JSON object are
 * errors that the model is told of. @throws AgentFailure; after the first reply never `not-sent`.
 */
export async function runToolLoop({ request, turn, session, toolbox, maxSteps }: ToolLoop): Promise<TurnReply> {
  const { signal } = request;
  const steps: Step[] = [];
  let usage: Usage | undefined;
  let firstByteMs: number | undefined;
  if (turn.messages && session.restart) session.restart(turn.messages);
  else session.say(turn.input);
  for (let n = 1; ; n++) {
    const sending = { idempotencyKey: keyOf(request, turn, n), ...traceHeaders(request, turn.number), signal };
    const reply = await session.ask(sending).catch((error: unknown) => Promise.reject(n === 1 ? error : served(error)));
    if (n === 1) firstByteMs = reply.firstByteMs;
    if (n === 1) checkContent(reply);
    if (reply.usage) usage = addUsage(usage, reply.usage);
    steps.push(...reply.steps);
    const textAt = steps.length;
    const results = await runCalls(reply, n, { toolbox, steps, signal });
    if (toolbox) session.tell(results);
    const isAnswered = !results.includes(undefined);
    if (results.length === 0 || !isAnswered || n >= maxSteps) {
      if (results.length > 0 && isAnswered)
        steps.push({ kind: 'error', message: `still calling tools after ${n} replies: stopped, as maxSteps says` });
      const finishReason = finishReasonOf(reply.finishReason);
      return {
        output: reply.text,
        steps,
        ...(finishReason === undefined ? {} : { finishReason }),
        ...(reply.logProbs ? { logProbs: reply.logProbs } : {}),
        ...(usage ? { usage } : {}),
        ...(firstByteMs === undefined ? {} : { firstByteMs }),
      };
    }
    if (reply.text !== '') steps.splice(textAt, 0, { kind: 'message', text: reply.text });
  }
}

/** A repeated first request is byte-equal and keeps its key; later ones hold what tools gave in this attempt. */
function keyOf(request: AgentRequest, turn: NextTurn, n: number): string {
  const session = sessionOf(request);
  const key = turn.number === 1 ? session : `${session}-t${turn.number}`;
  return n === 1 ? key : `${key}${request.attempt > 1 ? `-a${request.attempt}` : ''}-c${n}`;
}

function checkContent({ text, toolCalls, finishReason }: ModelReply): void {
  if (text === '' && toolCalls.length === 0) throw badReply(`the model gave no text and no tool call (finish reason: ${finishReason ?? 'none'})`);
}

/** What the model is told of each call; undefined where nobody ran the tool. */
async function runCalls(
  reply: ModelReply,
  n: number,
  { toolbox, steps, signal }: { toolbox: Toolbox | undefined; steps: Step[]; signal: AbortSignal },
): Promise<(string | undefined)[]> {
  const called = readToolCalls(reply.toolCalls);
  for (const { args = null } of called) checkDepth(args);
  if (called.length > 1) for (const step of called) step.reply = n;
  steps.push(...called);
  const results: (string | undefined)[] = [];
  for (const step of called) {
    const outcome = toolbox && (await outcomeOf(toolbox, step, signal));
    results.push(outcome?.text);
    if (!outcome) continue;
    const { result, isError, server } = outcome;
    Object.assign(step, { result, isError }, server === undefined ? {} : { server });
  }
  return results;
}

async function outcomeOf(toolbox: Toolbox, step: ToolCallStep, signal: AbortSignal): Promise<ToolOutcome | undefined> {
  const { name, args = {} } = step;
  if (!toolbox.definitions.some((definition) => definition.name === name)) return toolError(`there is no tool "${name}"`);
  if (args === '') step.args = {};
  const given = step.args ?? {};
  if (!isJsonObject(given)) return toolError('the arguments are no JSON object');
  return toolbox.call(name, given, signal);
}

/** An outcome that tells the model what it did wrong, or what broke. */
export function toolError(message: string): ToolOutcome {
  return { result: message, text: message, isError: true };
}

/** The first request of the turn was served, and tools may have run. */
function served(error: unknown): unknown {
  if (!(error instanceof AgentFailure) || error.phase !== 'not-sent') return error;
  const { kind, message, isTransient } = error;
  return new AgentFailure(kind, message, { phase: 'ambiguous', isTransient, cause: error });
}
