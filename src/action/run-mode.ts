import { join, relative } from 'node:path';
import type { UnreadySuite } from '../config/build-suite.ts';
import type { Override } from '../config/overrides.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ExitCode } from '../errors.ts';
import { suiteSlug } from '../github/suite-slug.ts';
import { unlessStopped } from '../io/unless-stopped.ts';
import type { Evaluation } from '../pipeline/ports.ts';
import { plainPhrase } from '../reporters/parts/phrase.ts';
import { isSkipping, skipSuite } from './not-evaluated.ts';
import { isAccepted, type Outputs, outputsOf, type SuiteOutcome, worstOf } from './outputs.ts';
import { startPartial } from './partial-run.ts';
import { publishSuite } from './publish-suite.ts';
import type { RunContext } from './run-context.ts';
import { runShard, skipShards } from './shard-suite.ts';
import { startSuiteCheck, whyReadOnly } from './suite-check.ts';
import { failSuite, suiteRequest } from './suite-job.ts';

/** After the first signal a run gets so long to hand over what it has; the runner kills after ten seconds. */
const graceMs = 3000;

/** How one suite gets its answers and its verdict. */
export type EvaluateSuite = (context: RunContext, config: SuiteConfig, outputDir: string) => Promise<Evaluation>;

/**
 * Asks, checks, compares and reports every suite; with `shard` only asks and checks that part of each.
 * @returns the exit code. @throws ToolError when no suite could be started.
 */
export async function runMode(context: RunContext, evaluate: EvaluateSuite = evaluateHere): Promise<number> {
  const { host, inputs } = context;
  const { suites, unready } = await readSuites(context);
  for (const suite of suites) for (const { value } of suite.secrets) host.mask(value);
  if (inputs['github-token'] !== '') host.mask(inputs['github-token']);
  const readOnly = whyReadOnly(context);
  if (readOnly && !inputs.shard) host.notice(`No comment and no check run: ${readOnly}. The report is in the job summary and in the artifact.`);
  const outcomes: SuiteOutcome[] = [];
  for (const suite of suites) {
    if (context.signal.aborted) break;
    const outcome = suite.shard ? await runShard(context, suite) : await runSuite(context, suite, evaluate);
    tellTargets(context, outcome, readOnly);
    outcomes.push(outcome);
  }
  if (!context.signal.aborted) outcomes.push(...(inputs.shard ? skipShards(context, unready) : await skipSuites(context, unready, readOnly)));
  const worst = worstOf(outcomes);
  if (worst) setOutputs(context, { ...outputsOf(worst, inputs.html), accepted: String(outcomes.some(isAccepted)) });
  return worst?.exitCode ?? ExitCode.incomplete;
}

/** Reports what could not be asked as not evaluated; it leaves no run that anything could be compared with. */
async function skipSuites(context: RunContext, unready: readonly UnreadySuite[], readOnly: string | undefined): Promise<SuiteOutcome[]> {
  const outcomes: SuiteOutcome[] = [];
  for (const suite of unready) {
    const outcome = await skipSuite(context, suite);
    tellTargets(context, outcome, readOnly);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function readSuites(context: RunContext): Promise<{ suites: SuiteConfig[]; unready: UnreadySuite[] }> {
  const { inputs, host, cwd } = context;
  const { loadReadySuites, loadSuites } = await import('../pipeline/load-suites.ts');
  const request = { configPaths: inputs.config, agents: inputs.agent, overrides: overridesOf(context), env: host.env, cwd };
  const { suites, unready } = isSkipping(context) ? await loadReadySuites(request) : { suites: await loadSuites(request), unready: [] };
  const failOn = inputs['fail-on'];
  const withPolicy = suites.map((suite) => {
    const base = failOn ?? suite.policy.failOn;
    const withBaseline = inputs['require-baseline'] && !base.includes('no-baseline') ? [...base, 'no-baseline' as const] : base;
    return { ...suite, policy: { ...suite.policy, failOn: withBaseline }, ...(inputs.shard ? { shard: inputs.shard } : {}) };
  });
  return { suites: withPolicy, unready };
}

function overridesOf({ inputs }: RunContext): Override[] {
  const [baseline, ...more] = inputs.baseline;
  const given: [name: string, path: string, value: Override['value'] | undefined][] = [
    ['repeats', 'repeats', inputs.repeats],
    ['limit', 'samples.limit', inputs.limit],
    ['concurrency', 'concurrency', inputs.concurrency],
    ['budget-usd', 'budget.costUsd', inputs['budget-usd']],
    ['baseline', 'baseline', more.length > 0 ? inputs.baseline : baseline],
  ];
  return given.flatMap(([name, path, value]) => (value === undefined ? [] : [{ path, value, origin: 'flag' as const, source: `input "${name}"` }]));
}

async function runSuite(context: RunContext, config: SuiteConfig, evaluate: EvaluateSuite): Promise<SuiteOutcome> {
  const { host, cwd } = context;
  const { suite } = config;
  const outputDir = join(cwd, '.agent-regress', suiteSlug(suite));
  host.info(`${suite}: started, output in ${relative(context.workspace, outputDir)}`);
  const check = await startSuiteCheck(context, suite);
  const settle = startPartial(context, config, outputDir);
  try {
    const evaluation = await unlessStopped(context.signal, graceMs, evaluate(context, config, outputDir));
    const published = await publishSuite({ context, evaluation, outputDir, check });
    const isFinished = !context.signal.aborted && evaluation.assessment.run.stopReason === undefined;
    if (isFinished || published.artifact?.kind === 'published') settle();
    host.info(plainPhrase([evaluation.view.headline, ...evaluation.view.summary, evaluation.view.baseline].join(' ')));
    return { suite, evaluation, published, exitCode: evaluation.exitCode };
  } catch (error) {
    return failSuite(context, { config, check, error });
  }
}

const evaluateHere: EvaluateSuite = async (context, config, outputDir) => {
  const { evaluateSuite } = await import('../pipeline/evaluate.ts');
  return evaluateSuite({ ...suiteRequest(context, config, outputDir), resume: false });
};

/** One warning per target that did not work; what was switched off or already told is not repeated. */
function tellTargets({ host }: RunContext, { suite, published }: SuiteOutcome, told: string | undefined): void {
  for (const [target, result] of Object.entries(published)) {
    if (result.kind === 'failed') host.warning(`${suite}: ${target}: ${result.message}. ${result.remedy}`);
    else if (result.kind === 'skipped' && result.reason !== told) host.info(`${suite}: no ${target}: ${result.reason}`);
  }
}

function setOutputs({ host }: RunContext, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) host.setOutput(name, value);
}
