import { hash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { LoginStrength } from '../kit/login-strength.ts';
import { Problem } from '../kit/problem.ts';
import { createRecentCache } from '../kit/recent-cache.ts';
import { mayHaveTokens } from './demo-client.ts';
import type { PublisherDirectory } from './find-publisher.ts';
import type { KeyRing } from './key-ring.ts';
import type { Client, User } from './publisher.ts';
import type { FoundReader, NamedReader, ReaderDirectory } from './reader.ts';
import { readerScopes } from './reader-scopes.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The claim that carries the client's revocation number at the time the token was made. */
export const revocationClaim = 'rev';

export type TokenNames = { issuer: string; audience: string };

/** Issuer and audience of our tokens, from the base of our addresses. */
export function tokenNames(publicUrl: string): TokenNames {
  return { issuer: `${publicUrl}/user`, audience: `${publicUrl}/capi` };
}

/** The claim that all tokens of one login of a reader at one site have in common. */
export const familyClaim = 'family';

/** What a reader's token says of the reader. */
export type ReaderToken = Required<Omit<NamedReader, 'publisherId'>> & { strength: LoginStrength };

/** What a verified token says; `client` and `caller` are of the last directory that was seen. */
type Known = {
  clientId: string;
  scopes: readonly string[];
  revocationNumber: number;
  expiresAtMilliseconds: number;
  reader: ReaderToken | undefined;
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
 * and the client have. Throws `token_is_invalid` for every other token, `scope_is_missing` for a reader's.
 */
export function createTokenVerifier(context: Context): (token: string) => Promise<Client> {
  const look = createTokenReader(context);
  return async (token) => {
    const known = await look(token);
    const client = await clientOf(context, known);
    if (known.reader) throw new Problem('scope_is_missing', { detail: 'This is for clients, not readers.' });
    if (known.client !== client || known.caller === undefined) {
      known.client = client;
      known.caller = narrow(client, known.scopes);
    }
    return known.caller;
  };
}

/**
 * The same for the token of a reader. Whether the account is open, and nothing that the token follows from
 * has ended, is asked of the database on every use.
 */
export function createReaderVerifier(
  context: Context & { readers: ReaderDirectory },
): (token: string) => Promise<VerifiedReader> {
  const look = createTokenReader(context);
  return async (token) => {
    const { reader, ...known } = await look(token);
    const client = await clientOf(context, known);
    if (!reader) throw new Problem('scope_is_missing', { detail: 'This is for readers, not clients.' });
    const { publisherId } = client.publisher;
    const found = await context.readers.findReader({ publisherId, ...reader });
    if (!found) throw refusal('The reader has logged out, or the login was ended.');
    const { uniqueUserId, strength } = reader;
    const { accountId } = found;
    // Scopes played no role at the original, whose clients may ask for a login alone and read as well.
    const scopes = client.profile === 'original' ? [...readerScopes] : known.scopes;
    const user: User = {
      ...client,
      by: { kind: 'user', id: accountId },
      scopes,
      user: { accountId, uniqueUserId, strength },
    };
    return { user, found, token: reader, scopes: known.scopes };
  };
}

/** `scopes` are those that the token was asked for. */
export type VerifiedReader = {
  user: User;
  found: FoundReader;
  token: ReaderToken;
  scopes: readonly string[];
};

/**
 * A token is verified once and then known by its hash; expiry, revocation and whether the client is disabled
 * are looked at on every use.
 */
function createTokenReader(context: Context): (token: string) => Promise<Known> {
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
    return known;
  };
}

async function clientOf(context: Context, known: Omit<Known, 'reader'>): Promise<Client> {
  if (known.expiresAtMilliseconds <= context.clock.now().getTime())
    throw refusal('The access token is expired.');
  const client = await context.publishers.findClient(known.clientId);
  if (client === undefined || !mayHaveTokens(context.mode, client)) throw new Problem('token_is_invalid');
  if (client.revocationNumber !== known.revocationNumber) throw refusal('The access token is revoked.');
  return client;
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
    reader: readReader(payload),
    client: undefined,
    caller: undefined,
  };
}

/** Nothing for a client's own token. */
function readReader(payload: JWTPayload): ReaderToken | undefined {
  const { sub: uniqueUserId, jti: tokenId, sid: sessionUid, strength, auth_time: loginSeconds } = payload;
  const family = payload[familyClaim];
  if (family === undefined) return undefined;
  if (typeof family !== 'string' || typeof sessionUid !== 'string' || typeof loginSeconds !== 'number') {
    throw new Problem('token_is_invalid');
  }
  if (uniqueUserId === undefined || tokenId === undefined) throw new Problem('token_is_invalid');
  const shown = strength === 'code' ? 'code' : 'link';
  return { uniqueUserId, loginSeconds, sessionUid, family, tokenId, strength: shown };
}

function refusal(detail: string): Problem {
  return new Problem('token_is_invalid', { detail });
}
