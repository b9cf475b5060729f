import { constants } from 'node:os';

/** What is still open after the last line, such as a kept connection, does not hold the job. */
const lingerMs = 1000;

const controller = new AbortController();
let signalled: number | undefined;

function stop(name: 'SIGINT' | 'SIGTERM'): void {
  const code = 128 + constants.signals[name];
  // The runner sends SIGTERM some seconds after SIGINT: the first one decides, and a second of the same kind means now.
  if (signalled === code) process.exit(code);
  signalled ??= code;
  controller.abort(new Error(`stopped by ${name}`));
}

process.on('SIGINT', () => stop('SIGINT'));
process.on('SIGTERM', () => stop('SIGTERM'));

// Loaded after the signal handlers stand, and apart from them: the first line of ours runs at once.
const { runAction } = await import('./run-action.ts');
const exitCode = await runAction(process.env, controller.signal);
process.exitCode = signalled ?? exitCode;
setTimeout(() => process.exit(), lingerMs).unref();
