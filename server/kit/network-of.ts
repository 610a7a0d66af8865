import ipaddr from 'ipaddr.js';

/** The networks that limits count an address by. */
export type Networks = {
  /** The address itself, or the /64 that one home has whole (RFC 6177). */
  near: string;
  /** The /24 or /48 that whoever rents addresses gets at once. */
  around: string;
};

export function networksOf(address: string): Networks {
  if (!ipaddr.isValid(address)) return { near: address, around: `around ${address}` };
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6) {
    const parts = parsed.parts.map((part) => part.toString(16));
    return { near: parts.slice(0, 4).join(':'), around: `${parts.slice(0, 3).join(':')}/48` };
  }
  return { near: parsed.toString(), around: `${parsed.toByteArray().slice(0, 3).join('.')}/24` };
}

/** The nearer of the two. */
export function networkOf(address: string): string {
  return networksOf(address).near;
}

/** The wider of the two as PostgreSQL and RFC 4632 write it; nothing for what is no address. */
export function cidrAround(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  const [kind, bits] = parsed instanceof ipaddr.IPv6 ? [ipaddr.IPv6, '48'] : [ipaddr.IPv4, '24'];
  return `${kind.networkAddressFromCIDR(`${parsed.toString()}/${bits}`).toString()}/${bits}`;
}
