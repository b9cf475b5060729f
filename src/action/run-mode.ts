import { join, relative } from 'node:path';
import type { UnreadySuite } from '../config/build-suite.ts';
import type { Override } from '../config/overrides.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ExitCode, messageOf, ToolError } from '../errors.ts';
import { findBaselineForSuite } from '../github/baseline-from-environment.ts';
import { artifactNameOf, suiteSlug } from '../github/suite-slug.ts';
import { readGit } from '../io/git.ts';
import { findLocalBaseline } from '../pipeline/find-baseline.ts';
import type { Evaluation, FoundBaseline, PipelineEvent } from '../pipeline/ports.ts';
import { markdownText } from '../reporters/parts/escape-markdown.ts';
import { plainPhrase } from '../reporters/parts/phrase.ts';
import { createRedactor } from '../run/core/redact.ts';
import { unlessStopped } from './give-up.ts';
import { reportError } from './host.ts';
import { isSkipping, skipSuite, storeNotEvaluated } from './not-evaluated.ts';
import { type Outputs, outputsOf, type SuiteOutcome, worstOf } from './outputs.ts';
import { publishSuite } from './publish-suite.ts';
import type { RunContext } from './run-context.ts';
import { type SuiteCheck, startSuiteCheck, whyReadOnly } from './suite-check.ts';

/** After the first signal a run gets so long to hand over what it has; the runner kills after ten seconds. */
const graceMs = 3000;

/** Asks, checks, compares and reports every suite. @returns the exit code. @throws ToolError when no suite could be started. */
export async function runMode(context: RunContext): Promise<number> {
  const { host, inputs } = context;
  const { suites, unready } = await readSuites(context);
  for (const suite of suites) for (const { value } of suite.secrets) host.mask(value);
  if (inputs['github-token'] !== '') host.mask(inputs['github-token']);
  const readOnly = whyReadOnly(context);
  if (readOnly) host.notice(`No comment and no check run: ${readOnly}. The report is in the job summary and in the artifact.`);
  const outcomes: SuiteOutcome[] = [];
  for (const suite of suites) {
    if (context.signal.aborted) break;
    const outcome = await runSuite(context, suite);
    tellTargets(context, outcome, readOnly);
    outcomes.push(outcome);
  }
  if (!context.signal.aborted) outcomes.push(...(await skipSuites(context, unready, readOnly)));
  const worst = worstOf(outcomes);
  if (worst) setOutputs(context, outputsOf(worst, inputs.html));
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
  if (unready.length === 0) return outcomes;
  const stored = await storeNotEvaluated(context, unready);
  tellTargets(context, { suite: 'not evaluated', published: { artifact: stored } }, readOnly);
  return outcomes;
}

