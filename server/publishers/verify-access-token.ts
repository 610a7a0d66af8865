import { hash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { Problem } from '../kit/problem.ts';
import { createRecentCache } from '../kit/recent-cache.ts';
import { mayHaveTokens } from './demo-client.ts';
import type { PublisherDirectory } from './find-publisher.ts';
import type { KeyRing } from './key-ring.ts';
import type { Client } from './publisher.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The claim that carries the client's revocation number at the time the token was made. */
export const revocationClaim = 'rev';

export type TokenNames = { issuer: string; audience: string };

/** Issuer and audience of our tokens, from the base of our addresses. */
export function tokenNames(publicUrl: string): TokenNames {
  return { issuer: `${publicUrl}/user`, audience: `${publicUrl}/capi` };
}

/** What a verified token says; `client` and `caller` are of the last directory that was seen. */
type Known = {
  clientId: string;
  scopes: readonly string[];
  revocationNumber: number;
  expiresAtMilliseconds: number;
  client: Client | undefined;
  caller: Client | undefined;
};

type Context = {
  publishers: PublisherDirectory;
  keyRing: KeyRing;
  clock: { now(): Date };
  publicUrl: string;
  mode: 'sandbox' | 'live';
};

const cachedTokens = 10_000;
const longestToken = 4096;

/**
 * Makes the function that answers whose access token it is (RFC 9068), with the scopes that both the token
 * and the client have. Throws `token_is_invalid` for every other token. A token is verified once and then
 * known by its hash; expiry, revocation and whether the client is disabled are looked at on every use.
 */
export function createTokenVerifier(context: Context): (token: string) => Promise<Client> {
  const names = tokenNames(context.publicUrl);
  const cache = createRecentCache<Known>(cachedTokens);
  let seenKeys: SigningKeys | undefined;

  return async (token) => {
    const keys = await context.keyRing.keys();
    if (keys !== seenKeys) {
      // A key was retired or added; what a retired one signed is no longer believed.
      cache.clear();
      seenKeys = keys;
    }
    const key = hash('sha256', token, 'base64');
    let known = cache.get(key);
    if (known === undefined) {
      known = await verify(context, names, token);
      cache.set(key, known);
    }
    return callerOf(context, known);
  };
}

async function callerOf(context: Context, known: Known): Promise<Client> {
  if (known.expiresAtMilliseconds <= context.clock.now().getTime())
    throw refusal('The access token is expired.');
  const client = await context.publishers.findClient(known.clientId);
  if (client === undefined || !mayHaveTokens(context.mode, client)) throw new Problem('token_is_invalid');
  if (client.revocationNumber !== known.revocationNumber) throw refusal('The access token is revoked.');
  if (known.client !== client || known.caller === undefined) {
    known.client = client;
    known.caller = narrow(client, known.scopes);
  }
  return known.caller;
}

function narrow(client: Client, scopes: readonly string[]): Client {
  const both = client.scopes.filter((scope) => scopes.includes(scope));
  return both.length === client.scopes.length ? client : { ...client, scopes: both };
}

async function verify(context: Context, names: TokenNames, token: string): Promise<Known> {
  if (token.length > longestToken) throw new Problem('token_is_invalid');
  try {
    const { payload } = await jwtVerify(token, (header) => findKey(context.keyRing, header.kid), {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: names.issuer,
      audience: names.audience,
      currentDate: context.clock.now(),
      requiredClaims: ['exp', 'client_id', revocationClaim],
    });
    return readClaims(payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw refusal('The access token is expired.');
    if (error instanceof errors.JOSEError) throw new Problem('token_is_invalid');
    throw error;
  }
}

async function findKey(keyRing: KeyRing, keyId: string | undefined) {
  const key = keyId === undefined ? undefined : (await keyRing.keysWith(keyId)).publicKeys.get(keyId);
  if (key === undefined) throw new errors.JWKSNoMatchingKey();
  return key;
}

function readClaims(payload: JWTPayload): Known {
  const { client_id: clientId, scope, exp, [revocationClaim]: revocationNumber } = payload;
  if (typeof clientId !== 'string' || typeof revocationNumber !== 'number' || exp === undefined) {
    throw new Problem('token_is_invalid');
  }
  return {
    clientId,
    revocationNumber,
    scopes: typeof scope === 'string' ? scope.split(' ') : [],
    expiresAtMilliseconds: exp * 1000,
    client: undefined,
    caller: undefined,
  };
}

function refusal(detail: string): Problem {
  return new Problem('token_is_invalid', { detail });
}
