import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { BlockList, isIP } from 'node:net';

/** IPv4 addresses that hand out credentials of the machine: link-local, and the metadata services of clouds that lie elsewhere. */
const metadataV4 = [
  ['169.254.0.0', 16],
  ['100.100.100.200', 32], // Alibaba Cloud
  ['192.0.0.192', 32], // Oracle Cloud
  ['168.63.129.16', 32], // Azure WireServer
] as const;
const metadataV6 = [
  ['fe80::', 10],
  ['fd00:ec2::', 32], // AWS, of instances and of pods
  ['fd20:ce::254', 128], // Google Cloud
  ['fd00:c1::a9fe:a9fe', 128], // Oracle Cloud
  ['fd00:42::42', 128], // Scaleway
] as const;

function metadataAddresses(): BlockList {
  const list = new BlockList();
  for (const [address, bits] of metadataV6) list.addSubnet(address, bits, 'ipv6');
  for (const [address, bits] of metadataV4) {
    list.addSubnet(address, bits, 'ipv4');
    const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
    const inside = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
    // IPv4 inside IPv6: compatible, translated, NAT64 of either prefix, 6to4. The mapped form is covered by BlockList itself.
    for (const prefix of ['::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::']) list.addSubnet(prefix + inside, 96 + bits, 'ipv6');
    list.addSubnet(`2002:${inside}::`, 16 + bits, 'ipv6');
  }
  return list;
}

export interface AddressGuard {
  /** True for a literal address that must not be reached. A name is never blocked here: its addresses are, by `lookup`. */
  isBlocked(host: string): boolean;
  /** Resolves a name and refuses it when one of its addresses is blocked; what it returns is what is connected to. */
  lookup: LookupFunction;
}

/** An error code of the guard, told apart from those of the resolver. */
export const blockedAddressCode = 'EBLOCKEDADDRESS';

/** Keeps the tool away from link-local and cloud metadata addresses, in every spelling. Loopback and private ones are allowed. */
export function createAddressGuard(resolve: typeof lookup = lookup): AddressGuard {
  const blocked = metadataAddresses();
  const isBlocked = (host: string): boolean => {
    const bare = host.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
    const family = isIP(bare);
    return family !== 0 && blocked.check(bare, family === 6 ? 'ipv6' : 'ipv4');
  };
  return {
    isBlocked,
    lookup: (hostname, options, callback) => {
      resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
        if (error) return callback(error, []);
        const bad = addresses.find(({ address }) => isBlocked(address));
        if (bad) return callback(Object.assign(new Error(`${hostname} is ${bad.address}`), { code: blockedAddressCode }), []);
        if (options.all) return callback(null, addresses);
        const [first] = addresses;
        return first
          ? callback(null, first.address, first.family)
          : callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '');
      });
    },
  };
}
