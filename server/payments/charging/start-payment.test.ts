import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Job } from '../../kit/work-queue/work.ts';
import { complete, openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';
import { createMethodDirectory } from '../merchants/find-method.ts';
import { saveMethodSettings } from '../merchants/save-method-settings.ts';
import { linkMobilitySms } from '../methods/link-mobility-sms/method.ts';
import { startPaymentJob } from './start-payment.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());
beforeEach(() => node.link.reset());

const attemptsOf = (orderId: number) =>
  node.rows<{ state: string; reference: string; merchant_id: string }>(
    'SELECT state, reference, merchant_id FROM payment_attempts WHERE order_id = $1 ORDER BY attempt_id',
    [orderId],
  );
const stateOf = async (orderId: number) => {
  const { body } = await node.get(`/capi/v1/client/order/${orderId}`);
  return [body['state'], body['stoppedReason']];
};

async function begin(changes: object = {}): Promise<number> {
  const orderId = await register(node, smsOrder('+4790000001', changes));
  assert.equal((await complete(node, orderId)).body['fulfillmentStatus'], 'OK');
  return orderId;
}

test('one charge: short number, silent, with the window as validity and our reference', async () => {
  const orderId = await begin();
  await node.runJobs();
  const [attempt] = await attemptsOf(orderId);
  const [sms] = node.link.sent;
  assert.equal(node.link.sent.length, 1);
  assert.equal(attempt?.state, 'pending');
  assert.equal(sms?.refId, attempt?.reference);
  assert.match(sms?.refId ?? '', /^[a-z][a-z0-9]{25}$/);
  assert.equal(sms?.['tariff'], 14_900);
  assert.equal(sms?.['ignoreResponse'], false);
  assert.ok(Number(sms?.['relativeValidityTime']) <= 30 * 60_000);
  assert.ok(Number(sms?.['relativeValidityTime']) > 29 * 60_000);
});

test('a lost answer is unknown and is never followed by a second charge', async () => {
  const orderId = await begin();
  node.link.willAnswer('lost');
  await node.runJobs();
  await node.advance(20 * 60);
  await node.runJobs();
  assert.equal(node.link.sent.length, 1);
  assert.deepEqual(
    (await attemptsOf(orderId)).map((one) => one.state),
    ['unknown'],
  );
  assert.deepEqual(await stateOf(orderId), ['paying', null]);
});

test('a runner that was overtaken between intent and claim does not charge', async () => {
  const orderId = await begin();
  const [row] = await node.rows<{ job_id: number; arguments: Job['arguments'] }>(
    "SELECT job_id, arguments FROM jobs WHERE name = 'start-payment' AND key = $1",
    [String(orderId)],
  );
  assert.ok(row);
  const job = { jobId: row.job_id, name: 'start-payment', lane: 'x', arguments: row.arguments, failures: 0 };
  const isHeld = async () => {
    await startPaymentJob.run(node.context, { ...job, isHeld: () => Promise.resolve(true) });
    return true;
  };
  assert.deepEqual(await startPaymentJob.run(node.context, { ...job, isHeld }), { kind: 'done' });
  assert.equal(node.link.sent.length, 1);
  assert.deepEqual(
    (await attemptsOf(orderId)).map((one) => one.state),
    ['pending'],
  );
});

test('an answer of 500, or one without an id, is unknown too', async () => {
  const orders = [await begin(), await begin()];
  node.link.willAnswer('failing', 'noId');
  await node.runJobs();
  for (const orderId of orders) assert.equal((await attemptsOf(orderId))[0]?.state, 'unknown');
});

test('what surely was not taken is tried again as a new attempt with a new reference', async () => {
  const orderId = await begin();
  node.link.willAnswer('tooMany');
  await node.runJobs();
  await node.advance(10);
  await node.runJobs();
  const attempts = await attemptsOf(orderId);
  assert.deepEqual(
    attempts.map((one) => one.state),
    ['discarded', 'pending'],
  );
  assert.equal(new Set(node.link.sent.map((one) => one.refId)).size, 2);
});

test('a charge that the gateway refuses stops the order', async () => {
  const orderId = await begin();
  node.link.willAnswer('refused');
  await node.runJobs();
  assert.deepEqual(await stateOf(orderId), ['stopped', 'payment_failed']);
});

test('retries end with the payment window, and the order stops', async () => {
  const orderId = await begin();
  for (let tries = 0; tries < 5; tries += 1) {
    node.link.willAnswer('tooMany');
    await node.runJobs();
    await node.advance(600);
  }
  await node.runJobs();
  assert.deepEqual(await stateOf(orderId), ['stopped', 'payment_failed']);
  assert.deepEqual([...new Set((await attemptsOf(orderId)).map((one) => one.state))], ['discarded']);
});

test('an order whose window passed before any node could charge stops, and nobody is charged', async () => {
  const orderId = await begin();
  await node.advance(31 * 60);
  await node.runJobs();
  assert.equal(node.link.sent.length, 0);
  assert.deepEqual(await stateOf(orderId), ['stopped', 'payment_failed']);
});

test('an attempt that was written and never sent does not stay open when its window is over', async () => {
  const orderId = await begin();
  node.link.willAnswer('tooMany');
  await node.runJobs();
  // What a node leaves that dies between writing the attempt and claiming its call.
  await node.rows(
    `INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token,
      state, created_at)
     SELECT payment_id, publisher_id, order_id, 'link-mobility-sms', 'p' || order_id, 't' || order_id,
       'created', leveret_now()
     FROM payments WHERE order_id = $1 RETURNING attempt_id`,
    [orderId],
  );
  await node.advance(3600);
  await node.runJobs();
  assert.deepEqual(await stateOf(orderId), ['stopped', 'payment_failed']);
  assert.deepEqual(
    (await attemptsOf(orderId)).map((one) => one.state),
    ['discarded', 'discarded'],
  );
});

test('cancelling between two tries takes effect at once, without another charge', async () => {
  const orderId = await begin();
  node.link.willAnswer('tooMany');
  await node.runJobs();
  const cancelled = await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  assert.equal(cancelled.status, 202);
  assert.equal(cancelled.body['state'], 'paying');
  await node.runJobs();
  assert.deepEqual(await stateOf(orderId), ['stopped', 'cancelled']);
  assert.equal(node.link.sent.length, 1);
});

test('a node that died during the call leaves an unknown attempt, and no second charge', async () => {
  const orderId = await begin();
  await node.rows(
    `UPDATE jobs SET run_at = run_at + interval '1 hour' WHERE name = 'start-payment' RETURNING job_id`,
  );
  await node.rows(
    `WITH paid AS (
       INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, window_ends_at,
         created_at)
       SELECT publisher_id, order_id, 'order', 14900, 'NOK', leveret_now() + interval '2 hours', leveret_now()
       FROM orders WHERE order_id = $1 RETURNING *)
     INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token,
       state,
       report_due_at, created_at)
     SELECT payment_id, publisher_id, order_id, 'link-mobility-sms', 'p' || order_id, 't' || order_id, 'sent',
       leveret_now() + interval '2 hours', leveret_now() FROM paid RETURNING attempt_id`,
    [orderId],
  );
  await node.advance(3600);
  await node.runJobs();
  assert.equal((await attemptsOf(orderId))[0]?.state, 'unknown');
  assert.equal(node.link.sent.length, 0);
  assert.equal(await node.report(`p${orderId}`, 1001), 200);
  assert.deepEqual(await stateOf(orderId), ['completed', null]);
});

test('an order may name the account at another adapter, and gets the first one without a name', () => {
  const { publisherId } = node.client.publisher;
  const adapterOf = (merchantId?: string) =>
    node.context.methods.find(publisherId, 'sms', merchantId)?.method.name;
  assert.equal(adapterOf('strex'), 'strex-connect');
  assert.equal(adapterOf(), 'link-mobility-sms');
  assert.equal(adapterOf('somewhere'), undefined);
});

test('where accounts have names, none is charged in place of another', async () => {
  const { publisherId } = node.client.publisher;
  const method = linkMobilitySms;
  const known = node.context.methods.find(publisherId, 'sms');
  assert.ok(known);
  const settings = { ...known.settings, shortNumber: '1234', gateToken: 'n'.repeat(30) };
  await saveMethodSettings(node.context, { publisherId, merchantId: 'north', method }, settings);
  await node.context.methods.refresh();
  const named = await begin({ merchantId: 'north' });
  await node.runJobs();
  assert.equal((await attemptsOf(named))[0]?.merchant_id, 'north');
  assert.equal(node.link.sent[0]?.['source'], '1234');
  const unnamed = await begin();
  await node.runJobs();
  assert.equal((await attemptsOf(unnamed))[0]?.merchant_id, '');
  const south = smsOrder('+4790000001', { merchantId: 'south' });
  const refused = await node.post('/capi/v1/client/order', south);
  assert.deepEqual([refused.status, refused.body['code']], [400, 'payment_method_is_not_configured']);
  // An account that was there when the order was registered, and is gone when it is completed.
  const left = await register(node, smsOrder('+4790000001', { merchantId: 'north' }));
  await node.rows("DELETE FROM payment_method_settings WHERE merchant_id = 'north' RETURNING merchant_id");
  await node.context.methods.refresh();
  const reply = await complete(node, left);
  assert.equal(reply.body['code'], 'payment_method_is_not_configured');
  assert.deepEqual([await stateOf(left), await attemptsOf(left)], [['registered', null], []]);
});

test('an account that another node has just set up is found when an order names it', async () => {
  const { publisherId } = node.client.publisher;
  const known = node.context.methods.find(publisherId, 'sms');
  assert.ok(known);
  const merchant = { publisherId, merchantId: 'new', method: linkMobilitySms };
  const settings = { ...known.settings, gateToken: 'm'.repeat(30) };
  await saveMethodSettings(node.context, merchant, settings);
  assert.equal(node.context.methods.find(publisherId, 'sms', 'new'), undefined);
  await register(node, smsOrder('+4790000001', { merchantId: 'new' }));
});

test('settings that cannot be used are left out, said aloud, and leave the others in use', async () => {
  const { publisherId } = node.client.publisher;
  const said: unknown[] = [];
  const { database, secrets } = node.context;
  await node.rows(
    `INSERT INTO payment_method_settings (publisher_id, adapter, merchant_id, settings)
     VALUES ($1, 'link-mobility-sms', 'broken', '{"shortNumber": "12"}') RETURNING merchant_id`,
    [publisherId],
  );
  const directory = createMethodDirectory(database, secrets.sealing, (error) => said.push(error));
  await directory.refresh();
  const order = {
    publisherId,
    paymentMethod: 'sms',
    merchantId: undefined,
    hasMobile: true,
    currency: 'NOK',
  } as const;
  assert.equal(directory.wayToPay({ ...order, merchantId: 'broken' }), 'none');
  assert.equal(directory.wayToPay(order), 'charge');
  assert.match(String(said[0]), /password is missing/);
});

test('an order whose account lost its settings while it was paying stops, and is told so', async () => {
  const orderId = await begin();
  const rows = await node.rows('DELETE FROM payment_method_settings RETURNING *');
  await node.context.methods.refresh();
  await node.runJobs();
  assert.ok(rows.length > 0);
  assert.deepEqual(await stateOf(orderId), ['stopped', 'payment_failed']);
  assert.equal(node.link.sent.length, 0);
});
