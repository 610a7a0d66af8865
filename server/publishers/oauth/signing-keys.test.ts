import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { advanceClock } from '../../database/clock.ts';
import { basic, startTestNode, startTestOauth } from '../../testing/oauth.ts';
import { createTestPublisher } from '../../testing/publisher.ts';
import { rotateSigningKey } from '../rotate-signing-key.ts';
import { provideSigningKeys } from '../signing-keys.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const grant = 'grant_type=client_credentials';

type Node = Pick<Awaited<ReturnType<typeof startTestOauth>>, 'app'>;

function me(token: string, at: Node) {
  return at.app.inject({ url: '/capi/me', headers: { authorization: `Bearer ${token}` } });
}

test('new signing keys are shown a day before they sign, and the old ones verify to the end', async () => {
  const own = await startTestOauth();
  try {
    const client = await createTestPublisher(own.database);
    const headers = { ...form, ...basic(client.clientId, client.secret) };
    const get = async (): Promise<string> =>
      (await own.app.inject({ method: 'POST', url: '/user/oauth/token', headers, payload: grant })).json()
        .access_token;
    const hours = async (count: number) => {
      await advanceClock(own.database, count * 3_600_000);
      await own.publishers.refresh();
      own.passMilliseconds(61_000);
    };
    const keyIds = async (): Promise<string[]> =>
      (await own.app.inject({ url: '/user/oauth/jwks' })).json().keys.map((key: { kid: string }) => key.kid);
    const signing = async () => {
      const { all } = await provideSigningKeys(own);
      return ['EdDSA', 'RS256'].map((algorithm) => all.find(({ alg }) => alg === algorithm)?.kid);
    };
    const [first = '', firstRsa = ''] = await keyIds();
    const [second = '', secondRsa = ''] = await rotateSigningKey(own);
    await hours(23);
    assert.deepEqual(await keyIds(), [first, second, firstRsa, secondRsa]);
    assert.deepEqual(await signing(), [first, firstRsa]);
    const old = await get();
    assert.equal(decodeProtectedHeader(old).kid, first);
    await hours(2);
    assert.deepEqual(await signing(), [second, secondRsa]);
    assert.equal(decodeProtectedHeader(await get()).kid, second);
    assert.equal((await me(old, own)).statusCode, 200);
    await hours(13);
    assert.deepEqual(await keyIds(), [second, secondRsa]);
    assert.equal((await me(await get(), own)).statusCode, 200);
  } finally {
    await own.close();
  }
});

test('a signing key that leaked ends everywhere within five seconds, with all that it signed', async () => {
  const own = await startTestOauth();
  const other = await startTestNode(own.shared);
  try {
    const client = await createTestPublisher(own.database);
    const headers = { ...form, ...basic(client.clientId, client.secret) };
    const get = async (at: { app: typeof own.app }): Promise<string> =>
      (await at.app.inject({ method: 'POST', url: '/user/oauth/token', headers, payload: grant })).json()
        .access_token;
    const nodes = [own, other];
    const leaked = await get(own);
    for (const node of nodes) assert.equal((await me(leaked, node)).statusCode, 200);
    const keyIds = await rotateSigningKey(own, 'now');
    for (const { passMilliseconds } of [own, other]) passMilliseconds(5001);
    for (const node of nodes) {
      assert.equal((await me(leaked, node)).statusCode, 401);
      const jwks = await node.app.inject({ url: '/user/oauth/jwks' });
      assert.deepEqual(
        jwks.json().keys.map(({ kid }: { kid: string }) => kid),
        keyIds,
      );
      const fresh = await get(node);
      assert.equal(decodeProtectedHeader(fresh).kid, keyIds[0]);
      for (const at of nodes) assert.equal((await me(fresh, at)).statusCode, 200);
    }
  } finally {
    await other.close();
    await own.close();
  }
});

test('many nodes that start at once have the same keys between them', async () => {
  const own = await startTestOauth();
  const nodes = await Promise.all(Array.from({ length: 4 }, () => startTestNode(own.shared)));
  try {
    const sets = await Promise.all(
      [own, ...nodes].map(async ({ app }) => (await app.inject({ url: '/user/oauth/jwks' })).body),
    );
    assert.equal(new Set(sets).size, 1);
    assert.equal(JSON.parse(sets[0] ?? '').keys.length, 2);
  } finally {
    for (const started of nodes) await started.close();
    await own.close();
  }
});
