import { describe, expect, it } from 'vitest';
import { createAsReady } from '../../src/pipeline/as-ready.ts';

function deferred() {
  let resolve = (_: string) => {};
  let reject = (_: Error) => {};
  const promise = new Promise<string>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}

describe('what is taken as it is ready', () => {
  it('does not wait behind a slow work, and has no more works than allowed at once', async () => {
    const taken: string[] = [];
    const [slow, quick, third] = [deferred(), deferred(), deferred()];
    const works = createAsReady<string>(2, (value) => taken.push(value));
    await works.add(slow.promise);
    let hasRoom = false;
    const added = works.add(quick.promise).then(() => {
      hasRoom = true;
    });
    await Promise.resolve();
    expect(hasRoom).toBe(false);
    quick.resolve('quick');
    await added;
    expect(taken).toEqual(['quick']);
    const last = works.add(third.promise);
    third.resolve('third');
    slow.resolve('slow');
    await last;
    await works.drain();
    expect(taken.toSorted()).toEqual(['quick', 'slow', 'third']);
  });

  it('tells a failure after the others were taken', async () => {
    const taken: string[] = [];
    const works = createAsReady<string>(3, (value) => taken.push(value));
    const [bad, good] = [deferred(), deferred()];
    await works.add(bad.promise);
    await works.add(good.promise);
    bad.reject(new Error('full disk'));
    good.resolve('good');
    await expect(works.drain()).rejects.toThrow('full disk');
    expect(taken).toEqual(['good']);
  });

  it('tells that a value could not be taken', async () => {
    const works = createAsReady<string>(1, () => {
      throw new Error('full disk');
    });
    await expect(works.add(Promise.resolve('x'))).rejects.toThrow('full disk');
  });
});
