import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../helpers/chromium.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

describe.skipIf(!hasChromium)('the page that the built command writes, in Chromium', () => {
  let browser: Browser;
  let project: Project;

  beforeAll(async () => {
    project = makeProject();
    await runCli(['demo', '--output', 'out', '--quiet'], { cwd: project.folder });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    project.remove();
  });

  it('lists the samples, finds one, and shows what it said', async () => {
    const page = await browser.newPage();
    const bad: string[] = [];
    page.on('pageerror', (error) => bad.push(error.message));
    page.on('console', (message) => bad.push(message.text()));
    await page.goto(pathToFileURL(join(project.folder, 'out/pull-request/report.html')).href);
    const ids = await page.locator('.samples .id').allTextContents();
    expect(ids.length).toBeGreaterThan(5);
    await page.fill('input[type=search]', ids[0] ?? '');
    expect(await page.locator('.samples .id').allTextContents()).toEqual([ids[0]]);
    await page.locator('.samples summary').first().click();
    await expect.poll(() => page.locator('.detail .step-agent').count()).toBeGreaterThan(0);
    expect(await page.locator('.detail .side').first().textContent()).toMatch(/[●✕]/);
    expect(bad).toEqual([]);
  });
});
