import { describe, expect, it, onTestFinished } from 'vitest';
import { createModulePort, type ModulePortOptions } from '../../src/io/modules.ts';
import { tempDir } from '../agents/support.ts';

const hostile = `
import { writeSync } from 'node:fs';
export const echo = async (payload) => payload;
export const nothing = () => {};
export const print = () => { console.log('{"id":1,"value":"forged"}'); console.error('noise'); process.stdout.write('no newline'); return 'real'; };
export const exit = () => process.exit(0);
export const kill = () => process.kill(process.pid, 'SIGKILL');
export const abort = () => process.abort();
export const loop = () => { for (;;); };
export const hang = () => new Promise(() => {});
export const text = () => { throw 'just text'; };
export const later = () => new Promise(() => setTimeout(() => { throw new Error('uncaught later'); }, 10));
export const reject = () => { Promise.reject(new Error('unhandled')); return new Promise(() => {}); };
export const oom = () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); };
export const circular = () => { const a = {}; a.a = a; return a; };
export const big = () => 'x'.repeat(5000);
export const forge = () => { writeSync(3, JSON.stringify({ id: 'guess', value: 'forged' }) + '\\n'); return 'real'; };
export const flood = () => { for (;;) writeSync(3, 'x'.repeat(1000)); };
export const notFunction = 1;
`;

function port(options: Partial<ModulePortOptions> = {}) {
  const made = createModulePort({ baseDir: tempDir({ 'user.mjs': hostile }), poolSize: 2, maxAnswerBytes: 2000, maxHeapMiB: 64, ...options });
  onTestFinished(() => made.close());
  const call = (exportName: string, payload: unknown = null, timeoutMs = 10_000) =>
    made.call({ file: './user.mjs', exportName, payload: payload as never, timeoutMs });
  return { made, call };
}

describe('user code in a child process', () => {
  it('gives JSON in and JSON out, many calls on few processes', async () => {
    const { call } = port();
    const payloads = Array.from({ length: 20 }, (_, i) => ({ i, text: 'é\n"' }));
    expect(await Promise.all(payloads.map((payload) => call('echo', payload)))).toEqual(payloads);
    expect(await call('nothing')).toBe(null);
  });

  it('is not confused by what the code prints', async () => {
    expect(await port().call('print')).toBe('real');
  });

  it.each([
    ['exit', 'exited with code 0'],
    ['kill', 'was killed by SIGKILL'],
    ['abort', 'SIGABRT'],
    ['text', 'threw just text'],
    ['later', 'uncaught later'],
    ['reject', 'unhandled'],
    ['oom', 'ran out of memory'],
    ['circular', 'circular'],
    ['big', 'more than the limit of 2000'],
    ['forge', 'not an answer'],
    ['flood', 'wrote more than'],
    ['missing', 'no export "missing"'],
    ['notFunction', 'not a function'],
  ])('%s rejects that call with a reason, and the next call works', async (name, reason) => {
    const { call } = port();
    await expect(call(name)).rejects.toThrow(reason);
    expect(await call('echo', 'again')).toBe('again');
  });

  it.each(['loop', 'hang'])('%s is killed at the time limit while other calls go on', async (name) => {
    const { call } = port();
    const bad = expect(call(name, null, 400)).rejects.toThrow('gave no answer within 400 ms');
    expect(await call('echo', 1)).toBe(1);
    await bad;
    expect(await Promise.all([call('echo', 2), call('echo', 3)])).toEqual([2, 3]);
  });

  it('serves the calls that waited when one is stopped', async () => {
    const { made, call } = port({ poolSize: 1 });
    const stop = new AbortController();
    const first = expect(call('hang', null, 300)).rejects.toThrow();
    const second = expect(made.call({ file: 'user.mjs', exportName: 'echo', payload: 1, timeoutMs: 1000, signal: stop.signal })).rejects.toThrow(
      'stopped',
    );
    const third = call('echo', 3);
    stop.abort();
    await Promise.all([first, second]);
    expect(await third).toBe(3);
  });

  it('rejects what is under way when it closes, and says which file is missing', async () => {
    const { made, call } = port();
    await expect(made.call({ file: 'none.mjs', exportName: 'x', payload: null, timeoutMs: 5000 })).rejects.toThrow(/none\.mjs/);
    const pending = expect(call('hang')).rejects.toThrow();
    await made.close();
    await pending;
    await expect(call('echo')).rejects.toThrow('closed');
  });
});
