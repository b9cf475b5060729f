import type { Json, JsonObject } from '../records/json.ts';
import type { ModelAnswer } from '../records/model.ts';
import type { ModulePermissions } from '../records/permissions.ts';
import type { Sample } from '../records/sample.ts';
import type * as z from '../records/schema.ts';
import type { JudgeUsage, Score } from '../records/score.ts';
import type { Trajectory } from '../records/trajectory.ts';

/** What a checker sees of one slot. */
export interface CheckInput {
  sample: Sample;
  trajectory: Trajectory;
  epoch: number;
  /** Names for templates: input, expected, output, row, metadata, id, tags, state, finalState, toolCalls. */
  scope: JsonObject;
}

/** Runs user code in its own process. One call, one JSON answer; a crash, a hang or junk is a rejected promise with a reason. */
export interface ModulePort {
  call(request: {
    file: string;
    exportName: string;
    payload: Json;
    timeoutMs: number;
    signal?: AbortSignal;
    /** Default: to read the workspace, and to write to a temporary folder. */
    permissions?: ModulePermissions | undefined;
  }): Promise<Json>;
}

/** One question to the judge model, which has no memory of others. */
export interface JudgeRequest {
  messages: readonly { role: 'system' | 'user'; content: string }[];
  /** JSON Schema that the reply has to follow; an endpoint that cannot enforce it is only told by the messages. */
  schema: JsonObject;
  temperature?: number | undefined;
}

export type JudgeAnswer = ModelAnswer;

/** Asks the judge model of the suite. */
export interface JudgePort {
  /** What decides about its answers, without credentials: model and endpoint; part of the score fingerprint. */
  identity: Json;
  /** Letters and digits that nobody can guess, new with every call. */
  marker(): string;
  /** Never rejects; retries what may be retried. */
  ask(request: JudgeRequest): Promise<JudgeAnswer>;
}

/** Where the files and folders of a program lie, by name; `out` is the file that it writes. A folder that was not there has no path. */
export type ScriptPaths = ReadonlyMap<string, string>;

