import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deriveSecrets } from '../config/secrets.ts';
import { runOnce } from '../database/idempotency-keys.ts';
import { resealColumn } from '../database/reseal-column.ts';
import { seal } from '../kit/seal.ts';
import { countNodesWithoutKey, createNodePresence } from '../operations/node-presence.ts';
import { provideSecrets } from '../operations/provide-secrets.ts';
import { agreementKey, agreementPlace } from '../payments/ledger/note-beside.ts';
import { createMethodDirectory } from '../payments/merchants/find-method.ts';
import { complete, openTestNode, register, smsOrder, type TestNode } from '../testing/node.ts';
import { sealedColumns } from './rotate-keys.ts';

const formerKey = Buffer.alloc(32, 3);
const newestKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index + 100));
const passwords = { smtpPassword: undefined, linkSmsPassword: undefined };

let node: TestNode;
before(async () => {
  node = await openTestNode();
  await makeOneOfEach();
});
after(() => node.close());

/** One sealed value of every kind, all under the former key. */
async function makeOneOfEach(): Promise<void> {
  await provideSecrets(node.context.database, [formerKey], passwords);
  await node.post(
    '/capi/v1/client/webhooks',
    { url: 'http://127.0.0.1:9/hook' },
    { 'idempotency-key': 'hook' },
  );
  await node.get('/capi/v1/client/callbacks/keys');
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  await node.runJobs();
  await node.rows(
    `INSERT INTO payment_agreements (publisher_id, order_id, attempt_id, adapter, merchant_id, token_sealed,
       token_key, state, created_at)
     SELECT publisher_id, order_id, attempt_id, adapter, '', $1, $2, 'active', leveret_now()
     FROM payment_attempts RETURNING attempt_id`,
    [await sealToken(), agreementKey(node.context.secrets.sealing, 'link-mobility-sms', 'agr_1')],
  );
}

async function sealToken(): Promise<Buffer> {
  const [row] = await node.rows<{ attempt_id: number }>('SELECT attempt_id FROM payment_attempts');
  return seal(node.context.secrets.sealing, agreementPlace(Number(row?.attempt_id)), Buffer.from('agr_1'));
}

const rotate = async (keys: readonly Buffer[]) => {
  const { sealing } = deriveSecrets(formerKey, passwords, keys);
  const results = [];
  for (const { what, column } of sealedColumns) {
    results.push({ what, ...(await resealColumn(node.context.database, sealing, column)) });
  }
  return results;
};

test('every column that holds something sealed is declared', async () => {
  const rows = await node.rows<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND data_type = 'bytea' AND column_name LIKE '%sealed%'
       AND table_name NOT LIKE 'payment_outcomes%'`,
  );
  const declared = new Set(sealedColumns.map(({ column }) => `${column.table}.${column.column}`));
  assert.ok(rows.length >= 5);
  for (const { name } of rows) assert.ok(declared.has(name), name);
});

test('a key that nobody knows is counted, and nothing is changed', async () => {
  const results = await rotate([newestKey]);
  for (const { what, resealed, unopened } of results) {
    assert.equal(resealed, 0, what);
    assert.ok(unopened > 0, what);
  }
});

test('a running node that does not know the newest key is seen', async () => {
  const { database } = node.context;
  const { sealing } = deriveSecrets(formerKey, passwords, [newestKey]);
  const presence = createNodePresence(database, sealing);
  await presence.beat();
  // The test's own node, which gives signs of life by itself, knows the former key.
  const count = () => countNodesWithoutKey(database, node.context.secrets.sealing);
  assert.equal(await count(), 1);
  await presence.leave();
  assert.equal(await count(), 0);
});

test('rotating under reads: every read succeeds, and afterwards the newest key alone opens all', async () => {
  const both = deriveSecrets(formerKey, passwords, [newestKey, formerKey]);
  const errors: unknown[] = [];
  const directory = createMethodDirectory(node.context.database, both.sealing, (error) => errors.push(error));
  const rotation = { isOver: false };
  let reads = 0;
  const reading = (async () => {
    while (!rotation.isOver || reads === 0) {
      await directory.refresh();
      const { publisherId } = node.client.publisher;
      const order = {
        publisherId,
        paymentMethod: 'sms',
        merchantId: undefined,
        hasMobile: true,
        currency: 'NOK',
      } as const;
      assert.equal(directory.wayToPay(order), 'charge');
      reads += 1;
    }
  })();
  const results = await rotate([newestKey, formerKey]);
  rotation.isOver = true;
  await reading;
  assert.deepEqual(errors, []);
  for (const { what, resealed, unopened } of results) {
    assert.ok(resealed > 0, what);
    assert.equal(unopened, 0, what);
  }
  assert.deepEqual(
    (await rotate([newestKey])).map(({ resealed, unopened }) => [resealed, unopened]),
    sealedColumns.map(() => [0, 0]),
  );
});

test('the root stays, so that what was looked up by it is found under the newest key alone', async () => {
  const secrets = await provideSecrets(node.context.database, [newestKey], passwords);
  assert.deepEqual(secrets.credentialHash, node.context.secrets.credentialHash);
  const found = await node.rows('SELECT agreement_id FROM payment_agreements WHERE token_key = $1', [
    agreementKey(secrets.sealing, 'link-mobility-sms', 'agr_1'),
  ]);
  assert.equal(found.length, 1);
  await assert.rejects(provideSecrets(node.context.database, [formerKey], passwords), {
    name: 'OperatorError',
    message: /does not open what stands in the database/,
  });
});

test('a secret reply is repeated after the rotation', async () => {
  const { sealing } = deriveSecrets(formerKey, passwords, [newestKey]);
  const request = {
    clientId: 'no.leveret.demo',
    operation: 'createWebhook',
    key: 'hook',
    bodyText: JSON.stringify({ url: 'http://127.0.0.1:9/hook' }),
    sealing,
  };
  const reply = await node.context.database.transaction('repeat', (transaction) =>
    runOnce(transaction, request, () => Promise.reject(new Error('the work ran again'))),
  );
  assert.match(JSON.stringify(reply.body), /whsec_/);
});

test('a new database gets a root of its own, which no key tells', async () => {
  await node.rows('DELETE FROM sealed_keys RETURNING key_id');
  const made = await provideSecrets(node.context.database, [newestKey], passwords);
  const again = await provideSecrets(node.context.database, [newestKey], passwords);
  assert.deepEqual(made, again);
  assert.notDeepEqual(made.credentialHash, deriveSecrets(newestKey).credentialHash);
});
