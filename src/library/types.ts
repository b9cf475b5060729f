import type { Assessment } from '../records/assessment.ts';
import type { Json, JsonObject } from '../records/json.ts';
import type { Input, SampleRow } from '../records/sample.ts';
import type { Step, Trajectory, Turn, Usage } from '../records/trajectory.ts';

/** What a function that is the agent is called with, once for each message of the user. */
export interface AgentCall {
  /** What the user says now. */
  input: Input;
  /** Which message of the user this is, from 1. */
  turn: number;
  /** What was said before, oldest first. */
  history: readonly Turn[];
  /** Every message of a scripted conversation; a simulated user's are not known before. */
  turns: readonly { input: Input }[];
  /** The sample's system prompt. */
  system: string | null;
  /** The sample's initial state. */
  state: JsonObject;
  /** Never the expected answers. */
  sample: { id: string; metadata: JsonObject; row: JsonObject; tags: string[]; files: string[] };
  /** From 1; above the suite's repeats it is a re-run. */
  epoch: number;
  /** From 1; a retry is the next one. */
  attempt: number;
  /** Unique per conversation: a name for the session. */
  slot: string;
  /** Aborted at the slot's deadline, `timeoutMs`, or when the run stops. In a process of its own that process ends instead. */
  readonly signal: AbortSignal;
}

/** A tool call as an agent may report it; a plain text is a name. */
export type ReportedToolCall = string | { name: string; args?: Json; id?: string; result?: Json; isError?: boolean; server?: string };

/** The reply to one message. */
export interface AgentReply {
  /** Text; anything else becomes its JSON text. */
  output: Json;
  /** In order; `steps` instead where messages between the calls matter. */
  toolCalls?: readonly ReportedToolCall[];
  steps?: readonly Step[];
  usage?: Usage;
  /** What the agent's world looks like afterwards, for `state` checkers. */
  finalState?: Json;
  /** Instead of the time around the call, milliseconds. */
  latencyMs?: number;
  firstByteMs?: number;
}

/**
 * Text, a reply, or, to the first message, the whole conversation. What is thrown is an error of the slot and no score; with
 * `isTransient: true` on it the slot is asked again.
 */
export type AgentAnswer =
  | string
  | AgentReply
  | { turns: readonly Pick<AgentReply, 'output' | 'toolCalls' | 'steps'>[]; usage?: Usage; finalState?: Json };

export type AgentFunction = (call: AgentCall) => AgentAnswer | Promise<AgentAnswer>;

/** A function that is the agent, with what the run log says of it. */
export interface OwnAgent {
  kind: 'agent';
  /**
   * Which system this is, for people and for the fingerprint: runs of agents with different identities are never taken for repeats
   * of each other. It must stay the same when the code of the agent changes, for that is what is compared. Default: `function`.
   */
  identity?: string;
  answer: AgentFunction;
}

/** What a function that checks is called with. */
export interface CheckCall {
  sample: {
    id: string;
    input: Input;
    expected?: Json;
    tags: string[];
    metadata: JsonObject;
    row: JsonObject;
    turns: { input: Input; expected?: Json }[];
  };
  trajectory: Trajectory;
  /** Of the last turn. */
  output: string;
  epoch: number;
  /** Aborted at the checker's deadline. In a process of its own that process ends instead. */
  readonly signal: AbortSignal;
}

/** True or false, a value 0..1 (which passes at 1), either with a reason, or why nothing could be said. What is thrown is unscored. */
export type CheckAnswer =
  | boolean
  | number
  | { value: number; pass?: boolean; reason?: string }
  | { pass: boolean; reason?: string }
  | { unscored: string };

export type CheckFunction = (call: CheckCall) => CheckAnswer | Promise<CheckAnswer>;

