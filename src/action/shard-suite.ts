import { join, relative } from 'node:path';
import type { UnreadySuite } from '../config/build-suite.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ExitCode } from '../errors.ts';
import { uploadRunFolder } from '../github/artifact.ts';
import { failedResult, type PublishResult } from '../github/publish-result.ts';
import { shardArtifactNameOf, suiteSlug } from '../github/suite-slug.ts';
import { unlessStopped } from '../io/unless-stopped.ts';
import { shardFolder } from '../pipeline/output-folder.ts';
import type { PipelineEvent } from '../pipeline/ports.ts';
import { markdownText } from '../reporters/parts/escape-markdown.ts';
import { nameOfShard } from '../run/core/shards.ts';
import type { SuiteOutcome } from './outputs.ts';
import { startPartial } from './partial-run.ts';
import type { RunContext } from './run-context.ts';
import { failSuite, suiteRequest } from './suite-job.ts';

/** After the first signal a shard gets so long to hand over what it has, and then so long to store it. */
const graceMs = 3000;
const storeGraceMs = 2500;

/** Shards are read by the merge of their own run and by a re-run of it; the merged run is what is kept. */
const retentionDays = 7;

/**
 * Asks and checks one shard of a suite and stores it for the merge. Compares nothing, and writes no comment and no check.
 * Never throws.
 */
export async function runShard(context: RunContext, config: SuiteConfig): Promise<SuiteOutcome> {
  const { host, cwd, signal, inputs } = context;
  const { suite, shard } = config;
  if (!shard) throw new Error('not a shard');
  const outputDir = join(cwd, '.agent-regress', suiteSlug(suite), shardFolder(shard));
  host.info(`${suite}: ${nameOfShard(shard)} started, output in ${relative(context.workspace, outputDir)}`);
  const settle = startPartial(context, config, outputDir);
  let isContinued = false;
  try {
    const { executeSuite } = await import('../pipeline/execute.ts');
    const { shardSummary } = await import('../pipeline/shard-summary.ts');
    const { findBaseline: _, ...request } = suiteRequest(context, config, outputDir);
    const onEvent = (event: PipelineEvent) => {
      isContinued ||= event.kind === 'continued';
      request.onEvent(event);
    };
    const execution = await unlessStopped(signal, graceMs, executeSuite({ ...request, onEvent, resume: false, isScored: true }));
    const isWhole = execution.stopReason === undefined;
    const artifact = await storeShard(context, { config, folder: outputDir, mayReplace: isWhole || isContinued });
    if (isWhole || artifact.kind === 'published') settle();
    const text = shardSummary({ ...execution, runLog: relative(context.workspace, execution.runLog) });
    host.info(text);
    const isSummed = inputs.summary && (await host.summarize(() => `${markdownText(text)}\n`).catch(() => false));
    const summary: PublishResult = isSummed ? { kind: 'published' } : { kind: 'skipped', reason: 'no job summary' };
    return { suite, published: { artifact, summary }, runLog: execution.runLog, exitCode: execution.exitCode };
  } catch (error) {
    // What was answered before the failure is worth storing too: the merge says that it is not all.
    const artifact = await storeShard(context, { config, folder: outputDir, mayReplace: isContinued });
    if (artifact.kind === 'published') settle();
    const failed = await failSuite(context, { config, error });
    return { ...failed, published: { ...failed.published, artifact } };
  }
}

/**
 * Stored after a signal too, if there is time: a shard that is not finished is told from one that is not there. `mayReplace`: it
 * has all that an earlier attempt has stored. Never throws.
 */
async function storeShard(
  context: RunContext,
  { config, folder, mayReplace }: { config: SuiteConfig; folder: string; mayReplace: boolean },
): Promise<PublishResult> {
  const { inputs, host, event, signal, runUrl } = context;
  if (!config.shard) throw new Error('not a shard');
  const storing = uploadRunFolder({
    name: shardArtifactNameOf(inputs['artifact-name'], config.suite, config.shard),
    folder,
    subfolders: ['baseline-agent'],
    retentionDays: Math.min(retentionDays, Number(host.env.GITHUB_RETENTION_DAYS) || Number.POSITIVE_INFINITY),
    runAttempt: event.runAttempt,
    mayReplace,
    env: host.env,
    runUrl,
  });
  return unlessStopped(signal, storeGraceMs, storing).catch(failedResult);
}

/** Suites without their secrets have no shard; the merge, which has no secrets either, says so where it is seen. */
export function skipShards({ host }: RunContext, suites: readonly UnreadySuite[]): SuiteOutcome[] {
  return suites.map(({ suite, variables }) => {
    host.notice(`${suite}: not evaluated, ${variables.slice(0, 5).join(', ')} have no value; the merge reports it`);
    return { suite, notEvaluated: { variables }, published: {}, exitCode: ExitCode.pass };
  });
}
