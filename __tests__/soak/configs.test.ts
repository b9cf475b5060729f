import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { messageOf, type Problem, ToolError } from '../../src/errors.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import type { Json } from '../../src/records/json.ts';
import { isFull, size, soakRow } from '../harness/soak.ts';

/** Everything that a config can say, in a form that is accepted: each mutation leaves most of it right. */
const valid: Json = {
  suite: 'support-bot',
  samples: { path: ['s.jsonl'], where: { tags: ['a'] }, limit: 10, offset: 0, seed: 3, map: { input: '{{question}}' } },
  agent: {
    type: 'http',
    url: 'http://127.0.0.1:1/ask?x={{id}}',
    headers: { authorization: 'Bearer ${env:AGENT_KEY}' },
    body: { q: '{{input}}' },
    reply: { output: '/a' },
  },
  repeats: 3,
  concurrency: 8,
  timeoutMs: 60_000,
  deadlines: { connectMs: 1000 },
  budget: { calls: 10, costUsd: 1.5, minutes: 3 },
  checkers: [
    { type: 'contains', value: '{{expected}}', name: 'says', weight: 2 },
    { type: 'regex', pattern: '^a+$', not: true },
    {
      type: 'all',
      checkers: [
        { type: 'length', max: 5 },
        { type: 'latency', maxMs: 100 },
      ],
    },
    { type: 'judge', rubric: 'good', threshold: 0.7, required: false },
  ],
  judge: { model: 'm', baseUrl: 'http://127.0.0.1:1/v1', apiKey: '${env:JUDGE_KEY}' },
  baseline: 'none',
  policy: {
    mode: 'statistical',
    margin: 0.1,
    failOn: ['regressed'],
    slices: ['tags'],
    waivers: [{ samples: ['a'], reason: 'r', until: '2026-12-31' }],
  },
  finalState: { order: { json: 'out/{{id}}.json' } },
  env: ['AGENT_KEY', 'JUDGE_KEY'],
};
const suites: Json = {
  ...(valid as object),
  suites: { default: { repeats: 2 }, one: {}, two: { extends: 'base.yml' }, overwrite: { budget: { calls: 1 } } },
};
const agents: Json = {
  ...(valid as object),
  agent: null,
  agents: { default: { type: 'do-nothing' }, a: {}, b: { extends: ['base.yml', 'loop.yml'] } },
  assignments: [{ agent: 'a' }],
};

const words = [
  '__proto__',
  'constructor',
  'toString',
  'extends',
  'from',
  'import',
  'default',
  'overwrite',
  'type',
  'suites',
  'agents',
  '<<',
  '${env:X}',
  '',
  'x',
  'samples',
  'checkers',
];
const extremes: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    -0,
    2 ** 53,
    1e-320,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '{{',
    '{{x}}',
    '{{__proto__.x}}',
    '${env:',
    '${env:HOME}',
    '../..',
    '/dev/zero',
    'x'.repeat(5000),
  ),
  fc.constantFrom<Json>(
    'base.yml',
    'loop.yml',
    'missing.yml',
    'deep.yml',
    ['base.yml', 'base.yml'],
    'agent-regress.yml',
    '.',
    's.jsonl',
    'http://[::1',
    '((((',
    '(a+)+$',
  ),
  fc.constantFrom<Json>([], {}, [[]], [null], { type: 'http' }, { type: 'toString' }, { a: { b: { c: {} } } }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);
const edit = fc.record({
  kind: fc.constantFrom('replace', 'remove', 'misspell', 'add', 'wrap', 'nest', 'duplicate'),
  at: fc.nat(10_000),
  value: extremes,
  word: fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 })),
});
const cases = fc.record({
  root: fc.constantFrom(valid, suites, agents),
  edits: fc.array(edit, { minLength: 1, maxLength: 6 }),
  form: fc.constantFrom('yaml', 'json', 'flow'),
  scar: fc.option(fc.record({ at: fc.nat(5000), text: fc.constantFrom('', ':', '- ', '{', ']', '\t', '&a ', '*a', '!!x ', '\n', '"', '#', '? ') }), {
    freq: 5,
  }),
});

type Edit = { kind: string; at: number; value: Json; word: string };

