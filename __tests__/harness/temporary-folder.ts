import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const names = process.platform === 'win32' ? ['TEMP', 'TMP'] : ['TMPDIR'];
const mark = 'AGENT_REGRESS_TEST_FOLDER';

/** One temporary folder for all that the tests of a run write, gone when they end. Each project calls this; the first one makes it. */
export function setup(): (() => void) | undefined {
  if (process.env[mark]) return undefined;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tests-')));
  for (const name of [...names, mark]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
