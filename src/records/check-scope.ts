import type { Json, JsonObject } from './json.ts';
import type { Sample } from './sample.ts';
import { outputOf, type Trajectory, toolCallsOf } from './trajectory.ts';

/**
 * The names that templates of checkers may use: id, input, output, turns, toolCalls, tags, metadata, row, epoch, and,
 * where the sample or the agent has them, expected, state, finalState. `expected` is the sample's, else that of its last turn.
 */
export function scopeOf(sample: Sample, trajectory: Trajectory, epoch: number): JsonObject {
  const expected = sample.expected ?? sample.turns.at(-1)?.expected;
  const scope: Record<string, unknown> = {
    id: sample.id,
    input: sample.input,
    output: outputOf(trajectory),
    turns: trajectory.turns,
    toolCalls: toolCallsOf(trajectory),
    tags: sample.tags,
    metadata: sample.metadata,
    row: sample.row,
    epoch,
    ...(expected === undefined ? {} : { expected }),
    ...(sample.state === undefined ? {} : { state: sample.state }),
    ...(trajectory.finalState === undefined ? {} : { finalState: trajectory.finalState }),
  };
  return scope as { [name: string]: Json };
}
