import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryRow } from '../../src/records/history.ts';
import { html } from '../../src/reporters/html.ts';
import { makeReportView } from '../../src/reporters/parts/view.ts';
import { type AssessmentOverrides, anAssessment } from '../helpers/assessment.ts';
import { hasChromium, launchChromium } from '../helpers/chromium.ts';
import { anUnmeasuredRow, aRow } from '../helpers/history.ts';

/** Three months of nights, with a drop, an accepted one, a night that broke off, and a change of the samples. */
const quarter = Array.from({ length: 90 }, (_, index): HistoryRow => {
  const passRate = index > 40 && index < 50 ? 0.78 : 0.9 + Math.sin(index) / 50;
  const interval: [number, number] = [passRate - 0.04, passRate + 0.03];
  const verdict = index === 41 ? 'regressed' : index === 50 ? 'improved' : 'no-change';
  const row = aRow(index + 1, { passRate, interval, verdict, samples: index < 70 ? 40 : 44, latencyMs: 900, costUsd: 0.4 });
  if (index === 60) return { ...row, verdict: 'regressed', accepted: true };
  return index === 20 ? anUnmeasuredRow(index + 1, { complete: false }) : row;
});

describe.skipIf(!hasChromium)('the history of the HTML page in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let bad: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-page-'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(rows: readonly HistoryRow[], options: BrowserContextOptions = {}, overrides: AssessmentOverrides = {}): Promise<Page> {
    const assessment = anAssessment({ run: { startedAt: rows.at(-1)?.at ?? '' }, ...overrides });
    const view = makeReportView({
      assessment,
      evidence: [],
      history: rows,
      links: { historyUrl: ({ runId }) => `https://github.com/acme/bot/actions/runs/${runId}` },
    });
    const file = join(folder, `${Math.random()}.html`);
    await writeFile(file, html.render(view, {}));
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
    bad = [];
    page.on('pageerror', (error) => bad.push(error.message));
    page.on('console', (message) => bad.push(message.text()));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  const read = <T>(page: Page, script: string): Promise<T> => page.evaluate(script) as Promise<T>;
  const shot = async (page: Page, name: string) => {
    if (process.env.SHOTS) await page.locator('#history').screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
  };

  it('draws a mark for each run inside the picture, tells it on hover and links it', async () => {
    const page = await open(quarter);
    const marks = await read<{ inside: number; all: number; titled: number; linked: number }>(
      page,
      `(() => {
        const chart = document.querySelector('svg.trend').getBoundingClientRect();
        const marks = [...document.querySelectorAll('svg.trend:not(.key) .run')];
        const inside = marks.filter((mark) => { const box = mark.querySelector('.mark').getBoundingClientRect();
          return box.left >= chart.left && box.right <= chart.right && box.top >= chart.top && box.bottom <= chart.bottom; });
        return { all: marks.length, inside: inside.length, titled: marks.filter((mark) => mark.querySelector('title').textContent.includes('UTC')).length,
          linked: document.querySelectorAll('svg.trend a').length };
      })()`,
    );
    expect(marks).toEqual({ all: 90, inside: 90, titled: 90, linked: 90 });
    expect(await read(page, `document.querySelector('.run-worse title').textContent`)).toBe(
      '2026-02-11 03:17 UTC · schedule · aaaaaaa · 78.0 % (74.0 … 81.0 %) · worse',
    );
    expect(await read(page, `[...document.querySelectorAll('.legend span')].map((item) => item.textContent)`)).toEqual(
      expect.arrayContaining(['no change', 'worse', 'better', 'worse, accepted', 'incomplete']),
    );
    await shot(page, 'wide');
    expect(bad).toEqual([]);
  });

  it('has the same numbers as a table, and a name for who cannot see the picture', async () => {
    const page = await open(quarter);
    await read(page, `document.querySelector('details.runs').open = true`);
    expect(await page.locator('details.runs tbody tr').count()).toBe(90);
    expect(await page.locator('details.runs tbody tr').first().textContent()).toContain('no change (now)');
    expect(await page.locator('details.runs tbody a').first().getAttribute('href')).toBe('https://github.com/acme/bot/actions/runs/90');
    expect(await page.getByRole('img', { name: /Pass rate of 90 runs\. Pass rate over the last 30 runs/ }).count()).toBe(1);
    expect(bad).toEqual([]);
  });

  it('stands above the samples, but below them when they say what got worse', async () => {
    const titlesOf = async (page: Page) => read<string[]>(page, `[...document.querySelectorAll('h2')].map((title) => title.textContent).slice(0, 2)`);
    expect(await titlesOf(await open(quarter))).toEqual(['History', 'Samples']);
    expect(await titlesOf(await open(quarter, {}, { verdict: { status: 'regressed', exitCode: 1 } }))).toEqual(['Samples', 'History']);
  });

  it.each([
    ['a quarter', quarter],
    ['a perfect week', [aRow(1, { passRate: 1 }), aRow(2, { passRate: 0.95 })]],
  ])('fits a phone without scrolling sideways, with letters that can be read: %s', async (name, rows) => {
    const page = await open(rows, { viewport: { width: 360, height: 740 } });
    expect(await read(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    const texts = await read<{ height: number; isInside: boolean }[]>(
      page,
      `(() => {
        const chart = document.querySelector('svg.trend').getBoundingClientRect();
        return [...document.querySelectorAll('svg.trend text')].map((text) => {
          const box = text.getBoundingClientRect();
          return { height: box.height, isInside: box.left >= chart.left && box.right <= chart.right };
        });
      })()`,
    );
    expect(texts.length).toBeGreaterThan(3);
    for (const { height, isInside } of texts) {
      expect(height).toBeGreaterThanOrEqual(10);
      expect(isInside).toBe(true);
    }
    await shot(page, `phone ${name}`);
  });

  it('keeps its marks visible on a dark page', async () => {
    const page = await open(quarter, { colorScheme: 'dark' });
    const [mark, card] = await read<[string, string]>(
      page,
      `[getComputedStyle(document.querySelector('.run-same .mark')).fill, getComputedStyle(document.querySelector('svg.trend')).backgroundColor]`,
    );
    expect(luminance(mark) - luminance(card)).toBeGreaterThan(0.3);
    await shot(page, 'dark');
  });

  it('is there without JavaScript, too', async () => {
    const page = await open(quarter.slice(-3), { javaScriptEnabled: false });
    expect(await page.locator('svg.trend .run-same').count()).toBeGreaterThan(0);
    await shot(page, 'plain');
  });

  it.each([
    ['two runs that are equal', [aRow(1, { passRate: 1 }), aRow(2, { passRate: 1 })]],
    ['runs that measured nothing', [anUnmeasuredRow(1), anUnmeasuredRow(2)]],
    ['rates of nothing at all', [aRow(1, { passRate: 0, interval: [0, 0.03] }), aRow(2, { passRate: 0, interval: [0, 0.03] })]],
    ['from nothing to all', [aRow(1, { passRate: 0, interval: [0, 0.2] }), aRow(2, { passRate: 1, interval: [0.8, 1] })]],
  ])('draws %s', async (_, rows) => {
    const page = await open(rows);
    const numbers = await read<string>(page, `document.querySelector('svg.trend').outerHTML`);
    expect(numbers).not.toMatch(/NaN|Infinity|undefined/);
    expect(bad).toEqual([]);
  });
});

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
