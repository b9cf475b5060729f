import type { Json, JsonObject } from '../../records/json.ts';
import { cutText } from '../../records/material.ts';
import type { Sample } from '../../records/sample.ts';
import type { Step, Trajectory } from '../../records/trajectory.ts';
import { safeTextOf } from './pairs.ts';

/** Characters of one result, message or argument list: a tool that returns a book must not hide the next call. */
const maxPartLength = 4_000;

/**
 * What the agent did, as JSON text: per turn its number and its steps, tool calls with arguments and results. Long parts
 * are cut and say so.
 */
export function shownTrajectory({ turns }: Trajectory): string {
  return safeTextOf(turns.map(({ steps }, index): Json => ({ turn: index + 1, steps: steps.map(shownStep) })));
}

/** The expected tool calls of a sample, turn by turn, as JSON text; undefined when it expects none. */
export function shownReferenceCalls({ turns }: Sample): string | undefined {
  if (turns.every(({ toolCalls }) => toolCalls === undefined)) return undefined;
  return safeTextOf(
    turns.flatMap(({ toolCalls }, index): JsonObject[] => {
      if (!toolCalls) return [];
      return [{ turn: index + 1, toolCalls: toolCalls.map(({ name, args }): Json => ({ tool: name, ...(args ? { args } : {}) })) }];
    }),
  );
}

function shownStep(step: Step): Json {
  if (step.kind === 'message') return { ...(step.author === undefined ? {} : { author: step.author }), message: cutText(step.text, maxPartLength) };
  if (step.kind === 'error') return { error: cutText(step.message, maxPartLength) };
  const result = step.result === undefined ? {} : { [step.isError ? 'error' : 'result']: shortened(step.result) };
  return {
    ...(step.server === undefined ? {} : { server: step.server }),
    tool: step.name,
    ...(step.args === undefined ? {} : { args: shortened(step.args) }),
    ...(step.isError && step.result === undefined ? { error: 'it failed' } : result),
  };
}

/** The value itself, or the start of its text. */
function shortened(value: Json): Json {
  const text = safeTextOf(value);
  return text.length > maxPartLength ? cutText(text, maxPartLength) : value;
}
