import type { RateLimit } from '../kit/rate-limit.ts';
import type { ReturnAddress } from '../kit/return-url.ts';
import {
  defaultsOf,
  flag,
  line,
  listOf,
  oneOf,
  type Rule,
  setting,
  type ValuesOf,
  wholeNumber,
} from '../kit/setting.ts';
import { parseWebAddress } from '../kit/web-address.ts';

export const clientScopes = [
  'orders:read',
  'orders:write',
  'users:assign',
  'access:read',
  'customers:read',
  'customers:write',
  'customers:privacy',
  'callbacks:admin',
  'cases:admin',
  'methods:admin',
  'publisher:admin',
  'audit:read',
] as const;
export type ClientScope = (typeof clientScopes)[number];

/** What signs id_tokens (RFC 7518, 3.1; RFC 8037); the first is what every library knows. */
export const idTokenAlgorithms = ['RS256', 'EdDSA'] as const;

/** `https://site.example/thanks` alone, or with `/*` behind it any path of the origin. */
const returnAddress: Rule<ReturnAddress> = {
  rule: 'an absolute address, or an origin with /* behind it for any path of it',
  schema: { type: 'string', maxLength: 2000 },
  read(given) {
    if (typeof given !== 'string') return undefined;
    const isOrigin = given.endsWith('/*');
    const parsed = parseWebAddress(isOrigin ? given.slice(0, -1) : given);
    if (!parsed.ok || (isOrigin && parsed.url.pathname !== '/')) return undefined;
    return { match: isOrigin ? 'origin' : 'exact', url: isOrigin ? `${parsed.url.origin}/` : given };
  },
};

/** What every client has a value of its own for; these are columns of `clients`. */
export const clientProfile = {
  name: setting(line(100, 1), '', 'What people call the client.'),
  profile: setting(
    oneOf('original', 'strict'),
    'original',
    'original: as clients of the hosted system expect; strict: short tokens, idempotency keys required, ' +
      'signed callbacks, and only addresses that nobody can guess.',
  ),
  scopes: setting(listOf(oneOf(...clientScopes), clientScopes.length), [], 'What the client may do.'),
  returnAddresses: setting(
    listOf(returnAddress, 100),
    [],
    'Where readers may be sent back to: exact addresses, or origins with /* behind them.',
  ),
};

/** Calls of the API, or `none` for no limit. */
const rateLimit: Rule<RateLimit | null> = {
  rule: '{"perSecond": …, "perMinute": …}, both whole numbers from 1, or "none" for no limit',
  schema: { type: 'object' },
  read(given) {
    if (given === 'none') return null;
    if (typeof given !== 'object' || given === null || Object.keys(given).length !== 2) return undefined;
    if (!('perSecond' in given && 'perMinute' in given)) return undefined;
    const perSecond = calls.read(given.perSecond);
    const perMinute = calls.read(given.perMinute);
    return perSecond === undefined || perMinute === undefined ? undefined : { perSecond, perMinute };
  },
};
const calls = wholeNumber(1, 1_000_000, 'calls');

/** Every setting of a client: its rule, its default, and what it does. Stored only where it was set. */
export const clientSettings = {
  linkLifetimeUnit: setting(
    oneOf('minutes', 'hours', 'days'),
    'hours',
    'The unit of linkLifetime in requests.',
  ),
  signsCallbacks: setting(
    flag,
    false,
    'Whether legacy callbacks carry the lv_ parameters; in the strict profile they always do.',
  ),
  allowsHttp: setting(flag, false, 'Whether callback addresses may be plain http.'),
  callbackPorts: setting(
    listOf(wholeNumber(1, 65_535, 'port'), 100),
    [443],
    'The ports that callbacks may go to; an empty list means any.',
  ),
  prepaidMustBeSigned: setting(
    flag,
    false,
    'Whether what was paid before is believed only with our signature; never so for paymentMethod other.',
  ),
  orderedOnSite: setting(
    flag,
    false,
    'Whether buyers place their orders on your own site: there everything was shown that the law asks for, ' +
      'and a button was pressed that says that it costs. Then a buyer with one way to pay goes on to it at ' +
      'once. Else our page shows what is bought, and its button begins the payment.',
  ),
  bareIdOpens: setting(
    flag,
    false,
    'Whether /user/fulfillment?orderId=N opens orders of this client. Order numbers can be guessed: a ' +
      'stranger who does so can see that the order exists and what it costs, and can pay for it, but sees ' +
      'and changes nothing that a buyer has begun. Needs the profile original. The fulfillmentUrl in the ' +
      'reply of registering works without it.',
  ),
  bareIdCompletes: setting(
    flag,
    false,
    'Whether whoever opens /user/fulfillment?orderId=N and presses the button completes a free, prepaid ' +
      'or invoice order. A stranger who guesses the number can then have an invoice sent to somebody else, ' +
      'and complete a free order before its reader does. Needs bareIdOpens. Completing by API is safe.',
  ),
  idTokenSignedResponseAlg: setting(
    oneOf(...idTokenAlgorithms),
    'RS256',
    'What signs the id_tokens of the client, as OpenID Connect names it. Every library verifies RS256; ' +
      'EdDSA is shorter, for those that say that they want it.',
  ),
  rateLimit: setting(
    rateLimit,
    { perSecond: 100, perMinute: 2000 },
    'The most calls of the API by this client, over all nodes.',
  ),
};

export type ClientSettings = ValuesOf<typeof clientSettings>;

export const defaultClientSettings: ClientSettings = defaultsOf(clientSettings);

/** What a client has set, with the default of everything that it has not. */
export function clientSettingsOf(stored: object): ClientSettings {
  return { ...defaultClientSettings, ...stored };
}
