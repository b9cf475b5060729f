import { isDeeper, type Json } from '../../records/json.ts';
import { FormatProblem, formatResponse } from './return-format.ts';

/** Tries of one call, and the time limit of each in milliseconds. */
export const httpTries = 3;
export const httpTimeoutMs = 120_000;

/** The pause after a failed try, milliseconds: 2, 3 and 4 seconds. Tries count from 1. */
export function waitAfterTryMs(attempt: number): number {
  return (Math.min(Math.max(attempt, 1), httpTries) + 1) * 1000;
}

/** Deeper values are no reply of a model, and cannot be shown. */
const maxDepth = 200;

const subjects = ['prompt', 'context', 'tokens'];
const excesses = ['limit', 'exceed', 'max', 'long', 'much', 'many', 'reach', 'over', 'up', 'beyond'];

/** Whether the body of a reply that is no success says that the conversation is too long for the model. */
export function isContextLimit(body: string): boolean {
  const text = body.toLowerCase();
  return subjects.some((word) => text.includes(word)) && excesses.some((word) => text.includes(word));
}

/** What a reply means: an answer, the end of the sample, an error without a further try, or one after a pause. */
export type HttpVerdict =
  | { kind: 'answer'; text: string }
  | { kind: 'context-limit' }
  | { kind: 'bad-reply'; message: string }
  | { kind: 'retry'; waitMs: number };

/**
 * Judges one reply: only the status 200 is accepted, and what is wrong inside an accepted reply is not asked again.
 * `attempt`: which try this was, from 1; the caller makes `httpTries` of them.
 */
export function judgeReply(reply: { status: number; body: string }, options: { returnFormat: string; attempt: number }): HttpVerdict {
  const { status, body } = reply;
  if (status !== 200) return isContextLimit(body) ? { kind: 'context-limit' } : { kind: 'retry', waitMs: waitAfterTryMs(options.attempt) };
  let value: Json;
  try {
    value = JSON.parse(body) as Json;
  } catch {
    return { kind: 'bad-reply', message: 'the reply is not JSON' };
  }
  if (isDeeper(value, maxDepth)) return { kind: 'bad-reply', message: `the reply is nested deeper than ${maxDepth} levels` };
  try {
    return { kind: 'answer', text: formatResponse(options.returnFormat, value) };
  } catch (error) {
    if (error instanceof FormatProblem) return { kind: 'bad-reply', message: error.message };
    throw error;
  }
}
