import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { escapeCsv, escapeJson, escapeWorkflowCommands, escapeXml, toLine } from '../../src/reporters/parts/escape.ts';
import { markdownCode, markdownPhrase, markdownText } from '../../src/reporters/parts/escape-markdown.ts';
import { maxLineCharacters } from '../../src/reporters/parts/transcript.ts';
import { reporters } from '../../src/reporters/registry.ts';
import { hostileView } from '../harness/hostile-view.ts';
import { readMarkdown } from '../harness/markdown-sink.ts';
import { forgedFaults, historyFaults, renderSink, sinkFaults, type TextSink } from '../harness/sink-checker.ts';
import { csvCells, unseenFaults } from '../harness/text-sinks.ts';
import { anAssessment, anEvidence, aSample, aSlot } from '../helpers/assessment.ts';
import { aRow } from '../helpers/history.ts';
import { hostile, hostileKinds } from '../helpers/hostile.ts';
import { aView } from '../helpers/views.ts';

vi.setConfig({ testTimeout: 120_000 });

/** What is wrong with the reports of all texts, each with its name. */
function faultsOf(find: (text: string) => string[], kinds: readonly (keyof typeof hostile)[] = hostileKinds): string[] {
  return kinds.flatMap((kind) => Object.entries(hostile[kind]).flatMap(([name, text]) => find(text).map((fault) => `${name}: ${fault}`)));
}

const markdownSinks: readonly TextSink[] = ['comment', 'summary'];
const textSinks: readonly TextSink[] = ['csv', 'terminal', 'junit', 'json'];

describe('markdown for GitHub', () => {
  it.each(markdownSinks)(
    'T09 T10 T11 has one structure whatever an agent says, no mention, reference or foreign address outside code: %s',
    (sink) => {
      // What the others try is of other sinks, and their characters are the same to a parser of markdown.
      expect(faultsOf((text) => sinkFaults(sink, text), sink === 'comment' ? ['markdown', 'html'] : ['markdown', 'csv'])).toEqual([]);
    },
  );

  it('T09 T10 T11 makes nothing of the sentences of an assessment that a stranger wrote', () => {
    expect(faultsOf((text) => forgedFaults('summary', text), ['markdown', 'html'])).toEqual([]);
  });

  it('T10 breaks every reference in words outside code, wherever it begins', () => {
    for (const text of ['_www.evil.example', 'a4f2a9c1b7d', '_4f2a9c1b7d_', '_GH-1', 'GHSA-jfh8-c2jp-5v3q', ':octocat:', '4f2a9c1b'.repeat(8)]) {
      const view = aView({ assessment: anAssessment({ samples: [aSample('a', { class: 'regressed', changes: [text] })] }) });
      const { live, urls } = readMarkdown(renderSink('comment', view));
      expect({ text, live, urls: urls.filter((url) => !url.startsWith('https://github.com/acme/bot/')) }).toEqual({ text, live: [], urls: [] });
    }
  });
});

describe.each(textSinks)('the %s report', (sink) => {
  it('T12 T29 T30 shows what cannot be seen, runs no formula and no escape sequence, and keeps its structure', () => {
    expect(faultsOf((text) => sinkFaults(sink, text))).toEqual([]);
    expect(faultsOf((text) => forgedFaults(sink, text))).toEqual([]);
  });
});

it('T12 shows every invisible character of an agent as its escape, in every format', () => {
  for (const [name, text] of Object.entries(hostile.bidi)) {
    for (const { type } of reporters.entries) {
      // The one character of ours that is not seen breaks references in markdown.
      const shown = reporters
        .get(type)
        .render(hostileView(text), {})
        .replace(/[\t\r\u200b]/g, '');
      expect(unseenFaults(shown), `${name} in ${type}`).toEqual([]);
    }
  }
});

it('T29 gives a spreadsheet the text behind an apostrophe, and nothing to compute', () => {
  for (const [name, text] of Object.entries(hostile.csv)) {
    const view = aView({ assessment: anAssessment({ samples: [aSample(text || 'x', { class: 'regressed' })] }) });
    const [, row = []] = csvCells(renderSink('csv', view));
    expect(row[0]?.replace(/^'/, '').length, name).toBeGreaterThanOrEqual(text.replace(/\r\n/g, '\n').length);
    // A spreadsheet of another locale parts cells at these: they stand between quotes, where it does not.
    expect(renderSink('csv', view).replace(/"(?:[^"]|"")*"/g, ''), name).not.toMatch(/[;\t]/);
  }
});

it('T09 T12 lists runs of a suite of any name', () => {
  expect(
    faultsOf((text) => historyFaults([aRow(1, { suite: text }), aRow(2, { suite: text }), aRow(3, { suite: `${text}2` })]), ['markdown']),
  ).toEqual([]);
});

describe('texts without an end', () => {
  const endless = [
    ' ',
    '\u3000',
    '\n',
    '`',
    '<!-',
    '@',
    ':a',
    '[',
    '\\',
    '&',
    '"',
    '$',
    '|',
    '\u0301',
    '\u202e',
    '\u001b[',
    '4f',
    '=',
    "'",
    '::',
    '##[',
  ];
  const escapes = { toLine, markdownText, markdownCode, markdownPhrase, escapeCsv, escapeXml, escapeJson, escapeWorkflowCommands };

  it.each(Object.entries(escapes))('T13 %s takes no longer than a text is long', (_, inert) => {
    for (const piece of endless) {
      const text = `x${piece.repeat(100_000 / piece.length)}x`;
      const start = process.cpuUsage();
      inert(text);
      // A pattern that goes back and forth takes longer by a factor of the length: minutes.
      expect(process.cpuUsage(start).user / 1e6, JSON.stringify(piece)).toBeLessThan(2);
    }
  });

  it('T13 cuts between characters as a person sees them', () => {
    const text = `${'x'.repeat(maxLineCharacters - 1)}🎉 and more`;
    const view = aView({
      assessment: anAssessment({ samples: [aSample('a', { class: 'regressed' })] }),
      evidence: [anEvidence('a', [], [aSlot(text)])],
    });
    expect(renderSink('summary', view)).not.toMatch(/\\uD8/);
    for (const cut of [...Object.values(hostile.bidi), ...Object.values(hostile.terminal)].map((piece) =>
      piece.repeat(1 + Math.ceil(300 / (piece.length + 1))),
    )) {
      for (const maxBytes of [40, 100, 1000]) {
        const rendered = reporters.get('terminal').render(aView({ assessment: anAssessment({ suite: cut || 'x' }) }), { maxBytes });
        expect(unseenFaults(rendered)).toEqual([]);
      }
    }
  });
});

it('finds fault with reports that are not inert', () => {
  const tree = (text: string) => readMarkdown(text).structure;
  expect(tree('a `b` c')).not.toBe(tree('a *b* c'));
  expect(tree('> [!NOTE]\n> x')).not.toBe(tree('> x'));
  expect(tree('<details>\n\nx\n\n</details>')).not.toBe(tree('<script>\n\nx\n\n</script>'));
  expect(readMarkdown('see @octocat, #1 and www.evil.example')).toMatchObject({ live: ['@o', '#1', 'www.e'], urls: ['http://www.evil.example'] });
  expect(unseenFaults('\u009b31m')).toEqual(['U+009b is printed']);
  expect(() => csvCells('a"b,c\r\n')).toThrow();
  fc.assert(
    fc.property(
      fc.array(fc.string(), { minLength: 1 }),
      (cells) => csvCells(cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).length <= 1,
    ),
  );
});
