import { describe, expect, it } from 'vitest';
import { runFaults } from '../harness/fault-run.ts';
import { type FaultKind, faultKinds } from '../harness/faults.ts';

/** Every kind at a slot of its own, among as many slots as a shared retry allowance of a fifth takes. */
const spread = (): ReadonlyMap<string, FaultKind> => new Map(faultKinds.map((kind, i) => [`q${60 + 3 * i}`, kind]));

describe('a server that does wrong', () => {
  it('always', async () => {
    expect(await runFaults({ count: 360, faults: spread(), times: 99, concurrency: 8, maxRetries: 1 })).toEqual([]);
  });
  it('once', async () => {
    expect(await runFaults({ count: 360, faults: spread(), times: 1, concurrency: 8, maxRetries: 1 })).toEqual([]);
  });
});
