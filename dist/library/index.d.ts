export type Assessment = { [x: string]: unknown; schemaVersion: number; suite: string; verdict: { [x: string]: unknown; status: 'regressed' | 'improved' | 'no-change' | 'inconclusive' | 'no-baseline'; reasons: string[]; exitCode: number; complete: boolean; acceptedExitCode?: number | undefined; minimalDetectableDrop?: number | undefined; excludedDrop?: number | undefined; gates?: { [x: string]: unknown; } | undefined; }; run: { [x: string]: unknown; runId?: string | undefined; sha?: string | undefined; startedAt?: string | undefined; durationMs?: number | undefined; importedFrom?: string | undefined; agent?: string | undefined; repeats?: number | undefined; latencyMs?: number | undefined; stopReason?: string | undefined; }; baseline: { [x: string]: unknown; kind: 'path' | 'exact' | 'agent' | 'none' | 'ancestor' | 'base-tip' | 'default-tip'; runs: number; absence?: 'off' | 'first-run' | 'expired' | 'no-release' | 'incompatible' | 'no-permission' | 'unreachable' | 'unreadable' | 'unfinished' | 'untrusted' | 'not-found' | undefined; reason?: string | undefined; isUnreadable?: boolean | undefined; agent?: string | undefined; sha?: string | undefined; ref?: string | undefined; distance?: number | undefined; release?: string | undefined; event?: string | undefined; isOtherBranch?: boolean | undefined; isSameCommit?: boolean | undefined; match?: 'exact' | 're-scored' | 'partial' | undefined; ageHours?: number | undefined; expiresInHours?: number | undefined; url?: string | undefined; notes?: string[] | undefined; }; checkers: { [x: string]: unknown; name: string; effect: 'regressed' | 'improved' | 'inconclusive' | 'unchanged' | 'too-few-samples'; required?: boolean | undefined; baseline?: { [x: string]: unknown; mean: number; n: number; } | undefined; current?: { [x: string]: unknown; mean: number; n: number; } | undefined; change?: number | undefined; interval?: [number, number] | undefined; p?: number | undefined; }[]; metrics: { [x: string]: unknown; name: string; effect: 'regressed' | 'improved' | 'inconclusive' | 'unchanged' | 'too-few-samples'; baseline?: number | undefined; current?: number | undefined; ratio?: number | undefined; interval?: [number, number] | undefined; }[]; slices: { [x: string]: unknown; name: string; samples: number; effect: 'regressed' | 'improved' | 'inconclusive' | 'unchanged' | 'too-few-samples'; baselineRate?: number | undefined; rate?: number | undefined; change?: number | undefined; p?: number | undefined; }[]; counts: Partial<Record<'regressed' | 'suspect' | 'fixed' | 'flaky' | 'stable-pass' | 'stable-fail' | 'errored' | 'new' | 'removed' | 'waived', number>>; outcomes: Record<'pass' | 'error' | 'fail' | 'unscored' | 'skipped', number>; samples: { [x: string]: unknown; id: string; class: 'regressed' | 'suspect' | 'fixed' | 'flaky' | 'stable-pass' | 'stable-fail' | 'errored' | 'new' | 'removed' | 'waived'; scores: Record<string, { [x: string]: unknown; baseline?: number | undefined; current?: number | undefined; }>; baseline?: { [x: string]: unknown; passes: number; repeats: number; } | undefined; current?: { [x: string]: unknown; passes: number; repeats: number; } | undefined; p?: number | undefined; adjusted?: number | undefined; file?: string | undefined; line?: number | undefined; critical?: boolean | undefined; changes?: string[] | undefined; }[]; cost: { [x: string]: unknown; agentCalls: number; judgeCalls: number; baselineAgentCalls?: number | undefined; userCalls?: number | undefined; inputTokens?: number | undefined; outputTokens?: number | undefined; costUsd?: number | undefined; }; acceptance?: { [x: string]: unknown; by: string; reason: string; sha: string; at: string; via: 'comment' | 'label'; commentId?: number | undefined; label?: string | undefined; } | undefined; voidAcceptance?: { [x: string]: unknown; by: string; sha: string; why: string; } | undefined; suiteEffect?: { [x: string]: unknown; baselineRate: number; rate: number; change: number; interval: [number, number]; pWorse: number; pBetter: number; rateInterval?: [number, number] | undefined; } | undefined; passRate?: number | undefined; passRateInterval?: [number, number] | undefined; score?: { [x: string]: unknown; baseline?: number | undefined; current?: number | undefined; } | undefined; passK?: { [x: string]: unknown; k: number; baseline?: { [x: string]: unknown; passAtK: number; passHatK: number; samples: number; } | undefined; current?: { [x: string]: unknown; passAtK: number; passHatK: number; samples: number; } | undefined; }[] | undefined; waivers?: { [x: string]: unknown; sample: string; reason: string; until: string; isLapsed: boolean; }[] | undefined; judgeNoise?: { [x: string]: unknown; checker: string; judgements: number; answers: number; splitAnswers: number; splitSamples: number; straddling: { [x: string]: unknown; sample: string; passes: number; judgements: number; epoch?: number | undefined; values?: number[] | undefined; }[]; unscored?: number | undefined; varianceShare?: number | undefined; usage?: { [x: string]: unknown; calls: number; inputTokens?: number | undefined; outputTokens?: number | undefined; costUsd?: number | undefined; } | undefined; }[] | undefined; preference?: { [x: string]: unknown; samples: number; wins: number; ties: number; losses: number; effect: 'regressed' | 'improved' | 'inconclusive' | 'unchanged' | 'too-few-samples'; unscored?: number | undefined; unasked?: number | undefined; share?: number | undefined; interval?: [number, number] | undefined; p?: number | undefined; reason?: string | undefined; worst?: { [x: string]: unknown; sample: string; wins: number; ties: number; losses: number; reason?: string | undefined; }[] | undefined; usage?: { [x: string]: unknown; calls: number; inputTokens?: number | undefined; outputTokens?: number | undefined; costUsd?: number | undefined; } | undefined; } | undefined; };

