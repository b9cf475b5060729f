import { unlessStopped } from '../io/unless-stopped.ts';
import { toLine } from '../reporters/parts/escape.ts';
import type { CheckOutput } from './check-output.ts';
import { type CheckConclusion, type CheckMode, type CheckPlace, completeCheck, makeCompletedCheck, type OpenCheck, openCheck } from './check-run.ts';
import { clampBytes } from './clamp.ts';
import type { GitHubClient } from './client.ts';
import { PublishError } from './publish-error.ts';
import { failedResult, type PublishResult, resultOf } from './publish-result.ts';
import { suiteSlug } from './suite-slug.ts';

/** The check run of one suite from its first second to its conclusion. Neither call throws. */
export interface SuiteCheck {
  finish(conclusion: CheckConclusion, output?: CheckOutput): Promise<PublishResult>;
}

/** Who keeps a check: what it writes with, what stops it, and where it notes which checks are open. */
export interface CheckKeeper {
  writer: () => GitHubClient;
  /** Aborted by the first signal. */
  signal: AbortSignal;
  host: { saveState(name: string, value: string): void };
}

/** After the signal, for a check that is being made; longer, because an open one whose number is not known is never closed. */
const openGraceMs = 2000;
/** After the signal, for one try to close a check. */
const closeGraceMs = 1500;

/** Ids of checks that are open, for the step that runs after a hard kill. */
export const openChecksState = 'open-checks';
const openIds = new Set<number>();

/** Checks whose number was not known yet when they were last heard of, for the same step: JSON, a list of `CheckPlace`. */
export const openingChecksState = 'opening-checks';
const opening = new Map<string, CheckPlace>();

/** Of which suite, on which commit, for which workflow run a check is. */
export interface CheckSubject {
  suite: string;
  run: { id: number; attempt: number; headSha: string; url: string };
}

/** Which check to open. */
export interface CheckRequest extends CheckSubject {
  mode: Exclude<CheckMode, 'off'>;
  jobCheckId?: number;
}

/** Opens a check that is closed whatever happens, by the step after the job if need be. Never throws. */
export async function startCheck(context: CheckKeeper, request: CheckRequest): Promise<SuiteCheck> {
  const { mode, run, jobCheckId } = request;
  const place = placeOf(request);
  rememberOpening(context, place, true);
  try {
    const job = jobCheckId === undefined ? {} : { jobCheckId };
    const asked = openCheck({ client: context.writer(), mode, ...place, detailsUrl: run.url, ...job });
    const check = await unlessStopped(context.signal, openGraceMs, asked);
    remember(context, check, true);
    rememberOpening(context, place, false);
    return { finish: (conclusion, output) => finishCheck(context, check, conclusion, output) };
  } catch (error) {
    // Refused for certain: there is nothing to look for.
    if (error instanceof PublishError && !error.isAmbiguous) rememberOpening(context, place, false);
    return noCheck(failedResult(error));
  }
}

/** A check of which everything is known already: made complete, so that neither a cancel nor a kill leaves it open. Never throws. */
export function checkAtOnce({ writer, signal }: Pick<CheckKeeper, 'writer' | 'signal'>, subject: CheckSubject): SuiteCheck {
  return {
    finish: (conclusion, output) =>
      resultOf(async () => {
        const request = { client: writer(), ...placeOf(subject), detailsUrl: subject.run.url, conclusion, ...(output ? { output } : {}) };
        return { kind: 'published', ...(await unlessStopped(signal, openGraceMs, makeCompletedCheck(request))) };
      }),
  };
}

function placeOf({ suite, run }: CheckSubject): CheckPlace {
  return { name: checkNameOf(suite), headSha: run.headSha, externalId: `${run.id}-${run.attempt}-${suiteSlug(suite)}` };
}

/** The same for every run of a suite: a required check is found by it. */
export function checkNameOf(suite: string): string {
  return clampBytes(`agent-regress / ${toLine(suite)}`, 120);
}

/** A check that there is not, with why. */
export function noCheck(result: PublishResult): SuiteCheck {
  return { finish: async () => result };
}

async function finishCheck(context: CheckKeeper, check: OpenCheck, conclusion: CheckConclusion, output?: CheckOutput): Promise<PublishResult> {
  const published: PublishResult = { kind: 'published', ...(check.url === undefined ? {} : { url: check.url }) };
  const complete = async (what?: CheckOutput) => {
    const completing = completeCheck({ client: context.writer(), check, conclusion, ...(what === undefined ? {} : { output: what }) });
    const heads = await unlessStopped(context.signal, closeGraceMs, completing);
    remember(context, check, false);
    return { ...published, heads };
  };
  const wasStopped = context.signal.aborted;
  try {
    return await complete(output);
  } catch (error) {
    // Stopped on the way: once more, with the hasty client. A refused text must not leave the check running.
    const isStopping = context.signal.aborted && !wasStopped;
    if (!isStopping && (output === undefined || wasStopped)) return failedResult(error);
    return complete(isStopping ? output : undefined).then(
      (closed) => (isStopping ? closed : failedResult(error)),
      () => failedResult(error),
    );
  }
}

function rememberOpening({ host }: CheckKeeper, place: CheckPlace, isOpening: boolean): void {
  if (isOpening) opening.set(place.externalId, place);
  else opening.delete(place.externalId);
  host.saveState(openingChecksState, JSON.stringify([...opening.values()]));
}

function remember({ host }: CheckKeeper, check: OpenCheck, isOpen: boolean): void {
  if (!check.isOwn) return;
  if (isOpen) openIds.add(check.id);
  else openIds.delete(check.id);
  host.saveState(openChecksState, [...openIds].join(','));
}
