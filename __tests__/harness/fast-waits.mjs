// Preloaded into a process under test (`node --import`): shortens its waits for a next try and its limits for a request, so that
// a test sees what happens after a minute without waiting for one. What was to be waited is written to FAST_WAITS_LOG, one number
// of milliseconds a line. Limits from one to nine minutes, such as the agent's, are left alone.
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const log = process.env.FAST_WAITS_LOG;
const { setTimeout: wait } = timers;
timers.setTimeout = (ms, value, options) => {
  if (!(ms >= 200)) return wait(ms, value, options);
  if (log) appendFileSync(log, `${ms}\n`);
  return wait(ms / 1000, value, options);
};
syncBuiltinESMExports();

const { setTimeout: start } = globalThis;
const shorter = (ms) => (ms >= 1000 && ms < 60_000 ? ms / 15 : ms >= 600_000 ? ms / 150 : ms);
const shortened = (work, ms, ...args) => start(work, shorter(ms), ...args);
globalThis.setTimeout = Object.assign(shortened, start);