export type Json = string | number | boolean | Json[] | { [key: string]: Json; } | null;

type JsonObject = { [key: string]: Json; };

export type Input = string | JsonObject | { [x: string]: Json; role: string; content: string; }[];

export type SampleRow = { [x: string]: unknown; id?: string | undefined; input?: string | JsonObject | { [x: string]: Json; role: string; content: string; }[] | undefined; expected?: Json | undefined; tags?: string[] | undefined; weight?: number | undefined; critical?: boolean | undefined; turns?: { input: string | JsonObject | { [x: string]: Json; role: string; content: string; }[]; expected?: Json | undefined; toolCalls?: { name: string; args?: JsonObject | undefined; id?: string | undefined; }[] | undefined; messages?: string[] | undefined; }[] | undefined; toolCalls?: { name: string; args?: JsonObject | undefined; id?: string | undefined; }[] | undefined; scenario?: { opening?: string | undefined; plan?: string | undefined; persona?: string | { [x: string]: unknown; id?: string | undefined; description?: string | undefined; behaviors?: { [x: string]: unknown; name?: string | undefined; description?: string | undefined; behaviorInstructions?: string[] | undefined; behavior_instructions?: string[] | undefined; }[] | undefined; } | undefined; stop?: string | undefined; maxTurns?: number | undefined; } | undefined; system?: string | undefined; state?: JsonObject | undefined; files?: string[] | undefined; checkers?: { [x: string]: unknown; type: string; }[] | undefined; metadata?: JsonObject | undefined; };

export type Step = { [x: string]: unknown; kind: 'toolCall'; name: string; args?: Json | undefined; id?: string | undefined; server?: string | undefined; result?: Json | undefined; isError?: boolean | undefined; reply?: number | undefined; } | { [x: string]: unknown; kind: 'message'; text: string; author?: string | undefined; } | { [x: string]: unknown; kind: 'error'; message: string; };

