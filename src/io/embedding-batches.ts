import type { EmbeddingsAnswer, EmbeddingsPort } from '../checkers/checker.ts';
import type { Json } from '../records/json.ts';
import { addUsage, type JudgeUsage } from '../records/score.ts';

/** What was answered to some texts, in their order: a vector, or why there is none. */
export interface EmbeddedBatch {
  usage: JudgeUsage;
  vectors: readonly (readonly number[] | string)[];
}

/** Texts that are asked for at once, at most: the least that known endpoints take. */
const maxBatch = 64;
/** Vectors that are kept, at most: references come again with every repeat, answers hardly. 3,000 of 3,072 numbers are 37 MB. */
const maxKept = 3000;

interface Waiting {
  text: string;
  settle(vector: Float32Array | string): void;
  /** Counts the whole batch for the call whose text was its first. */
  count(usage: JudgeUsage): void;
}

/**
 * Gathers the texts that are asked for at about the same time, asks for equal ones once in a run, and makes every vector one
 * of length 1. What failed is asked for again when it comes again.
 */
export function createEmbeddingBatches(identity: Json, ask: (texts: readonly string[]) => Promise<EmbeddedBatch>): EmbeddingsPort {
  const known = new Map<string, Promise<Float32Array | string>>();
  let waiting: Waiting[] = [];
  const flush = () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      void answer(batch, ask);
    }
  };
  const vectorOf = (text: string, count: Waiting['count']): Promise<Float32Array | string> => {
    const kept = known.get(text);
    if (kept) return kept;
    const vector = new Promise<Float32Array | string>((resolve) => {
      // Slots are scored as they come in; those of one turn of the event loop go together.
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ text, settle: resolve, count });
    });
    known.set(text, vector);
    void vector.then((value) => {
      if (typeof value === 'string') known.delete(text);
    });
    for (const oldest of known.keys()) {
      if (known.size <= maxKept) break;
      known.delete(oldest);
    }
    return vector;
  };
  return {
    identity,
    async embed(texts): Promise<EmbeddingsAnswer> {
      let usage: JudgeUsage = { calls: 0 };
      const count = (more: JudgeUsage) => {
        usage = addUsage(usage, more) ?? usage;
      };
      const vectors = await Promise.all(texts.map((text) => vectorOf(text, count)));
      const failed = vectors.find((vector) => typeof vector === 'string');
      if (failed !== undefined) return { kind: 'failed', reason: failed, usage };
      return { kind: 'vectors', vectors: vectors.filter((vector) => typeof vector !== 'string'), usage };
    },
  };
}

async function answer(batch: readonly Waiting[], ask: (texts: readonly string[]) => Promise<EmbeddedBatch>): Promise<void> {
  const { usage, vectors } = await ask(batch.map(({ text }) => text));
  batch[0]?.count(usage);
  for (const [index, { settle }] of batch.entries()) {
    const vector = vectors[index] ?? 'there is no vector for this text';
    settle(typeof vector === 'string' ? vector : ofLengthOne(vector));
  }
}

function ofLengthOne(vector: readonly number[]): Float32Array | string {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (vector.length === 0 || length === 0 || !Number.isFinite(length)) return 'a vector is empty, zero or not finite';
  return Float32Array.from(vector, (value) => value / length);
}
