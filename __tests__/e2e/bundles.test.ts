import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { checkers } from '../../src/checkers/registry.ts';
import { startJsonServer } from '../helpers/json-server.ts';
import { testNodes } from '../helpers/nodes.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

/** What is built is not what is written: it is shortened, and its characters are escaped. */

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.m?js$/.test(name));
let project: Project | undefined;

afterEach(() => {
  project?.remove();
  project = undefined;
});

describe.each(testNodes().map(({ label, path }) => [label, path]))('a bundle, read by %s', (_, node) => {
  it('has no script with an error of syntax', () => {
    const program = `const { readFileSync } = require('node:fs');
      const { SourceTextModule } = require('node:vm');
      const broken = [];
      for (const name of JSON.parse(process.argv[1])) {
        try { new SourceTextModule(readFileSync(name, 'utf8'), { identifier: name }); }
        catch (error) { broken.push(name + ': ' + error.message); }
      }
      console.log(JSON.stringify([process.argv.length, broken]));`;
    const names = JSON.stringify(scripts.map((name) => join(dist, name)));
    const found = execFileSync(node, ['--no-warnings', '--experimental-vm-modules', '-e', program, names], { encoding: 'utf8' });
    expect(scripts.length).toBeGreaterThan(100);
    expect(JSON.parse(found)).toEqual([2, []]);
  });

  it('scores with every checker that needs nothing from outside', async () => {
    const sql = ['mysql', 'postgresql', 'sqlite', 'transactsql', 'bigquery', 'snowflake'].map((dialect) => ({
      type: 'is-sql',
      dialect,
      actual: 'select 1',
    }));
    const schemas = ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2020-12/schema'].map(($schema) => ({
      type: 'json-schema',
      schema: { $schema, type: 'integer' },
      actual: '42',
    }));
    const certain = [...sql, ...schemas, { type: 'language', language: 'de' }].map((entry, index) => ({ ...entry, name: `certain ${index}` }));
    const examples = checkers.entries
      .filter(({ isPure }) => isPure !== false)
      .map(({ example }) => ({ ...example, name: `example ${example.type}` }));
    const output = 'Guten Tag, Ihre Bestellung wird morgen mit der Post geliefert.';
    project = makeProject({
      'samples.jsonl': [{ id: 'a', input: 'Wann kommt sie?', expected: 'morgen', language: 'de' }],
      'answers.jsonl': [{ id: 'a', output }],
      'suite.json': {
        suite: 'all',
        samples: 'samples.jsonl',
        agent: { type: 'replay', path: 'answers.jsonl' },
        repeats: 1,
        checkers: [...examples, ...certain],
        baseline: 'none',
      },
    });
    const { stderr } = await runCli(['run', '--config', 'suite.json', '--output', 'out', '--quiet'], { cwd: project.folder, node });
    expect(stderr).toBe('');
    const scores = project.records('out', 'score');
    expect(scores).toHaveLength(examples.length + certain.length);
    expect(scores.filter(({ reason }) => String(reason).startsWith('the checker failed'))).toEqual([]);
    expect(scores.filter(({ checker, pass }) => String(checker).startsWith('certain') && pass !== true)).toEqual([]);
  });

  it('takes a promptfoo project over, which runs then', async () => {
    project = makeProject();
    cpSync(fileURLToPath(new URL('../fixtures/promptfoo', import.meta.url)), project.folder, { recursive: true });
    const options = { cwd: project.folder, node };
    expect(await runCli(['init', '--from', 'promptfoo'], options)).toMatchObject({ code: 0 });
    expect(await runCli(['run', '--quiet', '--baseline', 'none', '--output', 'out'], options)).toMatchObject({ code: 0, stderr: '' });
    expect(project.assessment('out/Support-desk').outcomes).toMatchObject({ error: 0 });
  });

  it('reads the tool calls of an agent from a file of spans', async () => {
    project = makeProject({ 'samples.jsonl': [{ id: 'a', input: 'x', toolCalls: [{ name: 'refund', args: { n: 1 } }] }] });
    const file = join(project.folder, 'spans.jsonl');
    const agent = await startJsonServer((request) => {
      const [, traceId, parentSpanId] = String(request.headers.traceparent).split('-');
      const texts = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'refund', 'gen_ai.tool.call.arguments': '{"n":1}' };
      const attributes = Object.entries(texts).map(([key, stringValue]) => ({ key, value: { stringValue } }));
      const shared = { traceId, kind: 1, startTimeUnixNano: '1', endTimeUnixNano: '2' };
      const spans = [
        { ...shared, spanId: '1'.repeat(16), parentSpanId, name: 'agent' },
        { ...shared, spanId: '2'.repeat(16), parentSpanId: '1'.repeat(16), name: 'refund', attributes },
      ];
      appendFileSync(file, `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })}\n`);
      return { body: { answer: 'done' } };
    });
    project.write('suite.json', {
      suite: 'traced',
      samples: 'samples.jsonl',
      agent: { type: 'http', url: agent.url, body: { input: '{{input}}' }, reply: { output: '/answer' } },
      traces: { path: 'spans.jsonl', quietMs: 100 },
      repeats: 1,
      checkers: [{ type: 'trajectory', match: 'exact' }],
      baseline: 'none',
    });
    const { stderr } = await runCli(['run', '--config', 'suite.json', '--output', 'out', '--quiet'], { cwd: project.folder, node });
    await agent.close();
    expect(project.records('out', 'score'), stderr).toMatchObject([{ pass: true }]);
  });

  it('writes a page whose own policy allows its script and its styles', async () => {
    project = makeProject();
    const { stderr } = await runCli(['demo', '--output', 'out'], { cwd: project.folder, node });
    expect(stderr).not.toContain('bug');
    const page = project.read('out/pull-request/report.html');
    for (const tag of ['script', 'style']) {
      const text = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page)?.[1] ?? '';
      expect(page).toContain(`${tag}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
  });
});

const node24 = testNodes().find(({ major }) => major === 24)?.path;

/** Of every kind that some checker reads. */
const outputs = [
  'Guten Tag, Ihre Bestellung wird morgen mit der Post geliefert.',
  '{"status": "shipped", "total": 19.9, "items": [{"sku": "é😀", "n": 2}]}',
  '<order id="1"><item>𝑥 &amp; y</item></order>',
  '<!doctype html><p>Paid <b>19,90 €</b></p>',
  'SELECT name, "größe" FROM orders WHERE id = 7 LIMIT 1;',
  'Sorry, I cannot help with that. 私は手伝えません。 Я не могу помочь.',
  'See https://example.com/a_(b)?c=ü#d, [1] and call +49 30 901820 or mail jane.doe@example.com. Card 4111 1111 1111 1111.',
  'The answer is 42 (−3.5 °C, ½, 1e3). ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'the cat sat on the mat while the other cats were sitting on other mats',
  '',
  '\u202eevil\u0000 ‮ \u001b[31m ::error::x ```json | a | b |',
];

describe.skipIf(!node24)('a bundle and its source', () => {
  it('give the same scores, verdict and reports, to the byte', async () => {
    const entries = checkers.entries.filter(({ isPure }) => isPure !== false).map(({ example }) => ({ ...example, required: false }));
    const rows = outputs.map((output, index) => ({
      id: `s${index}`,
      input: `question ${index} – ${output}`,
      expected: output.slice(0, 40) || 'x',
      tags: [`t${index % 3}`],
    }));
    const answer = (index: number) => ({
      id: `s${index}`,
      output: outputs[index],
      latencyMs: 100 + index,
      usage: { inputTokens: 10, outputTokens: index },
    });
    const call = { name: 'get_order', args: { order_id: 'A1', größe: 'é😀' }, result: { ok: true } };
    const suite = {
      suite: 'same',
      samples: 'samples.jsonl',
      repeats: 1,
      checkers: [...entries, { type: 'contains', name: 'decides', value: '{{expected}}' }],
      policy: { slices: ['tags'], mode: 'strict' },
    };
    project = makeProject({
      'samples.jsonl': rows,
      'base.jsonl': rows.map((_, index) => ({ ...answer(index), toolCalls: [call] })),
      'head.jsonl': rows.map((_, index) => ({ ...answer((index + 1) % rows.length), id: `s${index}`, toolCalls: [call, call] })),
      'base.json': { ...suite, agent: { type: 'replay', path: 'base.jsonl' }, baseline: 'none' },
      'head.json': { ...suite, agent: { type: 'replay', path: 'head.jsonl' }, baseline: { path: 'base' } },
    });
    const { folder } = project;
    const source = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    await runCli(['run', '--config', 'base.json', '--output', 'base', '--quiet'], { cwd: folder, ...(node24 ? { node: node24 } : {}) });
    const sides = await Promise.all(
      [source, undefined].map(async (program) => {
        const out = program ? 'source' : 'bundle';
        const options = { cwd: folder, ...(node24 ? { node: node24 } : {}), ...(program ? { program } : {}) };
        const { code, stdout, stderr } = await runCli(['run', '--config', 'head.json', '--output', out, '--quiet'], options);
        const scores = (project as Project).records(out, 'score').map(({ crc: _, ...score }) => JSON.stringify(score));
        const files = readdirSync(join(folder, out)).filter((name) => !name.endsWith('.jsonl') && name !== 'baseline');
        const texts = files.map((name) => [name, withoutTimes((project as Project).read(join(out, name)))]);
        return { code, stdout: withoutTimes(stdout), stderr, scores: scores.sort(), texts: Object.fromEntries(texts) as Record<string, string> };
      }),
    );
    expect(sides[0]?.code).toBe(1);
    expect(sides[0]?.scores.length).toBeGreaterThan(rows.length * entries.length);
    expect(Object.keys(sides[0]?.texts ?? {}).sort()).toEqual(['assessment.json', 'junit.xml', 'report.html', 'report.md', 'results.csv']);
    expect(sides[1]).toEqual(sides[0]);
  });
});

/** What differs between any two runs: their folders, ids and times. */
function withoutTimes(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:[\d.]+Z)?)?/g, 'TIME')
    .replace(/\b(source|bundle)\//g, 'OUT/')
    .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f-]{22}/g, 'ID')
    .replace(/"(durationMs|ageHours)": ?[\d.]+/g, '"$1": 0')
    .replace(/\b[\d.]+ (ms|s|min|h)\b/g, 'TIME');
}
