// Installs what the whole test suite uses beside the project itself: Node 20 and 24, so that the built dist is tried under both,
// and, on Debian as root, Chromium. Everything goes to .peers/, which git ignores; the tests find it there.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peers = fileURLToPath(new URL('../.peers', import.meta.url));
const platform = { linux: 'linux', darwin: 'darwin', win32: 'win' }[process.platform];
const versions = { 20: '20.20.2', 24: '24.21.0' };

for (const [major, version] of Object.entries(versions)) {
  const folder = join(peers, `node${major}`);
  if (existsSync(join(folder, 'bin', 'node'))) continue;
  mkdirSync(folder, { recursive: true });
  const name = `node-${platform}-${process.arch}`;
  process.stdout.write(`installing ${name}@${version}\n`);
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, `${name}@${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { symlinkSync } = await import('node:fs');
  symlinkSync(join(folder, 'node_modules', name, 'bin'), join(folder, 'bin'));
}

if (process.argv.includes('--browser') && !existsSync('/usr/bin/chromium')) {
  process.stdout.write('installing Chromium\n');
  execFileSync('apt-get', ['update', '-q'], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-color-emoji'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
process.stdout.write(`peers: ${readdirSync(peers).join(', ')}\n`);
