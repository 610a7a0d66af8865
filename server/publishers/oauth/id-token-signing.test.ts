import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { openTestReader, type TestReader } from '../../testing/readers.ts';

let place: TestReader;
let kari: string;
before(async () => {
  place = await openTestReader();
  kari = await place.logIn('kari@example.com');
});
after(() => place.close());

async function algorithmOf(site: TestReader['sites']['strict']): Promise<string | undefined> {
  const { id_token: token = '' } = await place.tokens(site, kari);
  const keys = createLocalJWKSet((await place.visit('/user/oauth/jwks')).json());
  const { payload } = await jwtVerify(token, keys, { audience: site.clientId });
  assert.ok(payload.sub);
  return decodeProtectedHeader(token).alg;
}

// OpenID Connect Core, 15.1: RS256 of every server; Discovery, 3: it must be named.
test('an id_token is signed by RS256, and by EdDSA for a client that asks for it', async () => {
  for (const site of [place.sites.original, place.sites.strict])
    assert.equal(await algorithmOf(site), 'RS256');
  await place.rows(
    `UPDATE clients SET settings = settings || '{"idTokenSignedResponseAlg": "EdDSA"}' WHERE client_id = $1`,
    [place.sites.strict.clientId],
  );
  await place.context.publishers.refresh();
  assert.equal(await algorithmOf(place.sites.strict), 'EdDSA');
  assert.equal(await algorithmOf(place.sites.original), 'RS256');
});

test('discovery names both, and the keys are of 2,048 bits or of Ed25519', async () => {
  const told = (await place.visit('/user/.well-known/openid-configuration')).json();
  assert.deepEqual(told.id_token_signing_alg_values_supported, ['RS256', 'EdDSA']);
  const { keys } = (await place.visit('/user/oauth/jwks')).json();
  const shown = keys.map((key: Record<string, string>) => [
    key['alg'],
    key['crv'] ?? Buffer.from(key['n'] ?? '', 'base64url').length * 8,
    'd' in key,
  ]);
  assert.deepEqual(shown, [
    ['EdDSA', 'Ed25519', false],
    ['RS256', 2048, false],
  ]);
});

test('an access token is signed by EdDSA for everybody', async () => {
  for (const site of [place.sites.original, place.sites.strict]) {
    const { access_token: token } = await place.tokens(site, kari);
    assert.deepEqual(
      [decodeProtectedHeader(token).alg, decodeProtectedHeader(token).typ],
      ['EdDSA', 'at+jwt'],
    );
  }
});
