import { copyFile, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SuiteConfig } from '../config/suite-config.ts';
import { messageOf, ToolError } from '../errors.ts';
import { listRunArtifacts, openArtifact, type StoredArtifact } from '../github/stored-runs.ts';
import { artifactNameOf, attemptOfPartial, shardArtifactNameOf } from '../github/suite-slug.ts';
import { holdsAnswers } from '../io/journal.ts';
import { runLogName } from '../io/run-log-file.ts';
import type { EarlierLog } from '../pipeline/ports.ts';
import type { RunContext } from './run-context.ts';

/** A hundred artifacts a page. */
const maxPages = 10;
/** Each costs a download. */
const maxDownloads = 5;

/** A run log, and that of a second agent. */
const logFiles = [runLogName, `baseline-agent/${runLogName}`];

/**
 * What earlier attempts of this workflow run have left of a suite, or of a shard of it: in the folder, where the machine is the same
 * one, then in artifacts, newest first. A first attempt asks nothing. Says what it cannot get; never throws.
 */
export async function* earlierLogs(context: RunContext, config: SuiteConfig, outputDir: string): AsyncGenerator<EarlierLog> {
  const { inputs, event, host } = context;
  if (inputs.resume === 'off' || event.runAttempt < 2) return;
  const temporary = await mkdtemp(join(host.env.RUNNER_TEMP || tmpdir(), 'agent-regress-earlier-'));
  const here = await copyLogs(outputDir, join(temporary, 'folder'));
  if (here !== undefined) yield { runLog: here, storedAs: 'folder', name: 'the log in the folder' };
  const tell = (what: string, why: string) => host.info(`${config.suite}: ${what} is not continued: ${why}`);
  let artifacts: StoredArtifact[];
  try {
    artifacts = await findArtifacts(context, config);
  } catch (error) {
    const remedy = error instanceof ToolError ? error.remedy : undefined;
    return tell('an earlier attempt', [messageOf(error), remedy].filter(Boolean).join('. '));
  }
  for (const artifact of artifacts.slice(0, maxDownloads)) {
    const name = `artifact "${artifact.name}"`;
    const storedAs = isPartial(context, config, artifact) ? 'partial' : 'run';
    try {
      yield { runLog: await download(context, artifact, join(temporary, String(artifact.id))), storedAs, name };
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      tell(name, messageOf(error));
      // Nobody can tell whether that run had come to its end, and whoever runs one of those again wants new answers.
      if (storedAs === 'run') return;
    }
  }
}

/** Of this suite and this run, stored by it and for its commit. @throws PublishError */
async function findArtifacts(context: RunContext, config: SuiteConfig): Promise<StoredArtifact[]> {
  const { reader, event, inputs } = context;
  const prefix = inputs['artifact-name'];
  const ordinary = config.shard ? shardArtifactNameOf(prefix, config.suite, config.shard) : artifactNameOf(prefix, config.suite);
  const listed = await listRunArtifacts(reader, event.runId, undefined, maxPages);
  return listed.filter((artifact) => {
    const { name, workflow_run: run } = artifact;
    if (name !== ordinary && !isPartial(context, config, artifact)) return false;
    const isSame = (known: unknown, wanted: unknown) => known === undefined || known === null || wanted === undefined || known === wanted;
    return isSame(run?.id, event.runId) && isSame(run?.head_sha, event.headSha) && isSame(run?.repository_id, event.repositoryId);
  });
}

function isPartial({ inputs, event }: RunContext, config: SuiteConfig, { name }: StoredArtifact): boolean {
  const attempt = attemptOfPartial(inputs['artifact-name'], config, name);
  return attempt !== undefined && attempt < event.runAttempt;
}

async function download({ reader }: RunContext, artifact: StoredArtifact, folder: string): Promise<string> {
  if (artifact.expired) throw new ToolError({ code: 'artifact-expired', message: 'it has expired' });
  const places = Object.fromEntries(logFiles.map((name) => [name, join(folder, name)]));
  for (const place of Object.values(places)) await mkdir(dirname(place), { recursive: true });
  const { files } = await openArtifact(reader, artifact, { files: places });
  if (!files.has(runLogName)) throw new ToolError({ code: 'run-log-not-found', message: `it has no ${runLogName}` });
  return join(folder, runLogName);
}

/** A copy, as the run that starts takes the place of the log. Undefined when there is none with an answer. */
async function copyLogs(from: string, to: string): Promise<string | undefined> {
  if (!(await holdsAnswers(join(from, runLogName)).catch(() => false))) return undefined;
  for (const name of logFiles) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    // A second agent is not asked by most suites.
    await copyFile(join(from, name), join(to, name)).catch(() => {});
  }
  return join(to, runLogName);
}
