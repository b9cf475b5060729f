import type { ComparisonOptions, EvaluationResult, FileOptions, InlineSuite, RunOptions } from './library/types.ts';

export { type Problem, ToolError } from './errors.ts';
export type * as adk from './library/adk.ts';
export type * as agentbench from './library/agentbench.ts';
export type * as agentloop from './library/agentloop.ts';
export type * as agentscope from './library/agentscope.ts';
export type * as benchkit from './library/benchkit.ts';
export { defineAgent, defineChecker } from './library/define.ts';
export type {
  AgentAnswer,
  AgentCall,
  AgentFunction,
  AgentReply,
  CheckAnswer,
  CheckCall,
  CheckFunction,
  ComparisonOptions,
  EvaluationResult,
  FileOptions,
  InlineSuite,
  OwnAgent,
  OwnChecker,
  RunOptions,
} from './library/types.ts';
export type { Assessment } from './records/assessment.ts';
export type { Json } from './records/json.ts';
export type { Input, SampleRow } from './records/sample.ts';
export type { Step, Trajectory, Turn } from './records/trajectory.ts';

/**
 * Asks, checks, compares and reports the suite of a config file: the same as `agent-regress run`, with the run log and the reports in
 * the output folder.
 * @throws ToolError for what its caller can fix. A slot that fails is a record, not an exception.
 */
export async function evaluate(config: string, options?: FileOptions): Promise<EvaluationResult>;
/** The same for a suite that is written here, with functions in place of files where that is handy. */
export async function evaluate(suite: InlineSuite, options?: RunOptions): Promise<EvaluationResult>;
/** A text is the path of a config file. */
export async function evaluate(suite: string | InlineSuite, options: FileOptions | RunOptions = {}): Promise<EvaluationResult> {
  const { evaluateFile, evaluateInline } = await import('./library/evaluate.ts');
  return typeof suite === 'string' ? evaluateFile(suite, options) : evaluateInline(suite, options);
}

/**
 * Compares finished runs; asks nothing.
 * @throws ToolError for a run that cannot be read.
 */
export async function compareRuns(options: ComparisonOptions): Promise<EvaluationResult> {
  const { compareFinished } = await import('./library/evaluate.ts');
  return compareFinished(options);
}

/**
 * What the formats of other systems mean, as functions: eval sets, configs, prompts, replies, metrics, aggregates. Each is loaded when it
 * is asked for: `const { rouge1 } = await systems.adk()`.
 */
export const systems = {
  adk: () => import('./library/adk.ts'),
  agentbench: () => import('./library/agentbench.ts'),
  agentloop: () => import('./library/agentloop.ts'),
  agentscope: () => import('./library/agentscope.ts'),
  benchkit: () => import('./library/benchkit.ts'),
};
