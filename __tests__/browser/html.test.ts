import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../src/reporters/html.ts';
import type { ReportView } from '../../src/reporters/parts/view.ts';
import { hasChromium, launchChromium } from '../helpers/chromium.ts';
import { regressed } from '../helpers/verdicts.ts';
import { aView } from '../helpers/views.ts';

describe.skipIf(!hasChromium)('the HTML page in Chromium', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-page-'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the page and counts everything it must never do. */
  async function open(view: ReportView, viewport = { width: 1280, height: 900 }): Promise<{ page: Page; bad: string[] }> {
    const file = join(folder, `${Math.random()}.html`);
    await writeFile(file, html.render(view, {}));
    const page = await browser.newPage({ viewport });
    const bad: string[] = [];
    page.on('dialog', (dialog) => {
      bad.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) bad.push(`request ${request.url()}`);
    });
    page.on('pageerror', (error) => bad.push(`error ${error.message}`));
    page.on('console', (message) => bad.push(`console ${message.text()}`));
    await page.goto(pathToFileURL(file).href);
    return { page, bad };
  }

  async function openAll(page: Page): Promise<void> {
    await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
    await page.waitForFunction("[...document.querySelectorAll('details')].every((details) => details.childElementCount > 1)");
  }

  it('is blocked by its policy when a script is put in all the same', async () => {
    const { page, bad } = await open(aView(regressed()));
    await page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'alert(1)' }))");
    await page.waitForTimeout(100);
    expect(bad.filter((entry) => entry.startsWith('dialog'))).toEqual([]);
  });

  it('finds samples by search and by class', async () => {
    const { page, bad } = await open(aView(regressed()));
    expect(await page.locator('.samples .id').count()).toBe(18);
    await page.fill('input[type=search]', 'LOOKUP_ORDER');
    expect(await page.locator('.samples .id').allTextContents()).toEqual(['refund-1', 'refund-2', 'refund-4']);
    await page.fill('input[type=search]', '');
    await page.click('.chip:has-text("Regressed")');
    expect(await page.locator('.samples .id').count()).toBe(12);
    expect(bad).toEqual([]);
  });

  it('is used by keyboard alone', async () => {
    const { page } = await open(aView(regressed()));
    await page.keyboard.press('/');
    await page.keyboard.type('refund-1');
    await expect.poll(() => page.locator('.samples .id').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.samples .id').count()).toBe(18);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.detail').count()).toBe(1);
  });

  it('marks what differs between the transcripts', async () => {
    const { page } = await open(aView(regressed()));
    await openAll(page);
    expect(await page.locator('.step-agent ins').allTextContents()).toContain('cannot');
    expect(await page.locator('.step-tool del').first().textContent()).toBe('{"order_id":"A2"}');
    expect(await page.locator('.absent').count()).toBe(4);
  });

  it.each([390, 320])('fits a phone of %i px without scrolling sideways', async (width) => {
    const { page } = await open(aView(regressed()), { width, height: 800 });
    await openAll(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('is dark where the reader prefers it', async () => {
    const { page } = await open(aView(regressed()));
    const colour = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await colour();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await colour()).not.toBe(light);
  });
});