/** Changes one place of the tree, counted from the top. Keys such as `__proto__` become keys. */
function change(root: Json, { kind, at, value, word }: Edit): Json {
  let left = at % (countOf(root) || 1);
  const visit = (node: Json): Json | undefined => {
    if (left-- === 0) {
      if (kind === 'replace') return value;
      if (kind === 'remove') return undefined;
      if (kind === 'wrap') return [node];
      if (kind === 'nest') return { [word || 'k']: node };
      if (kind === 'duplicate') return Array.isArray(node) ? [...node, ...node] : node;
      if (node !== null && typeof node === 'object' && !Array.isArray(node)) {
        const entries = Object.entries(node);
        const [first, ...others] = entries;
        if (kind === 'misspell' && first) return Object.fromEntries([[`${first[0]}${word || 'x'}`, first[1]], ...others]);
        return Object.fromEntries([...entries, [word, value]]);
      }
      return value;
    }
    if (Array.isArray(node)) return node.flatMap((item) => visit(item) ?? []);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, item]) => {
        const changed = visit(item);
        return changed === undefined ? [] : [[key, changed] as const];
      }),
    );
  };
  return visit(root) ?? null;
}

function countOf(node: Json): number {
  return 1 + (node !== null && typeof node === 'object' ? Object.values(node).reduce((sum: number, item: Json) => sum + countOf(item), 0) : 0);
}

function textOf(root: Json, form: string): string {
  if (form === 'json') return JSON.stringify(root, null, 1);
  return stringify(root, { aliasDuplicateObjects: false, ...(form === 'flow' ? { collectionStyle: 'flow' } : {}) });
}

/** What a person needs: where, and what is wrong; a problem of a file's text has its line. */
function isUseful({ file, message }: Problem): boolean {
  return (
    file !== undefined && file !== '' && message.length > 5 && message.length < 4000 && !/undefined|\[object|call stack|Cannot read/.test(message)
  );
}

it('T25 loads a mutated config or tells what is wrong with it, where and quickly', async () => {
  const runs = size(150, 10_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mutated-configs-')));
  const beside = {
    's.jsonl': '{"question":"q"}\n',
    'base.yml': 'repeats: 4\npolicy: {margin: 0.2}\n',
    'loop.yml': 'extends: [base.yml, loop2.yml]\n',
    'loop2.yml': 'extends: loop.yml\n',
    'deep.yml': `a: ${'['.repeat(3000)}\n`,
  };
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
  const counts = { loaded: 0, refused: 0, uncaught: 0, slow: 0, vague: 0 };
  const examples: string[] = [];
  await fc
    .assert(
      fc.asyncProperty(cases, async ({ root, edits, form, scar }) => {
        const whole = textOf(edits.reduce(change, root), form);
        const at = scar ? scar.at % (whole.length + 1) : 0;
        const text = scar ? `${whole.slice(0, at)}${scar.text}${whole.slice(at + 1)}` : whole;
        const file = form === 'json' ? 'agent-regress.json' : 'agent-regress.yml';
        writeFileSync(join(folder, file), text);
        const started = process.cpuUsage();
        const env = { AGENT_KEY: 'canary-agent-key', JUDGE_KEY: 'canary-judge-key' };
        const error = await loadSuites({ configPaths: [file], overrides: [], env, cwd: folder }).then(
          () => undefined,
          (thrown: unknown) => thrown ?? new Error('nothing'),
        );
        const { user, system } = process.cpuUsage(started);
        if (user + system > 2e6) counts.slow += 1;
        if (error === undefined) counts.loaded += 1;
        else if (error instanceof ToolError) {
          counts.refused += 1;
          const vague = error.problems.filter((problem) => !isUseful(problem));
          if (vague.length > 0 || error.problems.length === 0) {
            counts.vague += 1;
            if (examples.length < 5) examples.push(JSON.stringify(vague[0] ?? error.message).slice(0, 300));
          }
          if (JSON.stringify(error.problems).includes('canary')) throw new Error('a problem holds a secret');
        } else {
          counts.uncaught += 1;
          throw new Error(`not a known error: ${messageOf(error)}`, { cause: error });
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: runs, seed: isFull && process.env.SOAK_SEED ? Number(process.env.SOAK_SEED) : 11 },
    )
    .finally(() => rmSync(folder, { recursive: true }));
  soakRow({
    goal: 'G4',
    what: 'mutated configs through the loader',
    wanted: '≥ 10000; 0 unknown errors, 0 above 2 s, 0 without file and words',
    measured: `${runs}: ${counts.loaded} loaded, ${counts.refused} refused; ${counts.uncaught} unknown errors, ${counts.slow} above 2 s, ${counts.vague} vague`,
    isMet: counts.uncaught + counts.slow + counts.vague === 0,
  });
  expect({ ...counts, examples }).toMatchObject({ uncaught: 0, slow: 0, vague: 0, examples: [] });
  expect(counts.refused).toBeGreaterThan(runs / 4);
});