export type Trajectory = { [x: string]: unknown; turns: { [x: string]: unknown; input: string | JsonObject | { [x: string]: Json; role: string; content: string; }[]; output: string; steps: ({ [x: string]: unknown; kind: 'toolCall'; name: string; args?: Json | undefined; id?: string | undefined; server?: string | undefined; result?: Json | undefined; isError?: boolean | undefined; reply?: number | undefined; } | { [x: string]: unknown; kind: 'message'; text: string; author?: string | undefined; } | { [x: string]: unknown; kind: 'error'; message: string; })[]; finishReason?: string | undefined; logProbs?: { [x: string]: unknown; tokens: number; mean: number; } | undefined; traceId?: string | undefined; nodes?: string[] | undefined; }[]; end?: 'stop' | 'max-turns' | undefined; finalState?: Json | undefined; usage?: { [x: string]: unknown; inputTokens?: number | undefined; outputTokens?: number | undefined; costUsd?: number | undefined; } | undefined; latencyMs?: number | undefined; spans?: { [x: string]: unknown; name: string; durationMs?: number | undefined; isError?: boolean | undefined; }[] | undefined; omittedSpans?: number | undefined; firstByteMs?: number | undefined; };

export type Turn = { [x: string]: unknown; input: string | JsonObject | { [x: string]: Json; role: string; content: string; }[]; output: string; steps: ({ [x: string]: unknown; kind: 'toolCall'; name: string; args?: Json | undefined; id?: string | undefined; server?: string | undefined; result?: Json | undefined; isError?: boolean | undefined; reply?: number | undefined; } | { [x: string]: unknown; kind: 'message'; text: string; author?: string | undefined; } | { [x: string]: unknown; kind: 'error'; message: string; })[]; finishReason?: string | undefined; logProbs?: { [x: string]: unknown; tokens: number; mean: number; } | undefined; traceId?: string | undefined; nodes?: string[] | undefined; };

type Usage = { [x: string]: unknown; inputTokens?: number | undefined; outputTokens?: number | undefined; costUsd?: number | undefined; };

/** Exit codes of every face. Disjoint: a number never means two things. */
declare const ExitCode: {
    readonly pass: 0;
    readonly regression: 1;
    readonly usage: 2;
    readonly incomplete: 3;
    readonly internal: 4;
    readonly interrupted: 130;
    readonly terminated: 143;
};
type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
/** One thing that is wrong in something a user wrote. */
export interface Problem {
    /** File as the user named it; absent for flags and inputs. */
    file?: string;
    /** 1-based. */
    line?: number;
    /** 1-based. */
    column?: number;
    /** Path of the field, such as `checkers[0].value`, or the flag or input name. */
    field?: string;
    /** What was found, as a sentence without a full stop. */
    message: string;
    /** What was expected and what to do about it. */
    remedy?: string;
}
/**
 * A problem that the user can fix. Faces print `message`, `remedy` and every entry of `problems`
 * without a stack, and exit with `exitCode`; of a message above 3,000 characters the middle is left out. Anything that is not a ToolError is a bug of ours.
 */
export declare class ToolError extends Error {
    /** Stable kebab-case identifier, such as `config-invalid`. */
    readonly code: string;
    readonly exitCode: ExitCode;
    readonly remedy: string | undefined;
    readonly problems: readonly Problem[];
    constructor(options: {
        code: string;
        message: string;
        remedy?: string;
        exitCode?: ExitCode;
        problems?: readonly Problem[];
        cause?: unknown;
    });
}
/** The beginning of a text, at most `maxLength` units and a mark where something is cut: half a secret is known by the mark after it. */
declare function shortened(text: string, maxLength: number): string;
/** The message of anything thrown, for a person; never the stack. */
declare function messageOf(error: unknown): string;

