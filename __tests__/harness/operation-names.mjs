// What operations.mjs knows of the operations of this process: their names and counts, and which of them gets a signal or fails.
import fs from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';

const { list, roots: folders = [process.cwd()], kill = [], fail } = JSON.parse(process.env.OPERATIONS ?? '{}');
// What this process starts is not part of it.
delete process.env.OPERATIONS;
/** Folders whose files count. */
export const roots = folders.map((root) => resolve(root));
const { writeSync } = fs;
const trace = list === undefined ? undefined : fs.openSync(list, 'a');
const note = (line) => trace !== undefined && writeSync(trace, `${line}\n`);

let index = 0;
let countedForFailure = 0;
const occurrences = new Map();
const wanted = new Map(kill.map(({ at, signal = 'SIGKILL' }) => [/#\d+$/.test(at) ? at : `${at}#1`, signal]));

/** Counts one operation. What it returns is told when the operation has been done. */
export function begin(kind, what, types = []) {
  index++;
  const base = `${kind}:${what}`;
  const names = [base, ...types.map((type) => `${base}[${type}]`)].map((name) => {
    const occurrence = (occurrences.get(name) ?? 0) + 1;
    occurrences.set(name, occurrence);
    return `${name}#${occurrence}`;
  });
  note(`${index} ${names.join(' ')}`);
  strike('before', names);
  return { error: failureOf(kind, names), isHalved: names.some((name) => wanted.has(`during:${name}`)), names };
}

/** The process gets the signal that it is to get at this phase of an operation, if any. */
export function strike(phase, names) {
  for (const name of names) {
    const signal = wanted.get(`${phase}:${name}`);
    if (signal === undefined) continue;
    if (signal !== 'SIGKILL') note(`signal ${Date.now()}`);
    process.kill(process.pid, signal);
  }
}

function failureOf(kind, names) {
  if (!fail || (fail.kinds && !fail.kinds.includes(kind))) return undefined;
  countedForFailure++;
  if (fail.from ? countedForFailure < fail.k : countedForFailure !== fail.k) return undefined;
  note(`failed ${index} ${names.join(' ')}`);
  const errno = -(constants.errno[fail.code] ?? 5);
  return Object.assign(new Error(`${fail.code}: made to fail, ${names[0].replace(/#\d+$/, '')}`), { code: fail.code, errno, syscall: kind });
}
