import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SuiteConfig } from '../config/suite-config.ts';
import { messageOf, ToolError } from '../errors.ts';
import { listRunArtifacts, openArtifact, type StoredArtifact } from '../github/stored-runs.ts';
import { shardOfArtifact } from '../github/suite-slug.ts';
import { readRunIndex } from '../io/run-log-file.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { Shard } from '../records/run-log.ts';
import type { LostShard } from '../run/core/join-shards.ts';
import type { RunContext } from './run-context.ts';
import { runMode } from './run-mode.ts';
import { suiteRequest } from './suite-job.ts';

/** A listing may lag behind the last upload; it is asked once more after so long when a shard is not in it. */
const lagMs = 1500;
/** A hundred artifacts a page. */
const maxPages = 10;

/**
 * Joins the shards that other jobs of this workflow run have stored, suite by suite, and does all that `run` does after asking:
 * confirmation, verdict, one comment, one check, one stored run. @returns the exit code. @throws ToolError
 */
export async function mergeMode(context: RunContext): Promise<number> {
  if (context.inputs.shard) {
    throw new ToolError({
      code: 'inputs-invalid',
      message: 'mode "merge" joins all shards, so it takes no `shard`',
      remedy: 'leave out `shard` here',
    });
  }
  const { mergeShards } = await import('../pipeline/merge-shards.ts');
  return runMode(context, async (_, config, outputDir) => {
    const { shards, lost } = await fetchShards(context, config);
    return mergeShards({ ...suiteRequest(context, config, outputDir), shards, lost });
  });
}

interface FoundShard extends Shard {
  artifact: StoredArtifact;
}

/** Of a shard that a re-run stored again, the newest; what cannot be read is lost, with the reason. */
async function fetchShards(context: RunContext, config: SuiteConfig): Promise<{ shards: RunIndex[]; lost: LostShard[] }> {
  let found = await listShards(context, config);
  if (found.length < (found[0]?.count ?? 1)) {
    await wait(lagMs, undefined, { signal: context.signal }).catch(() => {});
    found = await listShards(context, config);
  }
  context.host.info(`${config.suite}: ${found.length} of ${found[0]?.count ?? 'an unknown number of'} shards are stored`);
  const folder = await mkdtemp(join(context.host.env.RUNNER_TEMP || tmpdir(), 'agent-regress-shards-'));
  const shards: RunIndex[] = [];
  const lost: LostShard[] = [];
  for (const { artifact, index, count } of found) {
    const place = join(folder, String(artifact.id));
    try {
      shards.push(await download(context, artifact, place));
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      lost.push({ index, count, reason: messageOf(error).replaceAll(join(place, 'run.jsonl'), 'its log') });
    }
  }
  return { shards, lost };
}

async function listShards({ reader, event, inputs }: RunContext, config: SuiteConfig): Promise<FoundShard[]> {
  const listed = await listRunArtifacts(reader, event.runId, undefined, maxPages);
  const newest = new Map<string, FoundShard>();
  for (const artifact of listed) {
    const shard = shardOfArtifact(inputs['artifact-name'], config.suite, artifact.name);
    if (shard && !newest.has(artifact.name)) newest.set(artifact.name, { ...shard, artifact });
  }
  return [...newest.values()].sort((a, b) => a.index - b.index);
}

async function download({ reader }: RunContext, artifact: StoredArtifact, folder: string): Promise<RunIndex> {
  if (artifact.expired) throw new ToolError({ code: 'artifact-expired', message: 'its artifact has expired: re-run all jobs' });
  const runLog = join(folder, 'run.jsonl');
  await mkdir(join(folder, 'baseline-agent'), { recursive: true });
  const second = 'baseline-agent/run.jsonl';
  const { files } = await openArtifact(reader, artifact, { files: { 'run.jsonl': runLog, [second]: join(folder, second) } });
  if (!files.has('run.jsonl')) throw new ToolError({ code: 'run-log-not-found', message: 'its artifact has no run.jsonl' });
  return readRunIndex(runLog);
}
