import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JsonReply, type JsonServer, startJsonServer } from '../helpers/json-server.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';
import { scoreOutputs } from '../helpers/score-outputs.ts';

const secret = 'canary-7d1e90ab';
let project: Project;
let server: JsonServer;
beforeEach(async () => {
  project = makeProject();
  server = await startJsonServer(({ body }) => vectorsOf(body.input));
});
afterEach(async () => {
  project.remove();
  await server.close();
});

/** By the letters a, b and c of a text; in another order than asked, as the index allows. */
function vectorsOf(texts: string[]): JsonReply {
  const data = texts.map((text, index) => ({ index, embedding: ['a', 'b', 'c'].map((letter) => text.split(letter).length - 1 + 1e-9) }));
  return { body: { data: data.reverse(), usage: { prompt_tokens: texts.length * 3, total_tokens: texts.length * 3, cost: 0.001 } } };
}

function scoreWith(
  outputs: string[],
  options: Record<string, unknown> = {},
  more: { samples?: object[]; embeddings?: object; concurrency?: number } = {},
) {
  const { samples = outputs.map(() => ({ expected: 'aa' })), embeddings, concurrency = 8 } = more;
  const endpoint = { model: 'small', baseUrl: `${server.url}/v1`, apiKey: `\${env:KEY}` };
  const config = { embeddings: embeddings ?? endpoint, maxRetries: 1, timeoutMs: 3000, concurrency };
  return scoreOutputs(project, { outputs, samples, config, env: { KEY: secret }, checkers: [{ type: 'embedding-similarity', ...options }] });
}

