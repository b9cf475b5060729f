import { expect, it } from 'vitest';
import { users } from '../../src/users/registry.ts';
import { makeSample } from '../agents/support.ts';

const scripted = users.get('scripted');

it('says the turns in order and then nothing', async () => {
  const user = scripted.create(makeSample({ turns: [{ input: 'one' }, { input: { two: 2 } }] }));
  const turn = { input: '', output: '', steps: [] };
  expect(await user.next([])).toBe('one');
  expect(await user.next([turn])).toEqual({ two: 2 });
  expect(await user.next([turn, turn])).toBeUndefined();
});

it('refuses a scenario with the place of the sample', () => {
  const sample = makeSample({ scenario: { plan: 'get a refund' }, turns: [], line: 7 });
  expect(() => scripted.create(sample)).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ file: 'samples.jsonl', line: 7, field: 'scenario' })] }),
  );
});
