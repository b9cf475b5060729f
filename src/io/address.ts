import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { BlockList, isIP } from 'node:net';

/** Addresses that hand out credentials of the machine: link-local, and the metadata services that lie elsewhere. */
function metadataAddresses(): BlockList {
  const list = new BlockList();
  list.addSubnet('169.254.0.0', 16, 'ipv4');
  list.addSubnet('fe80::', 10, 'ipv6');
  list.addAddress('fd00:ec2::254', 'ipv6'); // AWS instance metadata over IPv6
  list.addAddress('100.100.100.200', 'ipv4'); // Alibaba Cloud instance metadata
  list.addAddress('192.0.0.192', 'ipv4'); // Oracle Cloud instance metadata
  list.addAddress('168.63.129.16', 'ipv4'); // Azure WireServer
  // IPv4 inside IPv6 by NAT64 and 6to4; the IPv4-mapped form is covered by BlockList itself.
  list.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
  list.addSubnet('2002:a9fe::', 32, 'ipv6');
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
