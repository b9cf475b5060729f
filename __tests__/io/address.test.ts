import type { lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { createAddressGuard } from '../../src/io/address.ts';

const resolver = (...addresses: string[]) =>
  ((_host: string, _options: object, callback: (error: null, found: object[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup;

function resolve(addresses: string[], options: { all?: boolean } = {}): Promise<unknown> {
  return new Promise((done, fail) => {
    createAddressGuard(resolver(...addresses)).lookup('agent.example', options, (error, found) => (error ? fail(error) : done(found)));
  });
}

describe('names', () => {
  it.each(['169.254.169.254', '::ffff:169.254.169.254', 'fe80::1', 'fd00:ec2::254', '168.63.129.16'])(
    'that resolve to %s are refused, whatever else they resolve to',
    async (bad) => {
      await expect(resolve(['127.0.0.1', bad], { all: true })).rejects.toThrow(bad);
      await expect(resolve([bad])).rejects.toMatchObject({ code: 'EBLOCKEDADDRESS' });
    },
  );

  it('that resolve to loopback, private and public addresses are allowed', async () => {
    expect(await resolve(['127.0.0.1'])).toBe('127.0.0.1');
    expect(await resolve(['10.0.0.1', '::1', '93.184.215.14'], { all: true })).toHaveLength(3);
  });

  it('without an address are an error', async () => {
    await expect(resolve([])).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
