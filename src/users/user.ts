import type { Json } from '../records/json.ts';
import type { ModelAnswer, ModelUsage } from '../records/model.ts';
import type { Input, Sample } from '../records/sample.ts';
import type { ConversationEnd, Turn } from '../records/trajectory.ts';

/** The other side of the conversation: what is said next, given all that was said. */
export interface User {
  /** `undefined` ends the conversation. @throws AgentFailure `user-model` or `user-refused` when the user's own model says nothing usable. */
  next(history: readonly Turn[]): Promise<Input | undefined>;
  /** Why it has nothing more to say; absent: it still has, or its script is over. */
  readonly end?: ConversationEnd | undefined;
  /** Its model is being waited for. */
  readonly isThinking?: boolean;
  /** What its model took so far, the question under way included; absent: it asked none. */
  readonly usage?: ModelUsage | undefined;
}

export type UserStyle = 'reactive' | 'proactive' | 'minimal';

/** How a simulated user behaves; a sample's scenario may have a stop word and a maximum of its own. */
export interface UserSettings {
  style: UserStyle;
  /** Messages to the agent at most, the opening included. */
  maxTurns: number;
  /** The text with which the model ends the conversation. */
  stop: string;
  /** Added to the rules; may hold `{{plan}}`, `{{persona}}`, `{{stop}}`, `{{maxTurns}}` and names of the sample. */
  instructions?: string;
  temperature?: number;
  /** Further members of every request to the model. */
  parameters?: { [name: string]: Json };
}

/** Asks the model that plays the user. */
export interface UserModel {
  /** How messages call it. */
  name: string;
  /** Letters and digits that nobody can guess, new with every call. */
  marker(): string;
  /** Never rejects; retries what may be retried. */
  ask(request: { messages: readonly { role: 'system' | 'user'; content: string }[]; signal: AbortSignal }): Promise<ModelAnswer>;
}

/** What a user needs beside its sample, in one attempt at one slot. */
export interface UserPorts {
  settings: UserSettings;
  model: UserModel;
  /** Aborted with the attempt. */
  signal: AbortSignal;
  /** Takes secrets out of what the agent said, before a model sees it. */
  redact<T>(value: T): T;
}

export interface UserDefinition {
  type: string;
  summary: string;
  /** `ports`: only for a user that asks a model. @throws ToolError for a sample that it cannot speak for. */
  create(sample: Sample, ports?: UserPorts): User;
}

/** Gives a definition its types; returns it as it is. */
export function defineUser(definition: UserDefinition): UserDefinition {
  return definition;
}
