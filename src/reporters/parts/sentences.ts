import { maxReasonCharacters } from '../../records/acceptance.ts';
import type { Assessment, SampleClass } from '../../records/assessment.ts';
import { age, cost, count, counted, duration, percent, points, pointsInterval } from './format.ts';
import { noiseSentences } from './judge-noise.ts';
import { named, quoted } from './phrase.ts';

/** What the reader should feel: `bad` is red and `good` green; a partial or unmatched run is never green. */
export type Tone = 'bad' | 'warn' | 'good' | 'neutral';

/** The run stopped before its end. */
export function isPartialRun(assessment: Assessment): boolean {
  return !assessment.verdict.complete;
}

/** Somebody took this regression on purpose, and nothing else is wrong with the run. */
export function isAcceptedRegression({ acceptance, verdict }: Assessment): boolean {
  return acceptance !== undefined && verdict.status === 'regressed' && verdict.exitCode === 0;
}

/** Bad is a regression or a failed step; warn is anything that is not settled: never green on a partial or unmatched comparison. */
export function toneOf(assessment: Assessment): Tone {
  const { status, exitCode } = assessment.verdict;
  if (isAcceptedRegression(assessment)) return 'warn';
  if (status === 'regressed' || exitCode === 1) return 'bad';
  if (isPartialRun(assessment) || exitCode !== 0 || status === 'inconclusive') return 'warn';
  return status === 'no-baseline' ? 'neutral' : 'good';
}

/** Slots were done, and none has a verdict: that says more than how the run compares. */
function isUnmeasured({ outcomes: { pass = 0, fail = 0, error = 0, unscored = 0 } }: Assessment): boolean {
  return pass + fail === 0 && error + unscored > 0;
}

