import { isIP } from 'node:net';
import { type AddressRules, addressRules, blockedBy } from './blocked-addresses.ts';
import { createResolver, type ResolveHost } from './resolve-host.ts';
import { type AddressRefusal, parseWebAddress, refuseAddress, type WebAddress } from './web-address.ts';
import { withoutEnd } from './without-end.ts';

/** What one client may call: plain http, and ports beside the scheme's own. */
export type UrlRules = { allowHttp: boolean; ports?: readonly number[] | undefined };

export type HostCheck =
  | { ok: true; addresses: readonly string[] }
  | { ok: false; reason: 'address_blocked' | 'dns_failed'; rule: string; detail: string };

/** Decides where this server may connect to on somebody else's word (callbacks, webhooks). */
export type AddressGuard = {
  readonly allowsLoopback: boolean;
  /** The check when an address is given: form, scheme, port, and hosts that are blocked by name or number. */
  checkUrl(url: string, rules: UrlRules): WebAddress;
  /** Resolves the host and checks every one of its addresses; one bad address refuses them all. */
  checkHost(hostname: string): Promise<HostCheck>;
  /** The check on a connected address: the rule it breaks, or nothing. */
  checkAddress(address: string): string | undefined;
};

/**
 * `allowLoopback` is for the sandbox: it admits 127.0.0.0/8, ::1 and the name localhost, and any port.
 * `allowedCidrs` admits an operator's own private networks; `blockedCidrs` wins over both. Throws when a
 * range cannot be read.
 */
export function createAddressGuard(options: {
  allowLoopback: boolean;
  blockedCidrs: readonly string[];
  allowedCidrs?: readonly string[];
  resolve?: ResolveHost;
}): AddressGuard {
  const rules = addressRules(options);
  const resolve = options.resolve ?? createResolver();
  return {
    allowsLoopback: options.allowLoopback,
    checkUrl: (url, urlRules) => checkUrl(url, urlRules, rules),
    checkHost: (hostname) => checkHost(hostname, rules, resolve),
    checkAddress: (address) => blockedBy(address, rules),
  };
}

function checkUrl(text: string, urlRules: UrlRules, rules: AddressRules): WebAddress {
  const parsed = parseWebAddress(text);
  if (!parsed.ok) return parsed;
  const { url } = parsed;
  if (url.protocol !== 'https:' && !urlRules.allowHttp) {
    return refuseAddress('not_https', 'The address must begin with https://.');
  }
  if (text.includes('#')) {
    return refuseAddress('has_fragment', 'The address must not have a fragment, which is never sent.');
  }
  if (!rules.allowLoopback && !isPortAllowed(url, urlRules)) {
    return refuseAddress('port_not_allowed', `Port ${url.port} is not allowed.`);
  }
  return checkName(url.hostname, rules) ?? parsed;
}

function isPortAllowed(url: URL, urlRules: UrlRules): boolean {
  return url.port === '' || (urlRules.ports?.includes(Number(url.port)) ?? false);
}

/** What can be said of a host without asking anybody: a literal address is judged, a private name refused. */
function checkName(hostname: string, rules: AddressRules): AddressRefusal | undefined {
  const bare = hostname.replace(/^\[|\]$/gu, '');
  if (isIP(bare) !== 0) {
    const rule = blockedBy(bare, rules);
    return rule === undefined ? undefined : refuseAddress(rule, `The address ${bare} is not public.`);
  }
  const name = plainName(bare);
  if (name === 'localhost' && rules.allowLoopback) return undefined;
  return isPrivateName(name, rules)
    ? refuseAddress('private_name', 'The host name does not belong to the public internet.')
    : undefined;
}

/** Names that never lead to the public internet (RFC 6761, RFC 6762, RFC 8375, RFC 7686, and `.internal`). */
const privateName = /(^|\.)(localhost|localdomain|local|internal|home\.arpa|onion)$|^[^.]*$/u;
const loopbackName = /(^|\.)localhost$/u;

function isPrivateName(name: string, rules: AddressRules): boolean {
  // An operator who admits own networks also has own names there; their addresses decide.
  return rules.allowed.length > 0 ? loopbackName.test(name) : privateName.test(name);
}

function plainName(hostname: string): string {
  return withoutEnd(hostname.toLowerCase(), '.');
}

async function checkHost(hostname: string, rules: AddressRules, resolve: ResolveHost): Promise<HostCheck> {
  const refusal = checkName(hostname, rules);
  if (refusal) return { ...refusal, reason: 'address_blocked' };
  const addresses = await findAddresses(hostname, resolve);
  if (!addresses?.length) {
    return { ok: false, reason: 'dns_failed', rule: 'no_address', detail: 'The host name has no address.' };
  }
  for (const address of addresses) {
    const rule = blockedBy(address, rules);
    if (rule !== undefined) {
      return {
        ok: false,
        reason: 'address_blocked',
        rule,
        detail: 'The host has an address that is not public.',
      };
    }
  }
  return { ok: true, addresses };
}

async function findAddresses(hostname: string, resolve: ResolveHost): Promise<readonly string[] | undefined> {
  const bare = hostname.replace(/^\[|\]$/gu, '');
  if (isIP(bare) !== 0) return [bare];
  // Never asked of a name server, which could give it any address (RFC 6761, section 6.3).
  if (plainName(bare) === 'localhost') return ['127.0.0.1', '::1'];
  try {
    return await resolve(bare);
  } catch {
    return undefined;
  }
}
