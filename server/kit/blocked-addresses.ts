import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type AddressRange = [Address, number];

export type AddressRules = {
  allowLoopback: boolean;
  blocked: readonly AddressRange[];
  allowed: readonly AddressRange[];
};

/** Public by its number, but on Azure the machine's own control service. */
const azureWireServer = '168.63.129.16/32';
/** The only IPv6 space that is handed out for the public internet (RFC 4291, section 2.4). */
const globalIpv6 = ipaddr.parseCIDR('2000::/3');

/** Reads CIDR ranges and single addresses; throws on anything else, so that a typo stops the start. */
function readRanges(texts: readonly string[]): AddressRange[] {
  return texts.map((text) => {
    const [network = '', bits] = text.split('/');
    // The library alone would read 10.0.0 as 10.0.0.0 and 010.0.0.1 as 8.0.0.1.
    if (isIP(network) === 0) throw new Error('a blocked or allowed range must be an address or a CIDR range');
    if (bits !== undefined) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
}

export function addressRules(options: {
  allowLoopback: boolean;
  blockedCidrs: readonly string[];
  allowedCidrs?: readonly string[] | undefined;
}): AddressRules {
  return {
    allowLoopback: options.allowLoopback,
    blocked: readRanges([azureWireServer, ...options.blockedCidrs]),
    allowed: readRanges(options.allowedCidrs ?? []),
  };
}

/**
 * The rule by which an address may not be connected to, or nothing when it may. Blocked ranges win over
 * allowed ones; beside those, only addresses of the public internet pass. Forms that carry an IPv4 address
 * inside an IPv6 one (mapped, NAT64, 6to4, Teredo) never pass, since they end somewhere else than they say.
 */
export function blockedBy(text: string, rules: AddressRules): string | undefined {
  if (isIP(text) === 0 || text.includes('%')) return 'not_an_address';
  const address = ipaddr.parse(text);
  if (isInside(address, rules.blocked)) return 'blocked_range';
  if (isInside(address, rules.allowed)) return undefined;
  const range = address.range();
  if (range === 'loopback' && rules.allowLoopback) return undefined;
  if (range !== 'unicast') return range;
  return address.kind() === 'ipv6' && !isInside(address, [globalIpv6]) ? 'not_global' : undefined;
}

function isInside(address: Address, ranges: readonly AddressRange[]): boolean {
  return ranges.some(([network, bits]) => {
    return network.kind() === address.kind() && address.match(network, bits);
  });
}
