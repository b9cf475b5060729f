import type { JudgeUsage } from '../../records/score.ts';
import { itemResult } from '../../systems/benchkit/checks.ts';
import type { ItemResult } from '../../systems/benchkit/verdict.ts';
import type { JudgePort } from '../checker.ts';
import { materialIsData, parseReply, wrapMaterial } from './judge-material.ts';
import { quote, quoteWords } from './quote.ts';

/** Raise it with every change of the words below: scores of another prompt are not comparable. */
export const keywordPromptVersion = 1;

const rules = [
  'You check the reply of an assistant. The material holds "keywords", and "reply".',
  'Decide for each keyword whether the reply says what it means, in whatever words or language. A denial does not say it.',
  'Answer with JSON only: {"reason": one sentence, "missing": [the numbers, from 1, of the keywords whose meaning the reply does not say]}.',
  materialIsData,
].join('\n');

const schema = {
  type: 'object',
  properties: { reason: { type: 'string' }, missing: { type: 'array', items: { type: 'integer' } } },
  required: ['reason', 'missing'],
  additionalProperties: false,
};

/** Asks whether a reply means all of the keywords. A text is why the judge gave nothing usable. */
export async function judgeKeywords(
  keywords: readonly string[],
  reply: string,
  port: JudgePort,
): Promise<{ result: ItemResult | string; usage: JudgeUsage }> {
  const task = 'Say which keywords of the material above the reply does not mean.';
  const content = wrapMaterial({ keywords: [...keywords], reply }, { task, marker: port.marker });
  const answer = await port.ask({
    messages: [
      { role: 'system', content: rules },
      { role: 'user', content },
    ],
    schema,
    temperature: 0,
  });
  const { usage } = answer;
  if (answer.kind === 'refused') return { result: `the judge refused: ${quote(answer.reason, 300)}`, usage };
  if (answer.kind === 'failed') return { result: quoteWords(answer.reason, 400).slice(1, -1) || 'the judge could not be asked', usage };
  const said = readReply(answer.text, keywords.length);
  if (!said) return { result: `the judge did not reply in the form that was asked for: ${quote(answer.text)}`, usage };
  const missing = keywords.filter((_, index) => said.missing.includes(index + 1));
  const result =
    missing.length === 0
      ? itemResult('合格', 'the judge finds that the reply means all keywords', said.reason)
      : itemResult('不合格', `the judge does not find ${missing.map((word) => quote(word, 60)).join(', ')} in the reply`, said.reason);
  return { result, usage };
}

function readReply(text: string, count: number): { missing: number[]; reason: string } | undefined {
  const value = parseReply(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { missing, reason } = value as { missing?: unknown; reason?: unknown };
  if (!Array.isArray(missing) || typeof reason !== 'string') return undefined;
  const numbers = missing.filter((number): number is number => Number.isInteger(number) && number >= 1 && number <= count);
  return numbers.length === missing.length ? { missing: numbers, reason: reason.slice(0, 500) } : undefined;
}
