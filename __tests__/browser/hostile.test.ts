import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type HtmlSink, openHtmlSink } from '../harness/html-sink.ts';
import { hasChromium } from '../helpers/chromium.ts';
import { hostile } from '../helpers/hostile.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!hasChromium)('the HTML page of hostile texts in Chromium', () => {
  let sink: HtmlSink;
  beforeAll(async () => {
    sink = await openHtmlSink();
  });
  afterAll(() => sink?.close());

  it('T28 opens no dialog, asks for nothing, runs nothing and makes no element of any text', async () => {
    const texts = Object.values(hostile.html);
    expect(texts.length).toBeGreaterThanOrEqual(100);
    expect(await sink.faultsOf(texts)).toEqual([]);
  });

  it('T09 T12 T28 shows the other corpora as text', async () => {
    // A page draws two hundred samples at once.
    for (const corpora of [
      [hostile.markdown, hostile.csv],
      [hostile.terminal, hostile.bidi],
    ])
      expect(await sink.faultsOf(corpora.flatMap((corpus) => Object.values(corpus)))).toEqual([]);
  });

  it('T28 is stopped by its policy where a script, an image or a base gets in all the same', async () => {
    expect(
      await sink.injected(
        '<img src="https://evil.example/p" onerror="alert(1)"><base href="https://evil.example/"><iframe srcdoc="<script>alert(1)</script>"></iframe>',
      ),
    ).toEqual([]);
    expect(await sink.injectedScript('alert(1); fetch("https://evil.example/")')).toEqual([]);
  });

  it('T28 finds fault with a page that is not inert', async () => {
    expect(await sink.faultsOfPage('<!doctype html><p>x<img src="https://evil.example/p" onerror="alert(1)">', '<!doctype html><p>x')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^dialog/), expect.stringMatching(/^request/), expect.stringMatching(/^elements/)]),
    );
  });
});
