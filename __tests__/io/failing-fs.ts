import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

type Name = 'openSync' | 'writeSync' | 'fdatasync' | 'fdatasyncSync' | 'ftruncateSync';
type Call = (...args: unknown[]) => unknown;

/**
 * A disk that fails as none can be made to: while it is there, a function of node:fs of this process is another one, which gets the
 * real one. With `using` it ends with its block.
 */
export function replacedFs(name: Name, replace: (real: Call) => Call): { [Symbol.dispose](): void } {
  const real = fs[name] as Call;
  set(name, replace(real));
  return { [Symbol.dispose]: () => set(name, real) };
}

/** Every call fails with this code, by the callback where there is one. */
export function failingFs(name: Name, code: string): { [Symbol.dispose](): void } {
  return replacedFs(name, () => (...args) => {
    const error = Object.assign(new Error(`${code}: the disk failed`), { code });
    const done = args.at(-1);
    if (typeof done !== 'function') throw error;
    process.nextTick(done as Call, error);
    return undefined;
  });
}

function set(name: Name, call: Call): void {
  Reflect.set(fs, name, call);
  syncBuiltinESMExports();
}

/** What `openSync` gave, newest last: whether they are closed says `fstatSync`. */
export function openedFs(): { fds: number[]; [Symbol.dispose](): void } {
  const fds: number[] = [];
  const replaced = replacedFs('openSync', (real) => (...args) => {
    const fd = real(...args);
    fds.push(Number(fd));
    return fd;
  });
  return { fds, [Symbol.dispose]: () => replaced[Symbol.dispose]() };
}
