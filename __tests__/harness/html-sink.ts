import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { html } from '../../src/reporters/html.ts';
import { makeReportView, type ReportView } from '../../src/reporters/parts/view.ts';
import { anAssessment } from '../helpers/assessment.ts';
import { launchChromium } from '../helpers/chromium.ts';
import { hostileView } from './hostile-view.ts';

/*
 * Opens the HTML page in a real browser and says what it does that it must not: dialogs, requests, errors, and elements that depend
 * on the text. Many texts stand on one page, each in every place of a sample; the elements are compared with those of plain words.
 */

export interface HtmlSink {
  /** What a page of these texts does wrong; nothing is right. */
  faultsOf(texts: readonly string[]): Promise<string[]>;
  /** The same of any page beside another. */
  faultsOfPage(page: string, plain: string): Promise<string[]>;
  /** What happens when markup, or a script, is put into a report by force. */
  injected(markup: string): Promise<string[]>;
  injectedScript(script: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Starts the browser. @throws Error without one */
export async function openHtmlSink(): Promise<HtmlSink> {
  const folder = await mkdtemp(join(tmpdir(), 'html-sink-'));
  const browser = await launchChromium();
  const faultsOfPage = async (page: string, plain: string) => {
    const [found, wanted] = [await watch(browser, folder, page), await watch(browser, folder, plain)];
    const isSame = found.elements === wanted.elements;
    return [...found.bad, ...(isSame ? [] : [`elements differ: ${firstDifference(found.elements, wanted.elements)}`])];
  };
  const blocked = async (act: string) => {
    const { bad, refused } = await watch(browser, folder, html.render(hostileView('x'), {}), act);
    return bad.filter((entry) => !entry.startsWith('console') && !refused.has(entry));
  };
  return {
    faultsOfPage,
    faultsOf: (texts) => faultsOfPage(html.render(manyTexts(texts), {}), html.render(manyTexts(texts.map(() => 'x')), {})),
    injected: (markup) => blocked(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(markup)})`),
    injectedScript: (script) =>
      blocked(`document.body.append(Object.assign(document.createElement('script'), { textContent: ${JSON.stringify(script)} }))`),
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One report whose samples are those of the reports of the single texts, told apart by a number. */
function manyTexts(texts: readonly string[]): ReportView {
  const views = texts.map(hostileView);
  const unlike = <T extends { id: string }>(entry: T, index: number): T => ({ ...entry, id: `${index} ${entry.id}` });
  const samples = views.flatMap((view, index) => view.assessment.samples.slice(0, 1).map((sample) => unlike(sample, index)));
  const [first] = views;
  return makeReportView({
    assessment: { ...(first?.assessment ?? anAssessment()), samples, checkers: views.flatMap(({ assessment }) => assessment.checkers) },
    evidence: views.flatMap((view, index) => [...view.evidence.values()].map((evidence) => unlike(evidence, index))),
    links: { sampleUrl: (file, line) => `https://github.com/acme/bot/blob/4f2a9c1b/${file}#L${line}` },
  });
}

interface Watched {
  bad: string[];
  /** Of these, requests that the page's policy has kept from being sent. */
  refused: Set<string>;
  elements: string;
}

/** Everything that the page does which it must not, and its elements with the names of their attributes. */
async function watch(browser: Browser, folder: string, text: string, act?: string): Promise<Watched> {
  const file = join(folder, 'page.html');
  await writeFile(file, text);
  const page = await browser.newPage();
  const bad: string[] = [];
  page.on('dialog', (dialog) => {
    bad.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) bad.push(`request ${request.url()}`);
  });
  const refused = new Set<string>();
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'csp') refused.add(`request ${request.url()}`);
  });
  page.on('pageerror', (error) => bad.push(`error ${error.message}`));
  page.on('console', (message) => bad.push(`console ${message.text()}`));
  try {
    await page.goto(pathToFileURL(file).href);
    await openAll(page);
    if (act !== undefined) await page.evaluate(act);
    // What a page does late, it does within some turns of its loop.
    await page.waitForTimeout(150);
    return { bad, refused, elements: await elementsOf(page) };
  } finally {
    await page.close();
  }
}

async function openAll(page: Page): Promise<void> {
  await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
  await page.waitForFunction("[...document.querySelectorAll('details')].every((details) => details.childElementCount > 1)");
}

/** In the order of the page: names of elements and attributes, and where they lead, which is ours alone. */
function elementsOf(page: Page): Promise<string> {
  return page.evaluate(`[...document.querySelectorAll('*')]
    .map((element) => [element.localName, ...element.getAttributeNames(), element.href === undefined ? '' : new URL(element.href).host].join(' ').trim())
    .join('\\n')`);
}

function firstDifference(found: string, wanted: string): string {
  const [some, others] = [found.split('\n'), wanted.split('\n')];
  const at = some.findIndex((line, index) => line !== others[index]);
  return `${some.slice(Math.max(0, at - 3), at + 3).join(' > ')} instead of ${others.slice(Math.max(0, at - 3), at + 3).join(' > ')}`;
}
