import type { Json, JsonObject } from '../records/json.ts';
import type { ModelAnswer, ModelUsage } from '../records/model.ts';
import type { ChatMessage, Input, Sample } from '../records/sample.ts';
import type { ConversationEnd, Turn } from '../records/trajectory.ts';
import type { AgentResponse, SampleIndex } from '../systems/agentbench/controller.ts';
import type { CallResult } from '../systems/agentbench/outcome.ts';

/** The other side of the conversation: what is said next, given all that was said. */
export interface User {
  /**
   * Before the clock of the attempt runs: waits until the user can speak, however long that takes. Absent: it can at once.
   * @throws AgentFailure when it never can; at the latest when the signal of the attempt is aborted.
   */
  ready?(): Promise<void>;
  /** `undefined` ends the conversation. @throws AgentFailure of a kind that names the user when it has nothing usable to say. */
  next(history: readonly Turn[]): Promise<Input | undefined>;
  /** The conversation as the agent is to be shown it, up to what `next` gave last, for agents that take a history. Absent: all that was said. */
  readonly messages?: readonly ChatMessage[] | undefined;
  /** The agent cannot read a conversation this long: the next `next` says so to the other side. Absent: that ends the attempt. */
  tellContextLimit?(): void;
  /** What the other side says of the conversation that is over; joins the final state of the trajectory. */
  readonly finalState?: JsonObject | undefined;
  /** The attempt is over, whatever it came to: called once. */
  close?(): void;
  /** Why it has nothing more to say; absent: it still has, or its script is over. */
  readonly end?: ConversationEnd | undefined;
  /** Its model, or its controller, is being waited for. */
  readonly isThinking?: boolean;
  /** Who that is. Absent: a model. */
  readonly playedBy?: 'model' | 'controller';
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

/** Reaches the controller of an interactive task. Calls never reject. */
export interface TaskPort {
  /** How messages call it. */
  name: string;
  /** Waits for a free worker; a call that was given up is cancelled at the controller. */
  start(index: SampleIndex, signal: AbortSignal): Promise<CallResult>;
  interact(session: number | string, response: AgentResponse, signal: AbortSignal): Promise<CallResult>;
  /** Returns at once; what becomes of it is nobody's concern. */
  cancel(session: number | string): void;
}

/** What a user that is a task controller needs beside its sample. */
export type ControllerPorts = Pick<UserPorts, 'signal' | 'redact'> & { controller: TaskPort };

export interface UserDefinition {
  type: string;
  summary: string;
  /** `ports`: for a user that asks a model or a controller. @throws ToolError for a sample that it cannot speak for. */
  create(sample: Sample, ports?: UserPorts | ControllerPorts): User;
}

/** Gives a definition its types; returns it as it is. */
export function defineUser(definition: UserDefinition): UserDefinition {
  return definition;
}
