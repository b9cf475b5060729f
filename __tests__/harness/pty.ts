import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = process.env.AGENT_REGRESS_CLI ?? fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));

/** Whether this machine has util-linux' `script`, which runs a command in a terminal of its own. */
export const hasPty = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

export interface PtyOptions {
  cwd: string;
  env?: Record<string, string>;
  /** What is typed, each once the terminal shows the text before it. Default: nothing. */
  typed?: readonly { after: string; keys: string }[];
}

/** Runs the command line in a terminal and gives every byte that it writes there, as text. */
export function capturePty(args: readonly string[], { cwd, env: more = {}, typed = [] }: PtyOptions): Promise<string> {
  const command = [process.execPath, entry, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH ?? '', HOME: cwd, TERM: 'xterm-256color', ...more };
    const child = spawn('script', ['--quiet', '--command', command, '/dev/null'], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const keys = [...typed];
    let seen = 0;
    if (keys.length === 0) child.stdin.end();
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        for (let next = keys[0]; next && text.indexOf(next.after, seen) >= 0; next = keys[0]) {
          seen = text.indexOf(next.after, seen) + next.after.length;
          child.stdin.write(next.keys);
          keys.shift();
        }
      });
    }
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}