/** A function that checks, with what the run log and the reports say of it. */
export interface OwnChecker {
  kind: 'checker';
  /** Unique in the suite. Default: the name of the function. */
  name?: string;
  /**
   * Stands for the meaning of the function in the fingerprint: change it when scores may change, and the baseline's answers are
   * scored again. Without one the text of the function stands for it, and nothing that the function calls.
   */
  version?: string | number;
  /** A sample passes when all required checkers pass. Default true. */
  required?: boolean;
  /** Share in weighted means, above 0. Default 1. */
  weight?: number;
  /** True: the same answer always gets the same score. Default false. */
  isPure?: boolean;
  /** Time for one call; afterwards the answer is unscored. Default 30000. */
  timeoutMs?: number;
  check: CheckFunction;
}

/** An entry as in a config file: a type and its options. */
export interface ConfigEntry {
  type: string;
  [option: string]: unknown;
}

/** An entry of `checkers`; functions may stand inside the checkers that are made of checkers, too. */
export type CheckerInput = ConfigEntry | OwnChecker | CheckFunction;

/** A suite as a config file holds it, with functions and samples in place of files where that is handy. */
export interface InlineSuite {
  suite: string;
  /** Rows, or paths as in a config file. */
  samples: readonly SampleRow[] | string | { path: string | readonly string[]; [option: string]: unknown };
  agent: AgentFunction | OwnAgent | ConfigEntry;
  checkers: readonly CheckerInput[];
  /** As in a config file; `{agent}` is a second agent that is asked in the same run. Default `none`: nothing is compared. */
  baseline?:
    | 'auto'
    | 'none'
    | 'release'
    | { path: string | readonly string[] }
    | { run: number }
    | { sha: string }
    | { agent: AgentFunction | OwnAgent | ConfigEntry };
  repeats?: number;
  concurrency?: number;
  timeoutMs?: number;
  policy?: JsonObject;
  judge?: { model: string; baseUrl?: string; apiKey?: string };
  /** Every other key of a config file. */
  [key: string]: unknown;
}

/** How one evaluation is run; nothing of this decides about scores. */
export interface RunOptions {
  /** Folder that relative paths start from. Default: the working folder. */
  cwd?: string;
  /** Holds run.jsonl and the reports afterwards. Default `.agent-regress/<suite>` in `cwd`. */
  outputDir?: string;
  /** Go on with the unfinished run in the output folder. Default false. */
  resume?: boolean;
  /** Stops the run: what was answered is kept, and the result is incomplete. */
  signal?: AbortSignal;
  /** Values that must not be written anywhere, by a name that stands in their place. */
  secrets?: Readonly<Record<string, string | undefined>>;
  /** Environment variables, for `${env:NAME}` and the GitHub baseline. Default: those of the process. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Warnings and notices, one sentence each. */
  onNotice?: (message: string) => void;
}

/** What a config file is evaluated with instead of its own. */
export interface FileOptions extends RunOptions {
  /** Which suite, for a file with several. */
  suite?: string;
  /** A function in place of the file's agent. */
  agent?: AgentFunction | OwnAgent;
  /** Runs to compare with, relative to `cwd`. */
  baseline?: 'auto' | 'none' | 'release' | readonly string[];
  repeats?: number;
  limit?: number;
}

/** Finished runs to compare: folders or run.jsonl files. */
export interface ComparisonOptions extends RunOptions {
  /** Newest first; several form a pool. Empty: the head alone is reported. */
  base: string | readonly string[];
  head: string;
  /** Config file; its checkers re-score the baseline where they differ, and its policy decides. */
  config?: string;
  /** Which suite, for a file with several. */
  suite?: string;
}

/** What came out; the same numbers as in every report. */
export interface EvaluationResult {
  suite: string;
  verdict: Assessment['verdict'];
  /** The exit code of the command line is 0: neither a regression nor an incomplete run. */
  isPass: boolean;
  /** 0 pass, 1 regression, 3 incomplete or infrastructure. */
  exitCode: number;
  assessment: Assessment;
  /** The report as plain text. */
  text: string;
  /** Absolute paths. */
  outputDir: string;
  runLog: string;
  /** Written reports by type, absolute paths. */
  files: Record<string, string>;
  /** @throws Error `VerdictError` with the report, unless `isPass`. */
  assertPass(): void;
}
