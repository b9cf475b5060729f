// Runs an example workflow with nektos/act, a workflow runner of another make, in host mode: `node scripts/act.mjs [--install]`. act is looked for in
// ACT, in .peers/act and on the PATH; `--install` builds it into .peers/act with Go, from the module proxy. Without act nothing is run, and that is said.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const release = 'github.com/nektos/act@v0.2.87';
const binary = process.platform === 'win32' ? 'act.exe' : 'act';
const peers = join(root, '.peers', 'act');

function findAct() {
  const folders = [peers, ...(process.env.PATH ?? '').split(delimiter)];
  return [process.env.ACT ?? '', ...folders.map((folder) => join(folder, binary))].find((file) => file !== '' && existsSync(file));
}

function install() {
  try {
    execFileSync('go', ['install', '-tags', 'WITHOUT_DOCKER', release], { stdio: 'inherit', env: { ...process.env, GOBIN: peers } });
  } catch (error) {
    process.stderr.write(`act could not be built: ${error.code === 'ENOENT' ? 'there is no Go on this machine' : error.message}\n`);
  }
}

if (process.argv.includes('--install') && !findAct()) install();
const act = findAct();
if (act) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '__tests__/e2e/act.test.ts'];
  process.exitCode = spawnSync(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ACT: act } }).status ?? 1;
} else {
  process.stderr.write('SKIPPED: there is no act. `node scripts/act.mjs --install` builds it where Go is, or set ACT to its path.\n');
}