/** A program that is given files, and one to write. */
export interface ScriptRequest {
  /** Program and arguments; no shell. In a list `{{name}}` of an input, and `{{out}}`, stand for the paths of these files. */
  argv: readonly string[] | ((paths: ScriptPaths) => readonly string[]);
  /** By name: letters and digits. Each is written to a JSON file of its own. */
  inputs: Readonly<Record<string, Json | ((paths: ScriptPaths) => Json)>>;
  /** Folders, from the config's own, of which the program gets a copy without links; by name, letters and digits. */
  folders?: Readonly<Record<string, string>>;
  /** Beside PATH, HOME, LANG and the temporary folder. */
  env: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/**
 * `ended` with the code 0; `output` is the text of the file, absent when there is none. Reasons are one sentence for a person; `said` is the
 * end of what a program that failed wrote to standard output and standard error.
 */
export type ScriptResult = { kind: 'ended'; output?: string; stdout: string } | { kind: 'failed'; reason: string; said?: string };

/** Runs programs of the user's, each in its own process group. */
export interface ScriptPort {
  /** Never rejects: a code other than 0, a signal, the time limit and too much output are failures. */
  run(request: ScriptRequest): Promise<ScriptResult>;
  /** Waits so many milliseconds, or until the run is stopped. */
  pause(ms: number): Promise<void>;
}

/** Asks an address of the config. */
export interface WebhookPort {
  /** Connects to nothing. @throws ToolError for an address that is none. */
  check(url: string): Promise<void>;
  /** Never rejects; retries what may be retried. A status outside 200..299 is a failure. */
  post(request: { url: string; headers: Readonly<Record<string, string>>; body: Json; timeoutMs: number }): Promise<WebhookReply>;
}
export type WebhookReply = { kind: 'reply'; text: string } | { kind: 'failed'; reason: string };

/** Vectors in the order of the texts, each of length 1. `usage` is what this call took beyond texts that were known. */
export type EmbeddingsAnswer = { usage: JudgeUsage } & ({ kind: 'vectors'; vectors: readonly Float32Array[] } | { kind: 'failed'; reason: string });

/** Turns texts into vectors with the embedding model of the suite. */
export interface EmbeddingsPort {
  /** What decides about the vectors, without credentials: model and endpoint; part of the score fingerprint. */
  identity: Json;
  /** Never rejects; asks for equal texts once in a run. */
  embed(texts: readonly string[]): Promise<EmbeddingsAnswer>;
}

export interface CheckerPorts {
  /** Folder that relative paths of the config start from. */
  baseDir: string;
  modules: ModulePort;
  /** Absent: the suite has no judge settings. */
  judge?: JudgePort;
  /** Absent: the suite has no embeddings settings. */
  embeddings?: EmbeddingsPort;
  scripts?: ScriptPort;
  webhooks?: WebhookPort;
  /** The text of a file of the config, such as a JSON Schema. @throws Error when it cannot be read. */
  readText?: (path: string) => string;
  /**
   * The text of a file whose path is data, such as one that a sample names: a regular file inside of the folder, links followed.
   * @throws Error when it cannot be read, or is anywhere else.
   */
  readInside?: (folder: string, path: string) => string;
  /** Digest of the content of a file of the config, for the score fingerprint. @throws Error when it cannot be read. */
  fileDigest?: (path: string) => string;
  /**
   * Compiles the checker entries that an option holds, in order; `field` names the option, for messages.
   * @throws ToolError `checker-invalid` with the place of each problem below `field`
   */
  compile?: (entries: NestedEntry | readonly NestedEntry[], field: string) => Promise<CheckerPart[]>;
}

/** A checker entry inside another one, as it was written: it may have a `name`, a `weight` and `not`, but no `required`. */
export type NestedEntry = Readonly<Record<string, unknown>>;

/** A checker inside another one. */
export interface CheckerPart {
  /** As the user named it, else its type. */
  name: string;
  /** Share in weighted means, > 0. */
  weight: number;
  /** Never throws or rejects, and is sound, as for a checker of the suite. */
  check(input: CheckInput): Promise<Score>;
}

/** Entries may stand inside entries this many levels deep. */
export const maxCheckerDepth = 8;

export type Check = (input: CheckInput) => Score | Promise<Score>;

/** A checker entry of a config, its common keys taken out and its options validated. */
export interface CheckerConfig {
  type: string;
  /** Unique in the suite; the type when it stands alone, else `type-2`, or as the user named it. */
  name: string;
  /** A sample passes when all required checkers pass. Default true. */
  required: boolean;
  /** Share in weighted means, > 0. Default 1. */
  weight: number;
  /** The checker's pass and value are turned round. */
  not: boolean;
  options: unknown;
  /** Where the entry stands in its config, such as `checkers[0]` or `checkers.polite`, for messages. */
  field?: string;
}

/** One way to judge. Its options reach the config schema, the JSON Schema and the README table through the registry. */
export interface CheckerDefinition<O = unknown> {
  type: string;
  /** What it decides, one line for the README table. */
  summary: string;
  /** For the README table. */
  needs: readonly ('expected' | 'tools' | 'judge' | 'usage' | 'embeddings')[];
  /** A pasteable example entry. */
  example: JsonObject;
  options: z.ZodMiniType<O>;
  /** Compiles the options once; a package that only this checker needs is loaded here. @throws ToolError for options that cannot work, such as a bad pattern. */
  create(options: O, ports: CheckerPorts): Check | Promise<Check>;
  /** Options that hold one checker entry, or a list of them; `create` compiles them with `ports.compile`. */
  nested?: readonly string[];
  /** Files whose content decides about scores, as the config names them; part of the score fingerprint. */
  files?(options: O): readonly string[];
  /** Top-level option keys in which `${env:NAME}` is allowed, at any depth below them; `identity` then leaves their secrets out. */
  envFields?: readonly string[];
  /** What of the options decides about scores, for the score fingerprint. Absent: all of them. */
  identity?(options: O): Json;
  /** False when one trajectory may get two scores: user code, a judge. Default true. */
  isPure?: boolean;
  /** Runs code of the user's: refused in a sample's own checkers, because a dataset is data. Default false. */
  runsCode?: boolean;
  /** With these options, checked or as a config has them, it asks the judge of the suite: it then needs `judge` settings, is not pure, and is refused in a sample's own checkers. */
  asksJudge?(options: O): boolean;
  /** Every score is paid for: refused in a sample's own checkers too. Default false. */
  costsMoney?: boolean;
  /** Version of the algorithm, part of the score fingerprint: raise it when scores may change. Default 1. */
  version?: number;
}

/** Gives a definition its types; returns it as it is. */
export function defineChecker<O>(definition: CheckerDefinition<O>): CheckerDefinition<O> {
  return definition;
}

/** The entries that the options of a checker hold, with the option and, in a list, the index; none for most checkers. */
export function nestedEntriesOf(definition: CheckerDefinition, options: unknown): { path: (string | number)[]; entry: NestedEntry }[] {
  const held = (options ?? {}) as Record<string, unknown>;
  const isEntry = (value: unknown): value is NestedEntry => typeof value === 'object' && value !== null && !Array.isArray(value);
  return (definition.nested ?? []).flatMap((key) => {
    const value = held[key];
    if (!Array.isArray(value)) return isEntry(value) ? [{ path: [key], entry: value }] : [];
    return value.flatMap((entry: unknown, index) => (isEntry(entry) ? [{ path: [key, index], entry }] : []));
  });
}