/** The answer in one sentence. The suite's name opens it and is not marked as a name. */
export function headlineOf(assessment: Assessment): string {
  const { status, exitCode } = assessment.verdict;
  const partial = isPartialRun(assessment);
  const suite = assessment.suite.replace(/[`"]/g, "'");
  if (isAcceptedRegression(assessment)) return `${suite} got worse, accepted.`;
  if (status === 'regressed') return `${suite} got worse${partial ? ' (partial run)' : ''}.`;
  if (partial) return `${suite}: partial run, no verdict.`;
  if (exitCode === 1) return `${suite} breaks its policy.`;
  if (isUnmeasured(assessment)) return `${suite}: nothing could be measured.`;
  if (status === 'improved') return `${suite} got better.`;
  if (status === 'no-change') return `${suite}: no change.`;
  return status === 'no-baseline' ? `${suite}: no baseline to compare with.` : `${suite}: inconclusive.`;
}

/** The sentences after the headline, the most important first. */
export function summaryOf(assessment: Assessment): string[] {
  return [
    ...partialSentences(assessment),
    acceptanceSentence(assessment),
    isUnmeasured(assessment) ? '' : passRateSentence(assessment),
    samplesSentence(assessment),
    ...meaningSentences(assessment),
    errorSentence(assessment),
    ...waiverSentences(assessment),
    preferenceSentence(assessment),
    ...noiseSentences(assessment),
  ].filter((sentence) => sentence !== '');
}

/** What a judge that saw both answers prefers. */
function preferenceSentence({ preference }: Assessment): string {
  if (!preference) return '';
  const { wins, ties, losses, samples, reason, unscored = 0, unasked = 0 } = preference;
  if (reason !== undefined) return `No answer was compared with the baseline's: ${reason}.`;
  const left = unscored + unasked;
  if (samples === 0) return `The judge compared no answer with the baseline's${left > 0 ? `: ${counted(left, 'pair')} could not be compared` : ''}.`;
  const also = left > 0 ? `; ${count(left)} not compared` : '';
  return `Beside the baseline's answers the judge finds today's preferred ${count(wins)}, tie ${count(ties)}, worse ${count(losses)}${also}.`;
}

function partialSentences(assessment: Assessment): string[] {
  if (!isPartialRun(assessment)) return [];
  const told = assessment.verdict.reasons.find(isAboutPartialRun);
  const { stopReason } = assessment.run;
  const why = told ?? `the run stopped before its end${stopReason === undefined ? '' : `: ${stopReason}`}`;
  return [asSentence(`${why.trim().replace(/\.$/, '')}; the numbers cover only what was done`)];
}

/** Who took it on purpose and why, or why that does not hold here. */
export function acceptanceSentence({ acceptance, voidAcceptance }: Assessment): string {
  if (acceptance) {
    const { by, reason, sha, at } = acceptance;
    return `Accepted by ${named(by)} on ${plainDate(at.slice(0, 10))} for ${named(sha.slice(0, 7))}: ${quoted(reason, maxReasonCharacters)}.`;
  }
  if (!voidAcceptance) return '';
  const { by, sha, why } = voidAcceptance;
  return `The acceptance of ${named(sha.slice(0, 7))} by ${named(by)} ${why.replace(/[`"]/g, "'")}.`;
}

/** Said once, at the start, so not again as a reason. */
function isAboutPartialRun(reason: string): boolean {
  return reason.startsWith('the run is incomplete');
}

/** Rate now, and against the baseline with the change and its interval. */
export function passRateSentence(assessment: Assessment): string {
  const { suiteEffect: effect, passRate } = assessment;
  if (effect) {
    const change = `${points(effect.change)}, 95 % interval ${pointsInterval(effect.interval)}`;
    return `Pass rate ${percent(effect.baselineRate)} → ${percent(effect.rate)} (${change}).`;
  }
  return passRate === undefined ? 'No slot of this run has a verdict.' : `Pass rate of this run: ${percent(passRate)}.`;
}

function samplesSentence(assessment: Assessment): string {
  const counts = (name: SampleClass): number => assessment.counts[name] ?? 0;
  const compared = ['regressed', 'suspect', 'fixed', 'flaky', 'stable-pass', 'stable-fail'] as const;
  const total = compared.reduce((sum, name) => sum + counts(name), 0);
  if (!assessment.suiteEffect || total === 0) return '';
  const worse = counts('regressed');
  const also = [
    counts('suspect') > 0 ? `${count(counts('suspect'))} suspect` : '',
    counts('fixed') > 0 ? `${count(counts('fixed'))} fixed` : '',
  ].filter((text) => text !== '');
  const tail = also.length > 0 ? `, ${also.join(', ')}` : '';
  const first = worse > 0 ? `${count(worse)} of ${counted(total, 'sample')} regressed` : `None of ${counted(total, 'sample')} regressed`;
  return assessment.verdict.status === 'regressed' && worse === 0
    ? `No single sample accounts for the drop among ${counted(total, 'sample')}${tail}.`
    : `${first}${tail}.`;
}

/** What the verdict means: what is excluded, what is missing, what would settle it. */
function meaningSentences(assessment: Assessment): string[] {
  const { status, exitCode, excludedDrop, minimalDetectableDrop: detectable, reasons } = assessment.verdict;
  const reason = asSentence(reasons.find((text) => !isAboutPartialRun(text)) ?? '');
  if (status === 'no-change') {
    const excluded =
      excludedDrop === undefined ? '' : `A drop of more than ${points(Math.max(0, excludedDrop)).replace('+', '')} is excluded with 95 % confidence.`;
    return exitCode === 0 ? [excluded] : [reason, excluded];
  }
  if (status === 'inconclusive') {
    const found =
      detectable === undefined
        ? ''
        : `This run finds a true drop of ${points(detectable).replace('+', '')} in 4 of 5 cases; smaller ones are easily missed.`;
    return [reason, found, settlingSentence(assessment)];
  }
  if (status === 'regressed' || status === 'improved') return [exitCode !== 0 && status !== 'regressed' ? reason : '', driftSentence(assessment)];
  if (status === 'no-baseline') {
    const why = asSentence(assessment.baseline.reason ?? '');
    return [exitCode === 0 && why !== '' ? why : reason, 'Nothing was compared, so this is not a pass.'];
  }
  return [];
}

/** Where no code changed, something else did. */
function driftSentence({ baseline }: Assessment): string {
  return baseline.isSameCommit ? 'Same commit as the baseline: what changed is the endpoint, the model or the data.' : '';
}

/** From the verdict where it knows; otherwise what always helps. */
function settlingSentence(assessment: Assessment): string {
  const known = assessment.verdict.settle ?? assessment.verdict.gates?.settle;
  if (isPartialRun(assessment)) return 'What would settle it: finishing the run; it can be resumed.';
  const text = typeof known === 'string' ? known : Array.isArray(known) ? known.filter((item) => typeof item === 'string').join(', or ') : '';
  const usual = (assessment.outcomes.error ?? 0) > 0 ? 'a run with fewer errors' : 'more repeats, or more runs of the base branch';
  return `What would settle it: ${text === '' ? usual : text.replace(/\.$/, '')}.`;
}

function errorSentence(assessment: Assessment): string {
  const { error = 0, unscored = 0 } = assessment.outcomes;
  const slots = Object.values(assessment.outcomes).reduce((sum, value) => sum + value, 0);
  const parts = [error > 0 ? `${count(error)} without a usable answer` : '', unscored > 0 ? `${count(unscored)} without a score` : ''];
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? '' : `Left out of ${counted(slots, 'slot')}: ${said.join(', ')}.`;
}

const toldWaivers = 3;

/** Known failures that are not judged, and those that count again: every report says so until the waiver is taken out. */
function waiverSentences({ waivers = [] }: Assessment): string[] {
  const active = waivers.filter(({ isLapsed }) => !isLapsed);
  const lapsed = waivers.filter(({ isLapsed }) => isLapsed);
  const told = (list: typeof waivers, tell: (waiver: (typeof waivers)[number]) => string): string => {
    const more = list.length - toldWaivers;
    return list.slice(0, toldWaivers).map(tell).join(', ') + (more > 0 ? ` and ${count(more)} more` : '');
  };
  const sentences: string[] = [];
  if (active.length > 0)
    sentences.push(
      `Not judged, as waived: ${told(active, ({ sample, until, reason }) => `${named(sample)} until ${plainDate(until)} (${quoted(reason)})`)}.`,
    );
  if (lapsed.length > 0)
    sentences.push(`Judged again, as the waiver has lapsed: ${told(lapsed, ({ sample, until }) => `${named(sample)} on ${plainDate(until)}`)}.`);
  return sentences;
}

/** The date comes from a stored file: whatever else it holds is left out. */
function plainDate(date: string): string {
  return /^[\d-]{10}$/.test(date) ? date : 'an unknown date';
}

const kinds: Record<Assessment['baseline']['kind'], string> = {
  path: 'given files',
  agent: 'a second agent',
  exact: 'the exact base commit',
  ancestor: 'an ancestor of the base commit',
  'base-tip': 'the newest of the base branch',
  'default-tip': 'the newest of the default branch',
  none: 'none',
};

/** What the newest run is to the commit that it is compared with. */
function kindText({ kind, release, event, isSameCommit }: Assessment['baseline']): string {
  if (release !== undefined) return `${kind === 'exact' ? '' : 'an ancestor of '}release ${named(release)}`;
  if (event === 'schedule' && (kind === 'default-tip' || isSameCommit)) return 'the last nightly runs';
  return kinds[kind];
}

/** Older than that, a baseline says little about today; sooner than that, one that expires should be renewed. */
const oldHours = 30 * 24;

/** `Baseline: 3 runs of main, newest abc1234 (2 commits behind, 20 h old).` */
export function baselineSentence(assessment: Assessment): string {
  const { kind, reason, agent, sha, ref, distance, runs, ageHours, expiresInHours, isOtherBranch, isSameCommit } = assessment.baseline;
  if (kind === 'agent') return `Baseline: a second agent, asked in this run${agent === undefined ? '' : ` (${named(agent)})`}.`;
  if (kind === 'none' || runs === 0) return `Baseline: none${reason === undefined ? '' : ` (${reason})`}.`;
  const of = ref === undefined ? '' : ` of ${named(ref.replace(/^refs\/(?:heads|tags)\//, ''))}`;
  const newest = sha === undefined ? '' : `, ${runs > 1 ? 'newest ' : ''}${named(sha.slice(0, 7))}`;
  const facts = [
    kindText(assessment.baseline),
    isOtherBranch ? 'a different base: the base branch has no run' : '',
    isSameCommit ? 'the same commit' : '',
    distance === undefined || distance === 0 ? '' : `${counted(distance, 'commit')} behind`,
    ageHours === undefined ? '' : `${age(ageHours)}${ageHours > oldHours ? ', which is very old' : ''}`,
    expiresInHours === undefined ? '' : `expires in ${counted(Math.ceil(expiresInHours / 24), 'day')}`,
  ].filter((fact) => fact !== '');
  return `Baseline: ${counted(runs, 'run')}${of}${newest} (${facts.join(', ')}).`;
}

/** `372 agent calls, 120 judge calls, $0.84, 3 min 12 s.` What is not known is not said. */
export function effortSentence(assessment: Assessment): string {
  const { agentCalls, baselineAgentCalls = 0, judgeCalls, userCalls = 0, costUsd, inputTokens, outputTokens } = assessment.cost;
  const tokens = (inputTokens ?? 0) + (outputTokens ?? 0);
  const { importedFrom } = assessment.run;
  const parts = [
    importedFrom === undefined ? counted(agentCalls, 'agent call') : `${counted(agentCalls, 'answer')} recorded by ${importedFrom}`,
    baselineAgentCalls > 0 ? `${counted(baselineAgentCalls, 'call')} of the baseline agent` : '',
    judgeCalls > 0 ? counted(judgeCalls, 'judge call') : '',
    userCalls > 0 ? counted(userCalls, 'user model call') : '',
    tokens > 0 ? counted(tokens, 'token') : '',
    costUsd === undefined ? '' : cost(costUsd),
    assessment.run.durationMs === undefined ? '' : duration(assessment.run.durationMs),
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}

/** A reason as a sentence of its own: capital, full stop. Empty text stays empty. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const opened = /^[a-z]+[\s,;:]/.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
  return /[.!?…]$/.test(opened) ? opened : `${opened}.`;
}