describe('embedding-similarity', () => {
  it('is the cosine of the two vectors', async () => {
    const { scores, assessment } = await scoreWith(['aaa', 'abb', 'c', 'aa', ''], { threshold: 0.4 });
    expect(scores.map(({ value, pass }) => [Number(value?.toFixed(4)), pass])).toEqual([
      [1, true],
      [0.4472, true],
      [0, false],
      [1, true],
      [0, false],
    ]);
    expect(scores[1]?.reason).toBe('the similarity of the vectors is 0.4472, which reaches 0.4; expected "aa"');
    expect(server.seen[0]).toMatchObject({ path: '/v1/embeddings', headers: { authorization: `Bearer ${secret}` }, body: { model: 'small' } });
    expect(assessment.cost.judgeCalls).toBe(server.seen.length);
    expect(assessment.cost.inputTokens).toBe(server.seen.reduce((sum, { body }) => sum + 3 * body.input.length, 0));
  });

  it('asks for equal texts once, and for many at once', async () => {
    await scoreWith(Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? 'ab' : `b${'c'.repeat(index)}`)));
    const texts = server.seen.flatMap(({ body }) => body.input as string[]);
    expect(new Set(texts).size).toBe(texts.length);
    expect(server.seen.length).toBeLessThan(texts.length / 2);
  });

  it('takes lists and numbers among its references, and no null', async () => {
    const reference = ['{{expected}}', '{{metadata.other}}'];
    const samples = [
      { expected: 'c', metadata: { other: null } },
      { expected: ['c', 'ab'], metadata: { other: 7 } },
    ];
    const { scores } = await scoreWith(['ab', 'abab'], { reference }, { samples });
    expect(scores.map(({ value }) => Math.round(Number(value)))).toEqual([0, 1]);
    const texts = server.seen.flatMap(({ body }) => body.input as string[]);
    expect(texts.toSorted()).toEqual(['7', 'ab', 'abab', 'c']);
  });

  it('sends no text that no model reads to its end', async () => {
    const { scores } = await scoreWith(['a'.repeat(70_000)]);
    expect(scores[0]).toMatchObject({ kind: 'unscored', reason: 'a text has 70000 characters, and the embedding model is given at most 60000' });
    expect(server.seen).toEqual([]);
  });

  it('takes the nearest of several references, from a list of the sample or of the checker', async () => {
    const samples = [{ expected: ['c', 'aab', 'b'] }, { expected: 'c', metadata: { other: 'ab' } }];
    const [first] = (await scoreWith(['ab', 'ab'], {}, { samples })).scores;
    expect(first).toMatchObject({ pass: true, reason: expect.stringMatching(/to the nearest of 3 is 0\.9487.*expected "aab"/) });
    const [, second] = (
      await scoreWith(
        ['ab', 'abab'],
        { reference: ['{{expected}}', '{{metadata.other}}'] },
        { samples: [{ metadata: { other: 'x' } }, samples[1] ?? {}] },
      )
    ).scores;
    expect(second).toMatchObject({ value: expect.closeTo(1, 6), pass: true });
  });

  it.each<[string, JsonReply, RegExp, number]>([
    ['the status 401', { status: 401, body: 'no such key' }, /the embeddings endpoint gave no answer: it answered with status 401: no such key/, 1],
    ['the status 500, asked twice', { status: 500 }, /answered with status 500/, 2],
    ['no JSON', { body: 'ok' }, /the reply is no list of vectors, one for each text: ok/, 1],
    ['too few vectors', { body: { data: [{ index: 0, embedding: [1] }] } }, /no list of vectors/, 1],
    ['one index twice', { body: { data: [0, 0].map((index) => ({ index, embedding: [1] })) } }, /no list of vectors/, 1],
    ['another length', { body: { data: [0, 1].map((index) => ({ index, embedding: index ? [1] : [1, 0] })) } }, /do not have the same length/, 1],
    ['zeros', { body: { data: [0, 1].map((index) => ({ index, embedding: [0, 0] })) } }, /empty, zero or not finite/, 1],
  ])('is unscored when the endpoint answers %s', async (_, reply, reason, calls) => {
    server.reply = () => reply;
    const { scores } = await scoreWith(['ab']);
    expect(scores).toMatchObject([{ kind: 'unscored', reason: expect.stringMatching(reason), judge: { calls } }]);
  });

  it('lets a text that the endpoint refuses fail alone', async () => {
    server.reply = ({ body }) => (body.input.includes('ab') ? { status: 400, body: 'too long' } : vectorsOf(body.input));
    const { scores } = await scoreWith(['ab', 'aac']);
    expect(scores).toMatchObject([
      { kind: 'unscored', reason: expect.stringContaining('too long') },
      { kind: 'scored', value: expect.closeTo(0.894, 3) },
    ]);
  });

  it('takes the vectors of a module, whatever package makes them', async () => {
    project.write(
      'embed.mjs',
      `export const embed = async (texts) => texts.map((text) => ['a', 'b'].map((letter) => text.split(letter).length - 1));`,
    );
    const first = await scoreWith(['abb', 'b'], {}, { embeddings: { module: 'embed.mjs' } });
    expect(first.scores).toMatchObject([{ value: expect.closeTo(0.4472, 4) }, { value: 0 }]);
    expect(server.seen).toEqual([]);
    expect(first.assessment.cost.judgeCalls).toBe(0);
    project.write('embed.mjs', `export const embed = (texts) => { throw new Error('no model ' + texts.length); };`);
    const second = await scoreWith(['abb', 'b'], {}, { embeddings: { module: 'embed.mjs' } });
    expect(second.scores[0]).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('no model') });
    expect(second.fingerprints).not.toEqual(first.fingerprints);
  });

  it('has the model in its fingerprint, not the key', async () => {
    const endpoint = { model: 'small', baseUrl: server.url };
    const of = async (embeddings: object) => (await scoreWith(['ab'], {}, { embeddings })).fingerprints['embedding-similarity'];
    const first = await of(endpoint);
    expect(await of({ ...endpoint, apiKey: 'sk-canary-1' })).toBe(first);
    expect(await of({ ...endpoint, model: 'large' })).not.toBe(first);
  });

  it.each([
    [{}, 'embeddings.model', /nothing is named that makes them/],
    [{ model: 'm' }, 'embeddings.apiKey', /wants a key/],
    [{ model: 'm', module: 'e.mjs' }, 'embeddings.module', /not from both/],
    [{ model: 'm', baseUrl: 'not an address' }, 'embeddings.baseUrl', /not an absolute http or https URL/],
    [{ module: 'none.mjs' }, 'embeddings.module', /cannot be read/],
  ])('is refused with %j', async (embeddings, field, message) => {
    await expect(scoreWith(['ab'], {}, { embeddings })).rejects.toMatchObject({ problems: [{ field, message: expect.stringMatching(message) }] });
  });
});
