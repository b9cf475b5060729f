import { ExitCode } from '../errors.ts';
import type { Journal } from '../io/journal.ts';
import type { Assessment } from '../records/assessment.ts';
import type { AcceptanceFinder, FoundAcceptance } from './ports.ts';

/**
 * The assessment with the acceptance that was found, or with why one does not hold. An acceptance takes away what the
 * regression alone decides, never what a demand of the policy or an incomplete run does.
 */
export function withAcceptance(assessment: Assessment, found: FoundAcceptance | undefined): Assessment {
  if (!found) return assessment;
  if (!found.acceptance) return { ...assessment, voidAcceptance: found.voidAcceptance };
  const { verdict } = assessment;
  return { ...assessment, acceptance: found.acceptance, verdict: { ...verdict, exitCode: verdict.acceptedExitCode ?? verdict.exitCode } };
}

/** The assessment as it was before anybody accepted it: what a stored one says of that is not believed. */
export function withoutAcceptance({ acceptance, voidAcceptance: _, ...assessment }: Assessment): Assessment {
  const { verdict } = assessment;
  if (!acceptance || verdict.acceptedExitCode === undefined) return assessment;
  return { ...assessment, verdict: { ...verdict, exitCode: ExitCode.regression } };
}

/** Asks who accepted this and keeps it in the run log, where it starts a new level for the runs that follow. */
export async function applyAcceptance(assessment: Assessment, journal: Journal, find: AcceptanceFinder | undefined): Promise<Assessment> {
  const found = await find?.(assessment);
  if (found?.acceptance) journal.append({ ...found.acceptance, type: 'acceptance' });
  return withAcceptance(assessment, found);
}
