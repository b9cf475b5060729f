import type { AgentDefinition } from '../agents/agent.ts';
import type { CheckerDefinition } from '../checkers/checker.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import type { DatasetSource } from '../datasets/select.ts';
import type { ExitCode } from '../errors.ts';
import type { Acceptance, VoidAcceptance } from '../records/acceptance.ts';
import type { Assessment, BaselineInfo } from '../records/assessment.ts';
import type { HistoryOrigin, HistoryRow } from '../records/history.ts';
import type { WorkflowRecord } from '../records/run-log.ts';
import type { Registry } from '../registry.ts';
import type { ReportView } from '../reporters/parts/view.ts';

/** What a suite may name, where that is more than the registries hold, and samples that are no file. */
export interface SuiteKinds {
  agents: Registry<AgentDefinition>;
  checkers: Registry<CheckerDefinition>;
  /** Instead of the paths of the config. */
  samples?: DatasetSource;
}

/** Which baseline was chosen and where its run logs lie. */
export interface FoundBaseline {
  info: BaselineInfo;
  /** Paths of `run.jsonl` files, newest first. Empty when there is none; `info.reason` says why. */
  runLogs: string[];
  /** Earlier runs, oldest first, as the stored baselines tell them. */
  history?: readonly HistoryRow[];
  /** Worth a warning although it serves: it expires soon. */
  warnings?: string[];
  /** A certain run or commit was asked for. */
  isNamed?: true;
}

/** Chosen by the face: files on a laptop, GitHub's REST in the action. Never throws for "there is none". */
export type BaselineFinder = (config: SuiteConfig) => Promise<FoundBaseline>;

/** An acceptance that holds for a run, or one that does not, with the reason. */
export type FoundAcceptance = { acceptance: Acceptance; voidAcceptance?: undefined } | { acceptance?: undefined; voidAcceptance: VoidAcceptance };

/** Who accepted what an assessment shows; undefined: nobody did. Never throws. */
export type AcceptanceFinder = (assessment: Assessment) => Promise<FoundAcceptance | undefined>;

/** What an earlier attempt of the same job has left. What it says of itself is not to be believed unseen. */
export interface EarlierLog {
  /** Absolute path of a `run.jsonl` that nobody writes any more; that of a second agent lies beside it as ever. */
  runLog: string;
  /**
   * `partial`: because the job did not come so far as to report. Otherwise a log with its `end` has served: as a `run`, nothing that is
   * older is gone on from; in a `folder`, nobody knows whether anything older is.
   */
  storedAs: 'run' | 'partial' | 'folder';
  /** For messages, such as `artifact "x"`. */
  name: string;
}

/** Newest first; asked for when a run starts, and only as far as they are needed. Never throws for what it cannot get. */
export type EarlierLogs = () => AsyncIterable<EarlierLog>;

export type PipelineEvent =
  /** `agents`: how many are asked; default 1. `slots` and `resumed` are of all of them. `caps`: where it stops at the latest. */
  | {
      kind: 'started';
      suite: string;
      samples: number;
      repeats: number;
      agents?: number;
      slots: number;
      resumed: number;
      caps?: { calls?: number; costUsd?: number; tokens?: number; minutes?: number };
    }
  | {
      kind: 'progress';
      done: number;
      total: number;
      pass: number;
      fail: number;
      error: number;
      unscored: number;
      /** Answers that are not scored yet: `execute`. */
      answered: number;
      phase: 'run' | 'top-up' | 'confirm';
    }
  /** Of `slots`, `resumed` are there from an earlier attempt of the same job. */
  | { kind: 'continued'; attempt: number; slots: number; resumed: number }
  | { kind: 'baseline'; info: BaselineInfo }
  | { kind: 'rescored'; slots: number; reason: string }
  | { kind: 'confirming'; samples: number; slots: number }
  | { kind: 'topping-up'; slots: number }
  | { kind: 'notice'; level: 'info' | 'warning'; message: string };

export interface EvaluateRequest {
  config: SuiteConfig;
  /** Absolute; holds run.jsonl and the reports afterwards. */
  outputDir: string;
  resume: boolean;
  /** Which job of which workflow run asks; absent outside of one. */
  workflow?: WorkflowRecord;
  /** Without `resume`: what the run may go on from, when it is of the same job and the same experiment. */
  earlier?: EarlierLogs;
  /** Why planned slots that are still open are not asked: the run then ends incomplete, for this reason. */
  leaveOpen?: string;
  findBaseline: BaselineFinder;
  /** Absent: nothing is ever accepted, as on a laptop. */
  findAcceptance?: AcceptanceFinder;
  /** Of the code under test, for the run log. */
  git?: { sha?: string; ref?: string };
  /** Which run of a workflow this is, for the history; absent outside of one. */
  origin?: HistoryOrigin;
  signal: AbortSignal;
  onEvent: (event: PipelineEvent) => void;
  /** Absent: what the registries hold, and the samples of the config's paths. */
  kinds?: SuiteKinds;
}

export interface Evaluation extends ReportedRun {
  /** Absolute path of run.jsonl. */
  runLog: string;
}

/** What there is to show of a run. */
export interface ReportedRun {
  assessment: Assessment;
  view: ReportView;
  exitCode: ExitCode;
  /** This run and those before it, oldest first. */
  history?: readonly HistoryRow[];
  /** Absolute path of run.jsonl; absent where a comparison of runs that lie elsewhere is shown. */
  runLog?: string;
  /** Written reports by reporter type, absolute paths. */
  files: Record<string, string>;
}
