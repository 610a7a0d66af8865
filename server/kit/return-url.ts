import { type AddressRefusal, parseWebAddress, refuseAddress } from './web-address.ts';

/**
 * Where a client lets readers be sent back to. `exact`: this address and no other. `origin`: any path of the
 * address's scheme, host and port. `loopback`: any address of this machine, for the sandbox only.
 */
export type ReturnAddress = { url: string; match: 'exact' | 'origin' } | { match: 'loopback' };

/**
 * Whether a reader may be sent to `candidate`; the reader must then be sent to the returned `url`, as this
 * parser wrote it, not to the text that came in. Exact entries compare as strings (RFC 9700, section 2.1),
 * origins by scheme, host and port after parsing. Plain http passes only where the list itself names it.
 */
export function matchReturnUrl(
  candidate: string,
  allowed: readonly ReturnAddress[],
): { ok: true; url: string } | AddressRefusal {
  const parsed = parseWebAddress(candidate);
  if (!parsed.ok) return parsed;
  const { url } = parsed;
  return allowed.some((entry) => matches(candidate, url, entry))
    ? { ok: true, url: url.href }
    : refuseAddress('not_on_list', "The address is not on the client's list of return addresses.");
}

function matches(candidate: string, url: URL, entry: ReturnAddress): boolean {
  if (entry.match === 'loopback') return isLoopback(url.hostname);
  const listed = parseWebAddress(entry.url);
  if (!listed.ok) return false;
  return entry.match === 'exact'
    ? candidate === entry.url || candidate === listed.url.href
    : url.origin === listed.url.origin;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
}
