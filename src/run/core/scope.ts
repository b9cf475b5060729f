import type { Json, JsonObject } from '../../records/json.ts';
import type { Sample } from '../../records/sample.ts';
import { outputOf, type Trajectory, toolCallsOf } from '../../records/trajectory.ts';

/** The names that templates of checkers may use. A value that the sample or the answer lacks is a missing name. */
export function checkScope(sample: Sample, trajectory: Trajectory): JsonObject {
  const scope: JsonObject = {
    id: sample.id,
    input: sample.input as Json,
    output: outputOf(trajectory),
    row: sample.row,
    metadata: sample.metadata,
    tags: sample.tags,
    toolCalls: toolCallsOf(trajectory) as Json,
  };
  if (sample.expected !== undefined) scope.expected = sample.expected;
  if (sample.state !== undefined) scope.state = sample.state;
  if (trajectory.finalState !== undefined) scope.finalState = trajectory.finalState;
  return scope;
}
