// npm test: says plainly what this machine lacks and what is therefore skipped, then runs every test. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agentPeers, isInstalled } from './peers/list.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const major = Number(process.versions.node.split('.')[0]);
const lacks = [];
for (const wanted of [20, 24]) {
  const path = process.env[`AGENT_REGRESS_NODE${wanted}`] ?? join(root, '.peers', `node${wanted}`, 'bin', 'node');
  if (major !== wanted && !existsSync(path))
    lacks.push(`Node ${wanted}: the built dist is tried under Node ${major} only (npm run peers installs both)`);
}
if (!existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'))
  lacks.push('Chromium: browser tests of the HTML report are skipped (CHROMIUM_PATH names one)');
for (const { name, title } of agentPeers) {
  if (process.platform === 'win32') lacks.push(`${title}: its tests end process groups, which Windows has not`);
  else if (!isInstalled(name)) lacks.push(`${title}: tests against the real one need it (npm run peers -- --agents ${name})`);
}
process.stdout.write(
  lacks.length === 0 ? 'nothing is skipped: both Nodes, a browser and the agents are here\n' : lacks.map((line) => `skipped: ${line}\n`).join(''),
);

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
