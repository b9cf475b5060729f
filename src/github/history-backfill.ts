import { joinHistory, readHistory } from '../compare/history.ts';
import { Assessment, assessmentSchemaVersion } from '../records/assessment.ts';
import { type HistoryRow, historyRowOf } from '../records/history.ts';
import { aliveArtifacts, type Hunt, isOfMainLine } from './baseline-hunt.ts';
import { openLineFrom } from './baseline-line.ts';
import { whyNotTrusted } from './baseline-trial.ts';
import { openArtifact, type StoredArtifact, type StoredRun } from './stored-runs.ts';

/** Downloads in all: the rest of a chain that is lost stays lost, and the next run goes on from here. */
const maxDownloads = 20;
/** At the same time. */
const batchSize = 4;

/**
 * Earlier runs from their stored reports, for a run of the default branch whose baseline carries no history, as after an update:
 * newest first, at most twenty downloads and two lists, up to the first that has a history. Empty on other events. Never throws.
 */
export async function backfillHistory(hunt: Hunt): Promise<HistoryRow[]> {
  const { event } = hunt.trial;
  if (!['schedule', 'push', 'workflow_dispatch'].includes(event.kind)) return [];
  const lists: HistoryRow[][] = [];
  try {
    const artifacts = await withoutUnmerged(
      hunt,
      aliveArtifacts(hunt).filter((artifact) => isOfMainLine(hunt, artifact)),
    );
    await hunt.facts.learn(artifacts.map((artifact) => ({ artifact, kind: 'ancestor' })));
    const trusted = artifacts.flatMap((artifact) => {
      const run = hunt.facts.known(artifact.workflow_run?.id ?? 0);
      return run && whyNotTrusted(run, event, true) === undefined ? [{ artifact, run }] : [];
    });
    const queue = trusted.slice(0, maxDownloads);
    for (let isDone = false; queue.length > 0 && !isDone; ) {
      const read = await Promise.all(queue.splice(0, batchSize).map((stored) => rowsOf(hunt, stored)));
      lists.push(...read.map(({ rows }) => rows));
      isDone = read.some(({ isChain }) => isChain);
    }
  } catch {
    // A trend is an extra: what was read so far is shown, and a run without one is as good as before.
  }
  return joinHistory(lists.reverse());
}

/** What a merge queue has tried counts only when it was merged: its commit then lies on the line of the branch. */
async function withoutUnmerged({ trial: { client, event } }: Hunt, artifacts: StoredArtifact[]): Promise<StoredArtifact[]> {
  const isQueued = ({ workflow_run: run }: StoredArtifact) => run?.head_branch?.startsWith('gh-readonly-queue/') === true;
  if (!artifacts.some(isQueued)) return artifacts;
  const line = await openLineFrom(client, event.headSha);
  const merged = new Set(line.commits.map(({ sha }) => sha));
  return artifacts.filter((artifact) => !isQueued(artifact) || merged.has(artifact.workflow_run?.head_sha ?? ''));
}

async function rowsOf({ trial }: Hunt, stored: { artifact: StoredArtifact; run: StoredRun }): Promise<{ rows: HistoryRow[]; isChain: boolean }> {
  const { client, suite, now = Date.now } = trial;
  const { artifact, run } = stored;
  try {
    const { texts } = await openArtifact(client, artifact, { texts: ['history.jsonl', 'assessment.json'] });
    const { rows } = readHistory(texts.get('history.jsonl') ?? '', { source: `run ${run.id}`, now: now(), suite });
    if (rows.length > 0) return { rows, isChain: true };
    const assessment = Assessment.safeParse(JSON.parse(texts.get('assessment.json') ?? 'null')).data;
    if (assessment?.suite !== suite || assessment.schemaVersion > assessmentSchemaVersion) return { rows: [], isChain: false };
    const attempt = typeof run.run_attempt === 'number' ? run.run_attempt : 1;
    const row = historyRowOf(assessment, { runId: String(run.id), attempt, event: run.event, sha: run.head_sha });
    return { rows: row ? [row] : [], isChain: false };
  } catch {
    return { rows: [], isChain: false };
  }
}
