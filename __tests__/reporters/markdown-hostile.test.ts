import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, it } from 'vitest';
import { named, quoted } from '../../src/compare/quote.ts';
import { markdownDocument } from '../../src/reporters/parts/markdown-document.ts';
import { anAssessment, anEvidence, aSample, aSlot, aToolCall, repeated } from '../helpers/assessment.ts';
import { hostileTexts } from '../helpers/hostile.ts';
import { aView } from '../helpers/views.ts';

interface Node {
  type: string;
  value?: string;
  url?: string;
  children?: Node[];
}

const parser = unified().use(remarkParse).use(remarkGfm);

/** A report in which the text stands everywhere an agent's or a stranger's text can stand. */
function documentWith(text: string, variant: 'comment' | 'summary' = 'summary'): string {
  const failed = aSlot(text, {
    outcome: 'fail',
    calls: [aToolCall(text, { [text]: text })],
    scores: [{ checker: text, score: { kind: 'scored', value: 0, pass: false, reason: text } }],
  });
  const passed = aSlot('fine', {
    calls: [aToolCall('look')],
    scores: [{ checker: text, score: { kind: 'scored', value: 1, pass: true, reason: 'ok' } }],
  });
  const id = text.slice(0, 200) || 'x';
  const evidence = anEvidence(id, repeated(passed, 3), repeated(failed, 3));
  const changes = [`now calls ${named(text)}`, `says ${quoted(text)}`];
  const assessment = anAssessment({
    samples: [aSample(id, { class: 'regressed', current: { passes: 0, repeats: 3 }, changes }), aSample('flaky-1', { class: 'flaky' })],
    verdict: { status: 'inconclusive', complete: false, exitCode: 3, reasons: ['decided'], gates: { suite: { note: text.replace(/`/g, '') } } },
    run: { agent: text || 'x' },
    baseline: { ref: text || 'x', sha: text || 'x' },
    checkers: [{ name: text, effect: 'unchanged' }],
    slices: [{ name: text, samples: 3, effect: 'unchanged' }],
  });
  return markdownDocument(aView({ assessment, evidence: [evidence] }), variant);
}

function shape(node: Node): unknown {
  return node.children ? [node.type, node.children.map(shape)] : node.type;
}

function nodes(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodes)];
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...hostileTexts, '`', '|', '\\', '\n', '<', '@a', '#1', '"'), { maxLength: 6 }).map((texts) => texts.join('')),
);
const expected = JSON.stringify(shape(parser.parse(documentWith('plain words'))));
const live = /@[\p{L}\p{N}]|#\d|\bGH-\d|:\/\/|\bwww\.\S/iu;

function check(text: string): void {
  const document = documentWith(text);
  const tree = parser.parse(document) as Node;
  expect(JSON.stringify(shape(tree)), document).toBe(expected);
  for (const node of nodes(tree)) {
    if (node.type === 'text') expect(node.value).not.toMatch(live);
    if (node.url !== undefined) expect(node.url).toMatch(/^https:\/\/github\.com\/acme\/bot\//);
  }
  expect(document).not.toContain('<!--');
}

it.each(hostileTexts.map((text) => ({ text, name: JSON.stringify(text.slice(0, 40)) })))(
  'gives the same document structure for $name',
  ({ text }) => {
    check(text);
  },
);

it('gives the same document structure for any text', () => {
  fc.assert(fc.property(anyText, check), { numRuns: 300 });
}, 60_000);

it('keeps forged sentences dead outside code', () => {
  for (const text of hostileTexts) {
    const samples = [aSample('a', { class: 'regressed', changes: [text] })];
    const tree = parser.parse(markdownDocument(aView({ assessment: anAssessment({ samples }) }), 'comment')) as Node;
    for (const node of nodes(tree)) {
      if (node.type === 'text') expect(node.value).not.toMatch(live);
      expect(['image', 'heading', 'footnoteReference', 'definition', 'emphasis', 'delete']).not.toContain(node.type);
    }
    expect(nodes(tree).filter((node) => node.type === 'tableRow' && node.children?.length === 4)).toHaveLength(2);
  }
});

it('keeps words of a suite or a reason dead outside code', () => {
  for (const text of hostileTexts) {
    const assessment = anAssessment({
      suite: text || 'x',
      verdict: { status: 'no-baseline', reasons: [text.replace(/[`"]/g, '')] },
      suiteEffect: undefined,
    });
    const tree = parser.parse(markdownDocument(aView({ assessment }), 'comment')) as Node;
    for (const node of nodes(tree)) {
      if (node.type === 'text') expect(node.value).not.toMatch(live);
      expect(['image', 'heading', 'footnoteReference', 'definition', 'emphasis', 'delete']).not.toContain(node.type);
    }
  }
});
