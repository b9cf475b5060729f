import { ToolError } from '../errors.ts';
import { Json } from '../records/json.ts';
import { maxTextLength } from '../records/material.ts';
import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker, type EmbeddingsAnswer, type EmbeddingsPort } from './checker.ts';
import { actualOption, thresholdOption } from './parts/options.ts';
import { expectedTemplate, fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { quote, quoteWords, roundText } from './parts/quote.ts';

const maxReferences = 50;

const EmbeddingOptions = z.strictObject({
  reference: z.described(
    z.optional(Json),
    'template of what is expected; of a list the nearest text counts; default "{{expected}}", of a conversation that of its last turn',
  ),
  actual: actualOption,
  threshold: thresholdOption(0.75),
});

/** The cosine of the two vectors, 0 where it is negative. It tells the topic more than the claim: negations look alike. */
export const embeddingSimilarity = defineChecker({
  type: 'embedding-similarity',
  summary: 'The output means about the same as the expected text, by the vectors of an embedding model; needs `embeddings` settings',
  needs: ['expected', 'embeddings'],
  example: { type: 'embedding-similarity', threshold: 0.8, reference: ['{{expected}}', '{{row.otherAnswer}}'] },
  options: EmbeddingOptions,
  isPure: false,
  costsMoney: true,
  create(options, { embeddings }) {
    const remedy = 'add embeddings: {model: …}, or embeddings: {module: embed.mjs}';
    if (!embeddings) throw new ToolError({ code: 'embeddings-missing', message: 'the suite has no embeddings settings', remedy });
    const [actual, wanted] = [options.actual ?? outputTemplate, options.reference ?? expectedTemplate];
    const templates = { actual: compileTemplate(actual), wanted: compileTemplate(wanted) };
    return (input) => {
      if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
      const expected = fill(templates.wanted, input.scope, wanted);
      if (!expected.isFilled) return unscored(expected.reason);
      const said = fill(templates.actual, input.scope, actual);
      if (!said.isFilled) return unscored(said.reason);
      return compare(safeTextOf(said.value), textsOf(expected.value), { embeddings, threshold: options.threshold });
    };
  },
});

/** A list with texts, and with lists of them, is several references, where null stands for none; any other value is one. */
function textsOf(value: Json): string[] {
  const items = Array.isArray(value) ? value.flat() : [];
  const isList = items.every((item) => item === null || typeof item !== 'object') && items.some((item) => typeof item === 'string');
  const references = isList ? items.filter((item) => item !== null) : [value];
  return references.map(safeTextOf).filter((text) => text.trim() !== '');
}

async function compare(
  said: string,
  references: readonly string[],
  { embeddings, threshold }: { embeddings: EmbeddingsPort; threshold: number },
): Promise<Score> {
  if (references.length === 0) return unscored('the text that is expected is empty');
  if (references.length > maxReferences) return unscored(`there are ${references.length} references, more than ${maxReferences}`);
  if (said.trim() === '') return scored(0, 'it is empty', { threshold });
  if (references.includes(said)) return scored(1, 'it is the expected text', { threshold });
  const longest = Math.max(...[said, ...references].map(({ length }) => length));
  if (longest > maxTextLength) return unscored(`a text has ${longest} characters, and the embedding model is given at most ${maxTextLength}`);
  const answer = await embeddings.embed([said, ...references]);
  return { ...scoreOf(answer, references, threshold), ...(answer.usage.calls > 0 ? { judge: answer.usage } : {}) };
}

function scoreOf(answer: EmbeddingsAnswer, references: readonly string[], threshold: number): Score {
  if (answer.kind === 'failed') return unscored(quoteWords(answer.reason, 400).slice(1, -1));
  const [own, ...others] = answer.vectors;
  if (!own || others.some(({ length }) => length !== own.length)) return unscored('the vectors of the texts do not have the same length');
  const cosines = others.map((other) => Math.min(1, Math.max(0, dot(own, other))));
  const value = Math.max(...cosines);
  const nearest = references[cosines.indexOf(value)] ?? '';
  const comparison = value >= threshold ? 'reaches' : 'is below';
  const of = references.length === 1 ? '' : ` to the nearest of ${references.length}`;
  return scored(
    value,
    `the similarity of the vectors${of} is ${roundText(value)}, which ${comparison} ${roundText(threshold)}; expected ${quote(nearest)}`,
    {
      threshold,
    },
  );
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}
