import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { SignJWT, UnsecuredJWT } from 'jose';
import { clientId, publisherId } from '../kit/ids.ts';
import { defaultClientSettings } from './client-settings.ts';
import { demoClientId } from './demo-client.ts';
import { type Client } from './publisher.ts';
import { defaultPublisherSettings } from './publisher-settings.ts';
import { createTokenVerifier } from './verify-access-token.ts';

const publicUrl = 'https://orders.example.no';
const own = generateKeyPairSync('ed25519').privateKey;
const foreign = generateKeyPairSync('ed25519').privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const now = new Date('2026-11-23T12:00:00Z');
const seconds = now.getTime() / 1000;

const client: Client = {
  clientId: clientId('no.site'),
  by: { kind: 'client', id: 'no.site' },
  publisher: {
    publisherId: publisherId(1),
    name: 'Avis',
    timeZone: 'Europe/Oslo',
    country: 'NO',
    currency: 'NOK',
    locale: 'nb',
    ownerEmail: '',
    settings: defaultPublisherSettings,
  },
  name: 'Site',
  profile: 'original',
  scopes: ['orders:read', 'orders:write'],
  returnAddresses: [],
  settings: defaultClientSettings,
  revocationNumber: 3,
  isDisabled: false,
};

function verifierOf(
  found: () => Client | undefined,
  at: () => Date = () => now,
  mode: 'sandbox' | 'live' = 'sandbox',
) {
  const publicKeys = new Map([['k1', createPublicKey(own)]]);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: '', d: '', kid: 'k1', alg: 'EdDSA', use: 'sig' } as const;
  const keys = { signing: jwk, all: [jwk], publicKeys, idTokenKeys: new Map() };
  return createTokenVerifier({
    mode,
    publicUrl,
    clock: { now: at },
    keyRing: { keys: () => keys, keysWith: () => Promise.resolve(keys) },
    publishers: {
      findClient: () => Promise.resolve(found()),
      findPublisher: () => Promise.resolve(undefined),
      findOnlyPublisher: () => Promise.resolve(undefined),
      findSecrets: () => Promise.resolve([]),
      refresh: () => Promise.resolve(),
    },
  });
}

const goodClaims = {
  iss: `${publicUrl}/user`,
  aud: `${publicUrl}/capi`,
  client_id: 'no.site',
  scope: 'orders:read orders:write',
  rev: 3,
  exp: seconds + 60,
};
const goodHeader = { alg: 'EdDSA', typ: 'at+jwt', kid: 'k1' };

function sign(claims: object, header: object = {}, key: KeyObject = own): Promise<string> {
  return new SignJWT({ ...goodClaims, ...claims }).setProtectedHeader({ ...goodHeader, ...header }).sign(key);
}

test('a good token is its client, the same object each time', async () => {
  const verify = verifierOf(() => client);
  const token = await sign({});
  assert.equal(await verify(token), client);
  assert.equal(await verify(token), client);
});

test('a caller has the scopes that both the token and the client have', async () => {
  const verify = verifierOf(() => client);
  const caller = await verify(await sign({ scope: 'orders:read cases:admin' }));
  assert.deepEqual(caller.scopes, ['orders:read']);
});

const bad: [string, () => Promise<string>][] = [
  ['a foreign signature', () => sign({}, {}, foreign)],
  ['another algorithm', () => sign({}, { alg: 'RS256' }, rsa)],
  ['another type', () => sign({}, { typ: 'JWT' })],
  ['an unknown key', () => sign({}, { kid: 'k2' })],
  ['another issuer', () => sign({ iss: 'https://other.no/user' })],
  ['another audience', () => sign({ aud: 'https://other.no/capi' })],
  ['an end in the past', () => sign({ exp: seconds })],
  ['no end', () => sign({ exp: undefined })],
  ['no client', () => sign({ client_id: undefined })],
  ['an older revocation number', () => sign({ rev: 2 })],
  ['a revocation number of another type', () => sign({ rev: '3' })],
  ['no signature at all', () => Promise.resolve(new UnsecuredJWT(goodClaims).encode())],
  ['no token', () => Promise.resolve('x')],
  ['a token that is too long', () => sign({ padding: 'x'.repeat(5000) })],
  ['a changed payload', async () => changePayload(await sign({}))],
];

function changePayload(token: string): string {
  const [header, , signature] = token.split('.');
  const payload = Buffer.from(JSON.stringify({ ...goodClaims, exp: seconds + 999 })).toString('base64url');
  return `${header}.${payload}.${signature}`;
}

for (const [name, make] of bad) {
  test(`refused: ${name}`, async () => {
    await assert.rejects(verifierOf(() => client)(await make()), { code: 'token_is_invalid' });
  });
}

test('a client that is disabled is refused at once, and answers again when it is enabled', async () => {
  let found: Client = client;
  const verify = verifierOf(() => found);
  const token = await sign({});
  await verify(token);
  found = { ...client, isDisabled: true };
  await assert.rejects(verify(token), { code: 'token_is_invalid' });
  found = client;
  await verify(token);
});

test('a token of the demo client, whose secret everybody knows, is worth nothing where money is real', async () => {
  const demo: Client = { ...client, clientId: clientId(demoClientId) };
  const token = await sign({ client_id: demoClientId });
  assert.equal((await verifierOf(() => demo)(token)).clientId, demoClientId);
  const live = verifierOf(
    () => demo,
    () => now,
    'live',
  );
  await assert.rejects(live(token), { code: 'token_is_invalid' });
});

test('a token that is known is looked at again: its end, its client, the revocation', async () => {
  let found: Client | undefined = client;
  let at = now;
  const verify = verifierOf(
    () => found,
    () => at,
  );
  const token = await sign({});
  await verify(token);
  found = { ...client, revocationNumber: 4 };
  await assert.rejects(verify(token), { code: 'token_is_invalid' });
  found = undefined;
  await assert.rejects(verify(token), { code: 'token_is_invalid' });
  found = { ...client, scopes: ['orders:read'] };
  assert.deepEqual((await verify(token)).scopes, ['orders:read']);
  at = new Date(goodClaims.exp * 1000);
  await assert.rejects(verify(token), { code: 'token_is_invalid' });
});

test("a reader's token is none of the client's, and a client named like a reader is no reader", async () => {
  const reader = {
    sub: 'a'.repeat(32),
    jti: 'j',
    sid: 's',
    family: 'f',
    auth_time: seconds,
    strength: 'code',
  };
  const verify = verifierOf(() => client);
  await assert.rejects(verify(await sign(reader)), { code: 'scope_is_missing' });
  assert.equal(await verify(await sign({ sub: reader.sub, strength: 'code' })), client);
  const missing = ['sub', 'jti', 'sid', 'auth_time'] as const;
  for (const name of missing) {
    const { [name]: _left, ...others } = reader;
    await assert.rejects(verify(await sign(others)), { code: 'token_is_invalid' }, name);
  }
});
