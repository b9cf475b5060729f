import type { Deadlines } from '../agents/agent.ts';
import type { CheckerConfig } from '../checkers/checker.ts';
import type { Json, JsonObject } from '../records/json.ts';
import type { ModulePermissions } from '../records/permissions.ts';
import type { Policy } from '../records/policy.ts';
import type { Shard } from '../records/run-log.ts';
import type { Credentials } from '../systems/agentloop/connection.ts';
import type { ServiceApi } from '../systems/agentloop/rows.ts';
import type { UserSettings } from '../users/user.ts';

/** Where a value came from; later ones win. */
export type Origin = 'default' | 'file' | 'environment' | 'flag';

/** Which samples of which files. Selection order: where, ids, then offset, then limit; a seed shuffles before offset and limit. */
export interface SamplesConfig {
  /** Glob patterns or paths, relative to `baseDir`. Empty: they come from a service. */
  paths: string[];
  /** Instead of paths. */
  agentloop?: AgentloopDataset;
  /** In their place: what the task controller lists. */
  isFromController?: true;
  /** Format name; absent: by file ending. */
  format?: string;
  /** Templates from a foreign row to a sample, such as `{input: "{{question}}"}`. */
  map?: JsonObject;
  /** Keep samples that have one of the tags, and one of the ids, where given; `any` may be either. */
  where?: { tags?: string[]; ids?: string[]; any?: string[] };
  offset: number;
  limit?: number;
  seed?: number;
}

/** Where AgentLoop is and who asks it. Holds secrets. */
export interface AgentloopSpace {
  api: ServiceApi;
  /** Name of the workspace or agent space. */
  space: string;
  /** Origins: scheme, host and port; of the log service without the project. */
  endpoint: string;
  logEndpoint: string;
  credentials: Credentials;
}

/** A dataset of AgentLoop. */
export interface AgentloopDataset extends AgentloopSpace {
  dataset: string;
  /** Asked once, as it is. */
  query?: string;
  /** Rows at most, where there is no query. */
  maxRows: number;
  /** Column of the expected output. */
  groundTruthField?: string;
}

/** An experiment of AgentLoop. */
export interface AgentloopUpload extends AgentloopSpace {
  dataset: string;
  /** Absent: looked up. */
  project?: string;
  experimentName?: string;
  experimentType: 'agent' | 'model';
  experimentMetadata?: JsonObject;
  experimentConfig?: JsonObject;
}

/** A place in a config file; line and column from 1. */
export interface FilePlace {
  file: string;
  line: number;
  column: number;
}

/** A driver of the registry and its options, checked by its schema. */
export interface AgentConfig {
  type: string;
  options: unknown;
}

export type BaselineConfig =
  | { kind: 'auto' }
  | { kind: 'none' }
  /** The run of the last release. */
  | { kind: 'release' }
  | { kind: 'path'; paths: string[] }
  | { kind: 'run'; runId: number }
  | { kind: 'sha'; sha: string }
  /** A second agent that is asked in the same run. */
  | { kind: 'agent'; agent: AgentConfig };

/** Whether the agent is told of a trace, and where its spans are read: from the file, or on the port. */
export interface TracesConfig {
  send: boolean;
  path?: string;
  listen?: number;
  waitMs: number;
  quietMs: number;
  required: boolean;
}

/** Where a part of the final state is read from: one of json, text and sqlite. Paths are templates of the sample and the slot. */
export interface StateSource {
  json?: string;
  text?: string;
  sqlite?: string;
  /** For sqlite; its `?` are filled with `values`. */
  query?: string;
  values?: Json[];
}

/** The controller of an interactive task. */
export interface ControllerConfig {
  /** With its prefix. */
  url: string;
  task: string;
  headers: Record<string, string>;
  /** For a free worker. */
  waitMs: number;
  /** For one call. */
  callMs: number;
}

/** How answers are compared with those of the baseline. */
export interface PreferenceConfig {
  /** Template; absent: the built-in one. */
  rubric?: string;
  /** Questions per order of the two answers. */
  votes: number;
  /** Answers per sample at most; absent: all. */
  pairs?: number;
  trajectory: boolean;
  temperature?: number;
}

/** Where a run is written in another system's format too. */
export interface ExportConfig {
  /** A format of the registry. */
  type: string;
  /** Folder, relative to `baseDir`. */
  path: string;
  /** Checked by the format's schema. */
  options: unknown;
  /** Where the answers are sent after they were written. */
  upload?: AgentloopUpload;
}

/** One suite, complete: every default filled in, every template of the environment resolved. Holds secrets: never written anywhere. */
export interface SuiteConfig {
  suite: string;
  /** Config file as named by the user. */
  file: string;
  /** Absolute folder that relative paths start from: the folder of the config file. */
  baseDir: string;
  samples: SamplesConfig;
  /** Only this part of the samples; absent: all of them. Of a flag or input, never of a file. */
  shard?: Shard;
  agent: AgentConfig;
  repeats: number;
  concurrency: number;
  /** Total per slot attempt, milliseconds. */
  timeoutMs: number;
  deadlines: Deadlines;
  /** Tries after the first one, of errors that may be retried. */
  maxRetries: number;
  onAmbiguous: 'retry' | 'fail';
  maxReplyBytes: number;
  budget: { calls?: number; costUsd?: number; tokens?: number; minutes?: number };
  /** The model that plays the user of scenarios, and how. */
  user?: UserSettings & { model: string; baseUrl?: string; apiKey?: string; headers?: Record<string, string> };
  /** The task controller that speaks to the agent, in place of every other user. */
  controller?: ControllerConfig;
  /** The model that judging checkers ask, as the user gave it. */
  judge?: { model: string; baseUrl?: string; apiKey?: string; preference?: PreferenceConfig };
  /** What turns texts into vectors, as the user gave it: a model behind an endpoint, or a module of the user's. */
  embeddings?: { model: string; baseUrl?: string; apiKey?: string } | { module: string; permissions?: ModulePermissions };
  /** Absent: a trace is sent, and nothing is read. */
  traces?: TracesConfig;
  /** What is read after the agent's last turn, by its name in the final state. */
  finalState?: Record<string, StateSource>;
  checkers: CheckerConfig[];
  /** In the order of the config. */
  exports: ExportConfig[];
  baseline: BaselineConfig;
  policy: Policy;
  /** Values that came from the environment, for redaction; `isAmbient`: the config does not use it. */
  secrets: { name: string; value: string; isAmbient?: true }[];
  /** By dotted path; a path that is missing is a default. */
  origins: Record<string, Origin>;
  /** Where the fields of the agents and checkers were written, by their paths, for problems that are found later. */
  places: ReadonlyMap<string, FilePlace>;
  /** Worth saying, not wrong. */
  warnings: string[];
}
