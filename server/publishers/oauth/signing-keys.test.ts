import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { advanceClock } from '../../database/clock.ts';
import { basic, startTestNode, startTestOauth } from '../../testing/oauth.ts';
import { createTestPublisher } from '../../testing/publisher.ts';
import { rotateSigningKey } from '../rotate-signing-key.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const grant = 'grant_type=client_credentials';

type Node = Pick<Awaited<ReturnType<typeof startTestOauth>>, 'app'>;

function me(token: string, at: Node) {
  return at.app.inject({ url: '/capi/me', headers: { authorization: `Bearer ${token}` } });
}

test('a new signing key is shown a day before it signs, and the old one verifies to the end', async () => {
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
    const keyIds = async () =>
      (await own.app.inject({ url: '/user/oauth/jwks' })).json().keys.map((key: { kid: string }) => key.kid);
    const [first] = await keyIds();
    const second = await rotateSigningKey(own);
    await hours(23);
    assert.deepEqual(await keyIds(), [first, second]);
    const old = await get();
    assert.equal(decodeProtectedHeader(old).kid, first);
    await hours(2);
    assert.equal(decodeProtectedHeader(await get()).kid, second);
    assert.equal((await me(old, own)).statusCode, 200);
    await hours(13);
    assert.deepEqual(await keyIds(), [second]);
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
    const keyId = await rotateSigningKey(own, 'now');
    for (const { passMilliseconds } of [own, other]) passMilliseconds(5001);
    for (const node of nodes) {
      assert.equal((await me(leaked, node)).statusCode, 401);
      const jwks = await node.app.inject({ url: '/user/oauth/jwks' });
      assert.deepEqual(
        jwks.json().keys.map(({ kid }: { kid: string }) => kid),
        [keyId],
      );
      const fresh = await get(node);
      assert.equal(decodeProtectedHeader(fresh).kid, keyId);
      for (const at of nodes) assert.equal((await me(fresh, at)).statusCode, 200);
    }
  } finally {
    await other.close();
    await own.close();
  }
});

test('many nodes that start at once have one key between them', async () => {
  const own = await startTestOauth();
  const nodes = await Promise.all(Array.from({ length: 4 }, () => startTestNode(own.shared)));
  try {
    const sets = await Promise.all(
      [own, ...nodes].map(async ({ app }) => (await app.inject({ url: '/user/oauth/jwks' })).body),
    );
    assert.equal(new Set(sets).size, 1);
  } finally {
    for (const started of nodes) await started.close();
    await own.close();
  }
});
