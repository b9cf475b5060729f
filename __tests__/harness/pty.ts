import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = process.env.AGENT_REGRESS_CLI ?? fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));

/** Whether this machine has util-linux' `script`, which runs a command in a terminal of its own. */
export const hasPty = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

/** Runs the command line in a terminal and gives every byte that it writes there, as text. */
export function capturePty(args: readonly string[], { cwd }: { cwd: string }): Promise<string> {
  const command = [process.execPath, entry, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH ?? '', HOME: cwd, TERM: 'xterm-256color' };
    const child = spawn('script', ['--quiet', '--command', command, '/dev/null'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
    }
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}
