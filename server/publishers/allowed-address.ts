import { matchReturnUrl, type ReturnAddress } from '../kit/return-url.ts';
import { type AddressRefusal, parseWebAddress, refuseAddress } from '../kit/web-address.ts';
import type { Client } from './publisher.ts';

/**
 * What an address is for. To a `redirect_uri` an authorization code goes. To a `returnUrl` of a page a reader
 * goes, with nothing that opens anything.
 */
export type AddressUse = 'redirect_uri' | 'returnUrl';

type Site = Pick<Client, 'profile' | 'returnAddresses'>;

/** Where readers are sent to log in for a site. */
export const authorizePath = '/user/oauth/authorize';

/** The same by its older name too. */
const authorizePaths: ReadonlySet<string> = new Set([authorizePath, '/login/oauth/authorize']);

/** A site's state and its own address, each encoded once more, stand in the address of our own page. */
const longestOwnAddress = 8000;

/** What the answer of an authorization adds (RFC 6749, 4.1.2; RFC 9207, 2): it may stand there only once. */
const ofTheAnswer: ReadonlySet<string> = new Set(['code', 'state', 'iss', 'error', 'response']);

/**
 * Whether a reader may be sent to `candidate` for a client; a page sends to the returned `url`.
 * Profile `original`: any path of an origin on the client's list. Profile `strict`: for a `redirect_uri`
 * exactly an address of the list (RFC 9700, 2.1), for a `returnUrl` what the list says. A `returnUrl` may
 * also be our own authorization, absolute or from the root, where the reader goes on after login.
 */
export function allowAddress(
  site: Site,
  use: AddressUse,
  candidate: string,
  publicUrl: string,
): { ok: true; url: string } | AddressRefusal {
  if (use === 'returnUrl') {
    const own = ownAuthorization(candidate, publicUrl);
    return own === undefined ? matchReturnUrl(candidate, listFor(site, use)) : { ok: true, url: own };
  }
  const matched = matchReturnUrl(candidate, listFor(site, use));
  return matched.ok ? refuseMixed(candidate, matched) : matched;
}

function listFor({ profile, returnAddresses }: Site, use: AddressUse): readonly ReturnAddress[] {
  if (profile === 'original') return originsOf(returnAddresses);
  return use === 'returnUrl' ? returnAddresses : returnAddresses.filter(({ match }) => match !== 'origin');
}

/** The list with any path of the origins that are on it. */
function originsOf(returnAddresses: readonly ReturnAddress[]): readonly ReturnAddress[] {
  return returnAddresses.map((entry) =>
    entry.match === 'exact' ? { url: entry.url, match: 'origin' } : entry,
  );
}

/** Whether a page stands at an origin of a client's list; `address` is whatever a browser told of it. */
export function isAtListedOrigin(
  { returnAddresses }: Pick<Site, 'returnAddresses'>,
  address: string | undefined,
): boolean {
  const page = URL.parse(address ?? '');
  return page !== null && matchReturnUrl(`${page.origin}/`, originsOf(returnAddresses)).ok;
}

/** Of the addresses that are allowed, only our authorization stands on our own origin under these paths. */
export function isAuthorizationAddress(address: string, publicUrl: string): boolean {
  const { origin } = new URL(publicUrl);
  return [...authorizePaths].some((path) => address.startsWith(`${origin}${path}?`));
}

/** An address that could not be told apart from the answer, or that would hide it (RFC 6749, 3.1.2). */
function refuseMixed(candidate: string, matched: { ok: true; url: string }): typeof matched | AddressRefusal {
  if (candidate.includes('#')) return refuseAddress('has_fragment', 'The address must not have a #.');
  const own = [...new URL(matched.url).searchParams.keys()].find((name) => ofTheAnswer.has(name));
  if (own === undefined) return matched;
  return refuseAddress('has_answer', `The address must not have a parameter ${own}: the answer adds it.`);
}

/** Our own authorization as an absolute address; nothing for every other address. */
function ownAuthorization(candidate: string, publicUrl: string): string | undefined {
  if (candidate.length > longestOwnAddress) return undefined;
  const [path = '', ...query] = candidate.split('?');
  const ours = authorizePaths.has(path) ? publicUrl + path : path;
  // Without the query it is never too long; with it, only characters are left to look at.
  const parsed = parseWebAddress(ours);
  const { origin } = new URL(publicUrl);
  if (!parsed.ok || parsed.url.origin !== origin || !authorizePaths.has(parsed.url.pathname))
    return undefined;
  if (ours !== origin + parsed.url.pathname || query.length === 0) return undefined;
  const address = `${ours}?${query.join('?')}`;
  return /[^!-~]|[\\#]/u.test(address) ? undefined : address;
}