/** What a function that is the agent is called with, once for each message of the user. */
export interface AgentCall {
    /** What the user says now. */
    input: Input;
    /** Which message of the user this is, from 1. */
    turn: number;
    /** What was said before, oldest first. */
    history: readonly Turn[];
    /** Every message of a scripted conversation; a simulated user's are not known before. */
    turns: readonly {
        input: Input;
    }[];
    /** The sample's system prompt. */
    system: string | null;
    /** The sample's initial state. */
    state: JsonObject;
    /** Never the expected answers. */
    sample: {
        id: string;
        metadata: JsonObject;
        row: JsonObject;
        tags: string[];
        files: string[];
    };
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
type ReportedToolCall = string | {
    name: string;
    args?: Json;
    id?: string;
    result?: Json;
    isError?: boolean;
    server?: string;
};
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
export type AgentAnswer = string | AgentReply | {
    turns: readonly Pick<AgentReply, 'output' | 'toolCalls' | 'steps'>[];
    usage?: Usage;
    finalState?: Json;
};
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
        turns: {
            input: Input;
            expected?: Json;
        }[];
    };
    trajectory: Trajectory;
    /** Of the last turn. */
    output: string;
    epoch: number;
    /** Aborted at the checker's deadline. In a process of its own that process ends instead. */
    readonly signal: AbortSignal;
}
/** True or false, a value 0..1 (which passes at 1), either with a reason, or why nothing could be said. What is thrown is unscored. */
export type CheckAnswer = boolean | number | {
    value: number;
    pass?: boolean;
    reason?: string;
} | {
    pass: boolean;
    reason?: string;
} | {
    unscored: string;
};
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
interface ConfigEntry {
    type: string;
    [option: string]: unknown;
}
/** An entry of `checkers`; functions may stand inside the checkers that are made of checkers, too. */
type CheckerInput = ConfigEntry | OwnChecker | CheckFunction;
/** A suite as a config file holds it, with functions and samples in place of files where that is handy. */
export interface InlineSuite {
    suite: string;
    /** Rows, or paths as in a config file. */
    samples: readonly SampleRow[] | string | {
        path: string | readonly string[];
        [option: string]: unknown;
    };
    agent: AgentFunction | OwnAgent | ConfigEntry;
    checkers: readonly CheckerInput[];
    /** As in a config file; `{agent}` is a second agent that is asked in the same run. Default `none`: nothing is compared. */
    baseline?: 'auto' | 'none' | 'release' | {
        path: string | readonly string[];
    } | {
        run: number;
    } | {
        sha: string;
    } | {
        agent: AgentFunction | OwnAgent | ConfigEntry;
    };
    repeats?: number;
    concurrency?: number;
    timeoutMs?: number;
    policy?: JsonObject;
    judge?: {
        model: string;
        baseUrl?: string;
        apiKey?: string;
    };
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

/** A function as an agent, with an identity; `answer` alone is the same as `{answer}`. */
export declare function defineAgent(agent: AgentFunction | Omit<OwnAgent, 'kind'>): OwnAgent;
/** A function as a checker, with a name and a version; `check` alone is the same as `{check}`. */
export declare function defineChecker(checker: CheckFunction | Omit<OwnChecker, 'kind'>): OwnChecker;

/**
 * Asks, checks, compares and reports the suite of a config file: the same as `agent-regress run`, with the run log and the reports in
 * the output folder.
 * @throws ToolError for what its caller can fix. A slot that fails is a record, not an exception.
 */
export declare function evaluate(config: string, options?: FileOptions): Promise<EvaluationResult>;
/** The same for a suite that is written here, with functions in place of files where that is handy. */
export declare function evaluate(suite: InlineSuite, options?: RunOptions): Promise<EvaluationResult>;
/**
 * Compares finished runs; asks nothing.
 * @throws ToolError for a run that cannot be read.
 */
export declare function compareRuns(options: ComparisonOptions): Promise<EvaluationResult>;
/**
 * What the formats of other systems mean, as functions: eval sets, configs, prompts, replies, metrics, aggregates. Each is loaded when it
 * is asked for: `const { rouge1 } = await systems.adk()`.
 */
export declare const systems: {
    adk: () => Promise<any>;
    agentbench: () => Promise<any>;
    agentloop: () => Promise<any>;
    agentscope: () => Promise<any>;
    benchkit: () => Promise<any>;
};

export {};
