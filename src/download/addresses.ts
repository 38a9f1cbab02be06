import ipaddr from 'ipaddr.js';
import { UsageError } from '../model/errors.ts';

type Address = ReturnType<typeof ipaddr.parse>;

/** Says why an address must not be asked; nothing where it may be. */
export type AddressGuard = (address: string, hostname: string) => string | undefined;

// Public by its range, and yet the door to the insides of a cloud.
const metadata = new Set(['168.63.129.16']);
const globalUnicast = ipaddr.parseCIDR('2000::/3');
const inWords: Readonly<Record<string, string>> = {
  private: 'a private address',
  loopback: 'this machine itself',
  linkLocal: 'a link-local address, where clouds keep their metadata',
  uniqueLocal: 'a private address',
  carrierGradeNat: 'an address inside a provider’s network',
  multicast: 'a multicast address',
  unspecified: 'no address of a server',
  broadcast: 'a broadcast address',
};

/**
 * Lets public addresses pass, and what stands in `allow`: names of hosts, addresses, networks. Throws UsageError where
 * an entry is none of these.
 */
export function addressGuard(allow: readonly string[]): AddressGuard {
  const names = new Set<string>();
  const networks: (readonly [Address, number])[] = [];
  for (const entry of allow) {
    const text = entry
      .trim()
      .toLowerCase()
      .replace(/^\[(.*)\]$/, '$1');
    if (ipaddr.isValidCIDR(text)) networks.push(ipaddr.parseCIDR(text));
    else if (ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text)) {
      const address = ipaddr.process(text);
      networks.push([address, address.kind() === 'ipv4' ? 32 : 128]);
    } else if (/^(?=.*[a-z])[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text)) names.add(text);
    else {
      throw new UsageError(`“${entry}” is no address that could be allowed.`, {
        hint: 'Name a host (feeds.intranet), an address (10.1.2.3) or a network (10.0.0.0/8).',
      });
    }
  }
  return (text, hostname) => {
    if (names.has(hostname.toLowerCase().replace(/\.$/, ''))) return undefined;
    if (!ipaddr.isValid(text)) return 'no address of a server';
    const address = reached(ipaddr.parse(text));
    const isAllowed = networks.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
    return isAllowed ? undefined : refusalOf(address);
  };
}

/** The address that is reached in the end: an IPv4 address may be written inside an IPv6 one. */
function reached(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  // NAT64 (RFC 6052): a gateway sends on to the IPv4 address in the last 32 bits.
  const wellKnown = address.match(ipaddr.parseCIDR('64:ff9b::/96'));
  return wellKnown ? ipaddr.fromByteArray(bytes.slice(-4)) : address;
}

function refusalOf(address: Address): string | undefined {
  if (metadata.has(address.toString())) return 'an address of a cloud’s metadata';
  const range: string = address.range();
  if (range !== 'unicast') return inWords[range] ?? 'not a public address';
  // What nobody has given a meaning yet is not public either.
  if (address instanceof ipaddr.IPv6 && !address.match(globalUnicast))
    return 'not a public address';
  return undefined;
}
