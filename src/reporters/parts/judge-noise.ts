import type { Assessment, JudgeNoise } from '../../records/assessment.ts';
import { count, counted, percent } from './format.ts';
import { named } from './phrase.ts';

/** One or two sentences per checker that was asked again: whose the noise is, and what would help. */
export function noiseSentences({ judgeNoise = [] }: Assessment): string[] {
  return judgeNoise.flatMap((noise) => [shareSentence(noise), splitSentence(noise)].filter((sentence) => sentence !== ''));
}

/** By sample id, the words that mark it: on how many of its answers a judge is split. */
export function splitMarks({ judgeNoise = [] }: Assessment): Map<string, string[]> {
  const marks = new Map<string, string[]>();
  for (const { checker, straddling } of judgeNoise) {
    for (const { sample, epoch, passes, judgements } of straddling) {
      const where = epoch === undefined ? '' : ` in repeat ${count(epoch)}`;
      marks.set(sample, [...(marks.get(sample) ?? []), `${named(checker)} is split${where}: passes ${count(passes)} of ${count(judgements)} times`]);
    }
  }
  return marks;
}

function shareSentence({ checker, varianceShare: share, splitAnswers, judgements, answers }: JudgeNoise): string {
  const name = named(checker);
  if (share !== undefined) {
    const help = share >= 0.5 ? 'more votes help, more repeats do not' : 'more repeats help, more votes do little';
    return `${percent(share)} of the variance of ${name} is the judge's own: ${help}.`;
  }
  if (answers === 0) return `${name} gave no score when it was asked again.`;
  if (splitAnswers > 0) return `How much of the variance of ${name} is the judge's own needs two repeats of a sample at least.`;
  return `${name} passed and failed the same answers in all ${count(judgements)} judgements.`;
}

function splitSentence({ splitAnswers, splitSamples, checker }: JudgeNoise): string {
  if (splitAnswers === 0) return '';
  const what = `${counted(splitAnswers, 'answer')} of ${counted(splitSamples, 'sample')}`;
  return `${named(checker)} passes and fails the same text in ${what}: more votes, a clearer rubric, or a threshold away from their values would settle them.`;
}
