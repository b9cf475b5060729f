import type { Json } from '../records/json.ts';
import type { Sample } from '../records/sample.ts';
import type * as z from '../records/schema.ts';
import type { Trajectory } from '../records/trajectory.ts';
import type { User } from '../users/user.ts';

/** Time limits of one network call, milliseconds. The total limit of the slot is the request's signal. */
export interface Deadlines {
  connectMs: number;
  firstByteMs: number;
  idleMs: number;
}

/** One attempt at one slot. */
export interface AgentRequest {
  sample: Sample;
  /** From 1; above the suite's repeats it is a re-run. */
  epoch: number;
  /** From 1. */
  attempt: number;
  /** Unique per slot, the same for every attempt of a slot that may already have been served. */
  idempotencyKey: string;
  /** 32 hex digits: the W3C trace that this attempt belongs to, told to the agent with `traceHeaders`. Absent: tell nothing. */
  traceId?: string;
  user: User;
  /** Aborted at the slot's total deadline or when the run stops. */
  signal: AbortSignal;
}

/** A system under test that was opened for one run. `ask` may be called many times at once. */
export interface Agent {
  /** @throws AgentFailure, and nothing else, when there is no usable answer. */
  ask(request: AgentRequest): Promise<Trajectory>;
  /** False: the agent is not told of the trace of a request, as its config has a traceparent of its own. Absent: true. */
  isTraced?: boolean;
  /** Takes out the secrets that it got while it ran, such as access tokens: spans and files, which it does not see, may show them. Absent: there are none. */
  conceal?<T>(value: T): T;
  close(): Promise<void>;
}

export interface AgentPorts {
  /** Folder that relative paths of the config start from. */
  baseDir: string;
  deadlines: Deadlines;
  /** Slots at once: the most connections or processes that make sense. */
  concurrency: number;
  /** Bytes of one reply, after decompression. */
  maxReplyBytes: number;
  /** Values that must not reach a log or a child process's output, for drivers that print. */
  warn: (message: string) => void;
  /** Takes secrets out of text that a driver writes itself. Absent: there are none. */
  hide?: (text: string) => string;
}

/** One protocol. Its options reach the config schema, the JSON Schema and the README table through the registry. */
export interface AgentDefinition<O = unknown> {
  type: string;
  /** One line for the README table. */
  summary: string;
  options: z.ZodMiniType<O>;
  /** Option keys in which `${env:NAME}` is allowed, at any depth below them; dots lead further down, and `*` is any key: `servers.*.env`. */
  envFields: readonly string[];
  /** What decides where the agent is and how it is asked, without credentials; goes into the call fingerprint and the run log. */
  identity(options: O): { endpoint?: string; template: Json };
  /** Files of the config whose content decides how the agent is asked; their digests join the template in the call fingerprint. */
  files?(options: O): readonly string[];
  /** Must not connect yet. @throws ToolError for options that cannot work, such as a missing file. */
  open(options: O, ports: AgentPorts): Promise<Agent>;
  /** Absent: true. False when it never asks the user what to say (replay): a scenario then needs no model that plays it. */
  asksUser?: boolean;
  /** Absent: true. False when the same slot always gets the same recorded answer at no cost (replay, do-nothing). */
  isPaid?: boolean;
}

/** Gives a definition its types; returns it as it is. */
export function defineAgent<O>(definition: AgentDefinition<O>): AgentDefinition<O> {
  return definition;
}

export type FailureKind =
  | 'refused'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'rate-limited'
  | 'http-status'
  | 'redirect'
  | 'bad-response'
  | 'too-large'
  | 'agent-error'
  | 'process'
  | 'no-recording'
  /** The model that plays the user gave nothing usable, or declined: no fault of the agent's. */
  | 'user-model'
  | 'user-refused'
  /** The conversation is longer than the agent can read: its own answer, which a task controller is told of. */
  | 'context-limit'
  /** A task controller did not start the sample, broke it off, was not reached, or had no worker free: no fault of the agent's. */
  | 'task-start'
  | 'task-interact'
  | 'task-network'
  | 'task-unavailable'
  | 'aborted';

/**
 * Why there is no usable answer. `phase` decides about a retry: `not-sent` is safe to send again, `ambiguous` may
 * have been served, `answered` is the agent's own answer and is not asked again unless `isTransient`.
 */
export class AgentFailure extends Error {
  readonly kind: FailureKind;
  readonly phase: 'not-sent' | 'ambiguous' | 'answered';
  readonly isTransient: boolean;
  readonly status: number | undefined;
  /** As the server asked, milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    options: { phase: 'not-sent' | 'ambiguous' | 'answered'; isTransient?: boolean; status?: number; retryAfterMs?: number; cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AgentFailure';
    this.kind = kind;
    this.phase = options.phase;
    this.isTransient = options.isTransient ?? options.phase === 'not-sent';
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}
