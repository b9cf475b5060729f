import { named, quoted } from '../../src/compare/quote.ts';
import type { HistoryRow } from '../../src/records/history.ts';
import { makeReportView, type ReportView } from '../../src/reporters/parts/view.ts';
import { anAssessment, anErrorSlot, anEvidence, aSample, aSlot, aToolCall } from '../helpers/assessment.ts';
import { aRow } from '../helpers/history.ts';

const sha = '4f2a9c1b7d4f2a9c1b7d4f2a9c1b7d4f2a9c1b7d';
const links = {
  sampleUrl: (file: string, line: number) => `https://github.com/acme/bot/blob/4f2a9c1b/${file}#L${line}`,
  reportUrl: 'https://github.com/acme/bot/actions/runs/8812/artifacts/77',
  runUrl: 'https://github.com/acme/bot/actions/runs/8812',
};

/**
 * A report in which the text stands wherever an agent's, a judge's, a dataset's or a baseline's text does: the answer, messages and
 * their authors, names, arguments and results of tools, ids, tags, files, names of checkers and metrics, reasons, errors, the
 * names of model and branch. What becomes part of a sentence is quoted as the stages quote it.
 */
export function hostileView(text: string): ReportView {
  // An id is a name: as long as the schema of samples lets it be.
  const id = [...text].slice(0, 200).join('') || 'x';
  const words = text || 'x';
  const failed = aSlot(text, {
    outcome: 'fail',
    input: text,
    calls: [aToolCall(text, { [text]: text }, text)],
    scores: [
      { checker: text, score: { kind: 'scored', value: 0, pass: false, reason: text } },
      { checker: `${text}2`, score: { kind: 'unscored', reason: text } },
    ],
  });
  failed.trajectory?.turns[0]?.steps.push({ kind: 'message', text, author: text }, { kind: 'error', message: text });
  const changes = [`no longer calls ${named(text)}`, `says ${quoted(text)}`, `1 of 3 repeats gave no usable answer: ${quoted(text)}`];
  const evidence = { ...anEvidence(id, [failed], [failed, anErrorSlot(text, text, 2)]), input: text, expected: text };
  const assessment = anAssessment({
    samples: [
      aSample(id, { class: 'regressed', current: { passes: 0, repeats: 3 }, changes, file: words, scores: { [text]: { baseline: 1, current: 0 } } }),
      aSample(`${id} flaky`, { class: 'flaky', changes: [] }),
    ],
    verdict: { status: 'regressed', exitCode: 1, reasons: ['6 of 120 samples regressed'] },
    run: { agent: words },
    baseline: { ref: words, sha: words, release: words },
    checkers: [{ name: text, effect: 'unchanged' }],
    slices: [{ name: text, samples: 3, effect: 'unchanged' }],
    metrics: [{ name: text, effect: 'unchanged' }],
    waivers: [{ sample: id, reason: text, until: '2026-12-31', isLapsed: false }],
    preference: {
      samples: 3,
      wins: 1,
      ties: 1,
      losses: 1,
      effect: 'inconclusive',
      worst: [{ sample: words, wins: 0, ties: 0, losses: 1, reason: quoted(text) }],
    },
    judgeNoise: [
      {
        checker: words,
        judgements: 3,
        answers: 3,
        splitAnswers: 1,
        splitSamples: 1,
        straddling: [{ sample: id, epoch: 1, passes: 1, judgements: 3 }],
      },
    ],
  });
  return makeReportView({ assessment, evidence: [evidence], links, history: historyOf() });
}

/**
 * A report in which the text stands raw in sentences of ours: reasons of the verdict, notes about the baseline, why a run stopped,
 * gates and changes as an assessment that a stranger wrote may hold them.
 */
export function forgedView(text: string): ReportView {
  const assessment = anAssessment({
    suite: text || 'x',
    samples: [aSample('a', { class: 'regressed', changes: [text, `${text}"`, `\`${text}`] })],
    verdict: {
      status: 'inconclusive',
      complete: false,
      exitCode: 3,
      reasons: [text, `why: ${text}`],
      gates: { suite: { [text]: text }, note: text },
    },
    run: { agent: text, stopReason: text, sha: text, runId: text, startedAt: text, importedFrom: text || 'x' },
    baseline: { kind: 'ancestor', reason: text, ref: text, sha: text, notes: [text], event: text, runs: 2 },
    acceptance: { by: 'octocat', reason: text.slice(0, 500), sha, at: '2026-01-05T09:30:00Z', via: 'comment' },
    voidAcceptance: { by: 'octocat', sha, why: text },
  });
  return makeReportView({ assessment, evidence: [], links: {} });
}

function historyOf(): HistoryRow[] {
  return [1, 2, 3].map((day) => aRow(day, {}));
}
