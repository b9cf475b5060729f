// Installs what the whole test suite uses beside the project itself: Node 20 and 24, so that the built dist is tried under both;
// with --browser Chromium, on Debian as root; with --agents the real agents of scripts/peers/. Without --agents and with a name
// behind it (--agents mcp) only those. Everything else goes to .peers/, which git ignores; the tests find it there.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agentPeers, folderOf, isInstalled, pinsOf, stampOf } from './peers/list.mjs';

const peers = fileURLToPath(new URL('../.peers', import.meta.url));
const versions = { 20: '20.20.2', 24: '24.21.0' };
const say = (line) => process.stdout.write(`${line}\n`);

function installNodes() {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'win' }[process.platform];
  for (const [major, version] of Object.entries(versions)) {
    const folder = join(peers, `node${major}`);
    if (existsSync(join(folder, 'bin', 'node'))) continue;
    mkdirSync(folder, { recursive: true });
    const name = `node-${platform}-${process.arch}`;
    say(`installing ${name}@${version}`);
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, `${name}@${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    symlinkSync(join(folder, 'node_modules', name, 'bin'), join(folder, 'bin'));
  }
}

function installBrowser() {
  if (existsSync('/usr/bin/chromium')) return;
  say('installing Chromium');
  execFileSync('apt-get', ['update', '-q'], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-color-emoji'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Runs a command quietly. @throws Error with all that it printed when it fails. */
function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
    child.on('error', (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${printed}`))));
  });
}

/**
 * The versions of the lock file. Not `npm ci`, which refuses a lock that leaves out other platforms' packages, as npm itself writes it
 * where a registry has not got them. No peer needs the lifecycle scripts of its packages: what is compiled comes as a package.
 */
const installNpm = (folder) => run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], folder);

/** In a virtual environment; wheels only, so that no package's own build runs; byte code is made for what is used, when it is used. */
async function installPython(folder) {
  await run(
    'python3',
    ['-c', 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed, this is " + sys.version)'],
    folder,
  );
  await run('python3', ['-m', 'venv', 'venv'], folder);
  const options = ['--no-compile', '--only-binary=:all:', '--no-deps', '--disable-pip-version-check', '--quiet'];
  await run(join(folder, 'venv', 'bin', 'python'), ['-m', 'pip', 'install', ...options, '-r', 'requirements.txt'], folder);
}

async function installAgent(name) {
  if (isInstalled(name)) return say(`${name} is here`);
  const started = Date.now();
  const folder = folderOf(name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(pinsOf(name), folder, { recursive: true });
  say(`installing ${name}`);
  await (existsSync(join(folder, 'package.json')) ? installNpm(folder) : installPython(folder));
  writeFileSync(join(folder, 'installed'), stampOf(name));
  say(`installed ${name} in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Two at once; one that fails does not stop the others. */
async function installAgents(names) {
  if (process.platform === 'win32') {
    say('the agents are not installed: their tests end process groups, which Windows has not');
    process.exitCode = process.env.CI ? 1 : 0;
    return;
  }
  const waiting = [...names];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await installAgent(name).catch((error) => {
        process.exitCode = 1;
        process.stderr.write(`${name} could not be installed: ${error.message}\n`);
      });
    }
  };
  await Promise.all([worker(), worker()]);
}

const known = agentPeers.map(({ name }) => name);
const [first, ...named] = process.argv.slice(2).filter((arg) => arg === '--agents' || !arg.startsWith('--'));
const unknown = [...(first === undefined || first === '--agents' ? [] : [first]), ...named].filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no such agent: ${unknown.join(', ')}; there are ${known.join(', ')}\n`);
  process.exit(2);
}
if (first === '--agents') await installAgents(named.length > 0 ? named : known);
else installNodes();
if (process.argv.includes('--browser')) installBrowser();
say(`peers: ${existsSync(peers) ? readdirSync(peers).join(', ') : 'none'}`);
