import type { Input, Sample } from '../records/sample.ts';
import type { Turn } from '../records/trajectory.ts';

/** The other side of the conversation: what is said next, given all that was said. */
export interface User {
  /** `undefined` ends the conversation. */
  next(history: readonly Turn[]): Promise<Input | undefined>;
}

export interface UserDefinition {
  type: string;
  summary: string;
  create(sample: Sample): User;
}

/** Gives a definition its types; returns it as it is. */
export function defineUser(definition: UserDefinition): UserDefinition {
  return definition;
}
