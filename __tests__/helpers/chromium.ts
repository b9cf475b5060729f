import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The browser of the tests: the machine's own, or the one that the environment names. */
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Tests in a browser are skipped where there is none; `npm test` says so. */
export const hasChromium = existsSync(executablePath);

/** @throws Error where there is no browser */
export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath, args: ['--no-sandbox'] });