async function readSuites(context: RunContext): Promise<{ suites: SuiteConfig[]; unready: UnreadySuite[] }> {
  const { inputs, host, cwd } = context;
  if (inputs.shard !== undefined) {
    throw new ToolError({
      code: 'not-available',
      message: 'input "shard" is not available yet',
      remedy: 'split the samples over several config files',
    });
  }
  const { loadReadySuites, loadSuites } = await import('../pipeline/load-suites.ts');
  const request = { configPaths: inputs.config, overrides: overridesOf(context), env: host.env, cwd };
  const { suites, unready } = isSkipping(context) ? await loadReadySuites(request) : { suites: await loadSuites(request), unready: [] };
  const failOn = inputs['fail-on'];
  const withPolicy = suites.map((suite) => {
    const base = failOn ?? suite.policy.failOn;
    const withBaseline = inputs['require-baseline'] && !base.includes('no-baseline') ? [...base, 'no-baseline' as const] : base;
    return { ...suite, policy: { ...suite.policy, failOn: withBaseline } };
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

async function runSuite(context: RunContext, config: SuiteConfig): Promise<SuiteOutcome> {
  const { host, cwd } = context;
  const { suite } = config;
  const outputDir = join(cwd, '.agent-regress', suiteSlug(suite));
  host.info(`${suite}: started, output in ${relative(context.workspace, outputDir)}`);
  const check = await startSuiteCheck(context, suite);
  try {
    const evaluation = await evaluate(context, config, outputDir);
    const published = await publishSuite({ context, evaluation, outputDir, check });
    host.info(plainPhrase([evaluation.view.headline, ...evaluation.view.summary].join(' ')));
    return { suite, evaluation, published, exitCode: evaluation.exitCode };
  } catch (error) {
    return failSuite(context, { config, check, error });
  }
}

async function evaluate(context: RunContext, config: SuiteConfig, outputDir: string): Promise<Evaluation> {
  const { event, signal, workspace, cwd, reader } = context;
  const { evaluateSuite } = await import('../pipeline/evaluate.ts');
  const remote = (wanted: SuiteConfig): Promise<FoundBaseline> => {
    const artifactName = artifactNameOf(context.inputs['artifact-name'], wanted.suite);
    return findBaselineForSuite({ client: reader, event, config: wanted, artifactName, tmpRoot: context.host.env.RUNNER_TEMP ?? '' });
  };
  const running = evaluateSuite({
    config,
    outputDir,
    resume: false,
    findBaseline: (wanted) => findLocalBaseline(wanted, cwd, remote),
    git: { sha: readGit(workspace)?.sha ?? event.sha, ...(event.ref === undefined ? {} : { ref: event.ref }) },
    signal,
    onEvent: createTeller(context, config.suite),
  });
  return unlessStopped(signal, graceMs, running);
}

async function failSuite(context: RunContext, failure: { config: SuiteConfig; check: SuiteCheck; error: unknown }): Promise<SuiteOutcome> {
  const { host, signal } = context;
  const { config, check, error } = failure;
  const { suite } = config;
  // The runner hides secrets in the log and the summary only, and only as they are: the text also goes into the check run.
  const { text: hide } = createRedactor(config.secrets);
  const isKnown = error instanceof ToolError;
  if (isKnown) reportError(host, error, hide);
  else host.error(hide(`${suite}: a bug in agent-regress: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
  // The text of an error may quote a config or an answer, so it goes where text is inert: into a code block.
  const why = hide([messageOf(error), isKnown ? error.remedy : undefined].filter(Boolean).join('\n'));
  const text = `${markdownText(suite)} could not be evaluated.\n\n${codeBlock(why)}\n`;
  const conclusion = signal.aborted ? 'cancelled' : 'failure';
  const checked = await check.finish(conclusion, { title: 'Not evaluated', render: () => text, annotations: [] });
  const isSummed = context.inputs.summary && (await host.summarize(() => text).catch(() => false));
  const summary = isSummed ? ({ kind: 'published' } as const) : ({ kind: 'skipped', reason: 'no job summary' } as const);
  return { suite, published: { check: checked, summary }, exitCode: isKnown ? error.exitCode : ExitCode.internal };
}

function codeBlock(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => `    ${line}`)
    .join('\n');
}

function createTeller({ host }: RunContext, suite: string): (event: PipelineEvent) => void {
  let told = -1;
  return (event) => {
    switch (event.kind) {
      case 'started':
        return host.info(
          `${suite}: ${event.samples} samples × ${event.repeats}${(event.agents ?? 1) > 1 ? `, ${event.agents} agents` : ''}, ${event.slots} slots`,
        );
      case 'baseline':
        return host[event.info.isUnreadable ? 'warning' : 'info'](
          `${suite}: baseline: ${event.info.kind}${(event.info.reason ?? event.info.agent) ? ` (${event.info.reason ?? event.info.agent})` : ''}`,
        );
      case 'rescored':
        return host.info(`${suite}: ${event.slots} baseline slots scored again: ${event.reason}`);
      case 'topping-up':
        return host.info(`${suite}: the result is grey; asking every sample as often again, ${event.slots} slots`);
      case 'confirming':
        return host.info(`${suite}: asking ${event.samples} suspicious samples again, ${event.slots} slots`);
      case 'notice':
        return event.level === 'warning' ? host.warning(`${suite}: ${event.message}`) : host.info(`${suite}: ${event.message}`);
      case 'progress': {
        const tenth = Math.floor((10 * event.done) / Math.max(1, event.total));
        if (tenth === told) return undefined;
        told = tenth;
        return host.info(`${suite}: ${event.done}/${event.total} done, ${event.fail} failed, ${event.error} errors`);
      }
    }
  };
}

/** One warning per target that did not work; what was switched off or already told is not repeated. */
function tellTargets({ host }: RunContext, { suite, published }: Pick<SuiteOutcome, 'suite' | 'published'>, told: string | undefined): void {
  for (const [target, result] of Object.entries(published)) {
    if (result.kind === 'failed') host.warning(`${suite}: ${target}: ${result.message}. ${result.remedy}`);
    else if (result.kind === 'skipped' && result.reason !== told) host.info(`${suite}: no ${target}: ${result.reason}`);
  }
}

function setOutputs({ host }: RunContext, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) host.setOutput(name, value);
}
