import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const preload = fileURLToPath(new URL('./network-guard.cjs', import.meta.url));
const log = join(tmpdir(), `agent-regress-network-${process.pid}.log`);

/**
 * For the command line and the environment of a Node program under test. The cache spares it the compiling, which is a seventh of a
 * short run; Node 20 knows none.
 */
export const networkGuard = {
  args: ['--require', preload],
  env: { NETWORK_GUARD_LOG: log, NODE_COMPILE_CACHE: join(tmpdir(), 'compile-cache') },
};

/** @throws Error that names where a program under test wanted to connect to, when that was not this machine. */
export function assertStayedHere(): void {
  if (!existsSync(log)) return;
  const wanted = readFileSync(log, 'utf8').trim();
  rmSync(log, { force: true });
  if (wanted !== '') throw new Error(`a program under test wanted to leave this machine, for ${wanted.replaceAll('\n', ', ')}`);
}
