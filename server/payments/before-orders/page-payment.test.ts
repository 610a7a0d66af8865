import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { orderOf } from '../../testing/money-node.ts';
import { complete, register } from '../../testing/node.ts';
import { openPagePayments, type PagePayments, resultIn } from '../../testing/page-payments.ts';
import { resolveSoon } from '../charging/resolve-attempt.ts';
import { sweepOpenPayments } from '../charging/sweep-open-payments.ts';
import type { Started } from '../port/provider-answer.ts';
import { sweepUnattachedPayments } from './sweep-unattached-payments.ts';

let fixture: PagePayments;
let node: PagePayments['node'];

before(async () => {
  fixture = await openPagePayments();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => {
  fixture.provider.reset();
  fixture.starts.willStart = undefined;
});

const day = 86_400;
const nothing = { authorizedMinor: 0 };
const stateOf = (reference: string) => fixture.stateOf(reference);
const begin = () => fixture.begin();
const paid = (money?: object) => fixture.paid(money);
const open: PagePayments['open'] = (...call) => fixture.open(...call);

async function settle(afterSeconds = 0): Promise<void> {
  await node.advance(afterSeconds);
  await sweepUnattachedPayments(node.context);
  await sweepOpenPayments(node.context);
  await node.runJobs();
}

async function resolve(outcome: string): Promise<void> {
  const [open] = await fixture.openCases();
  const answer = { outcome, evidence: 'looked at the provider' };
  const reply = await node.post(`/capi/v1/client/cases/${open?.caseId}/resolve`, answer);
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
}

test('many who come back at once are told the same, to the letter', async () => {
  const { reference, back } = await begin();
  fixture.provider.put(reference, { authorizedMinor: 10_000 });
  const replies = await Promise.all(Array.from({ length: 20 }, () => open(back)));
  const locations = new Set(replies.map((reply) => reply.headers.location));
  assert.equal(locations.size, 1);
  const [location] = locations;
  assert.equal(resultIn(location).status, 'success');
  await node.advance(3600);
  assert.equal((await open(back)).headers.location, location);
});

test('HEAD and a browser that fetches ahead ask nobody', async () => {
  const { reference, back } = await begin();
  fixture.provider.put(reference, { authorizedMinor: 10_000 });
  assert.equal((await open(back, {}, 'HEAD')).statusCode, 200);
  assert.equal((await open(back, { 'sec-purpose': 'prefetch' })).statusCode, 503);
  assert.equal(await stateOf(reference), 'open');
  assert.equal((await open('/capi/mcpay/back/nobody')).statusCode, 404);
});

const starts: [string, () => Started, string][] = [
  ['refuses', () => ({ kind: 'refused', code: 'no', reason: 'declined', raw: '' }), 'payment_declined'],
  ['is not reached', () => ({ kind: 'not sent', code: 'down' }), 'temporarily_unavailable'],
  ['may have heard', () => ({ kind: 'unknown', code: 'lost', raw: '' }), 'temporarily_unavailable'],
  [
    'answers a snippet',
    () => ({ kind: 'started', providerId: 'x', buyer: { to: 'snippet', html: '', origins: [] }, raw: '' }),
    'temporarily_unavailable',
  ],
  [
    'answers a script',
    () => ({ kind: 'started', providerId: 'x', buyer: { to: 'address', url: 'javascript:1' }, raw: '' }),
    'temporarily_unavailable',
  ],
];

for (const [what, answer, code] of starts) {
  test(`a provider that ${what} ends the payment, and nobody is sent there`, async () => {
    fixture.starts.willStart = answer;
    const { location, reference } = await begin();
    assert.deepEqual([resultIn(location).status, resultIn(location).code], ['error', code]);
    assert.equal(await stateOf(reference), code === 'payment_declined' ? 'declined' : 'discarded');
  });
}

test('a session whose answer was never written is dropped, as nobody was sent to it', async () => {
  fixture.starts.willStart = () => {
    throw new Error('the node died');
  };
  const { reference } = await begin();
  assert.equal(await stateOf(reference), 'open');
  await settle(1801);
  assert.equal(await stateOf(reference), 'discarded');
});

test('another amount than was asked for is not signed, and goes back', async () => {
  const { told, reference } = await paid({ authorizedMinor: 9000 });
  assert.deepEqual([told.status, told.code], ['error', 'payment_result_differs']);
  await settle(day + 601);
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 9000);
  assert.equal(await stateOf(reference), 'given back');
});

test('money that came after all is found when it is asked about again, and goes back unless it is used', async () => {
  const { reference } = await begin();
  fixture.provider.put(reference, nothing);
  const [row] = await node.rows<{ attempt_id: number }>(
    `UPDATE payment_attempts SET state = 'expired', ended_at = leveret_now() WHERE reference = $1
     RETURNING attempt_id`,
    [reference],
  );
  fixture.provider.put(reference, { authorizedMinor: 10_000, capturedMinor: 10_000 });
  const { publisherId } = node.client.publisher;
  await node.context.database.transaction('test', (transaction) =>
    resolveSoon(transaction, [{ publisherId, attemptId: row?.attempt_id ?? 0 }]),
  );
  await node.runJobs();
  assert.equal(await stateOf(reference), 'secured');
  await settle(day + 601);
  assert.equal(fixture.provider.moneyOf(reference)?.refundedMinor, 10_000);
  assert.equal(await stateOf(reference), 'given back');
});

test('an order uses it once, by our own reference, and captures what is reserved', async () => {
  const { told, reference } = await paid();
  const reply = await node.post('/capi/v1/client/order', orderOf([100], told.order));
  assert.deepEqual([reply.status, reply.body['warnings']], [200, []]);
  const orderId = Number(reply.body['orderId']);
  await complete(node, orderId);
  await node.runJobs();
  const books = await fixture.booksOf(orderId);
  assert.deepEqual([books.reference, books.captured], [reference, 10_000]);
  assert.equal(await stateOf(reference), 'of an order');
  assert.equal((await fixture.refund(orderId)).status, 202);
  await settle(2 * day);
  assert.equal(fixture.provider.moneyOf(reference)?.refundedMinor, 10_000);
  assert.deepEqual(await fixture.casesOf(orderId), []);
});

test('an answer that is lost while giving back moves the money once', async () => {
  const { reference } = await paid({ authorizedMinor: 10_000, capturedMinor: 10_000 });
  fixture.provider.willAnswer('refund', 'lost');
  await settle(day + 601);
  assert.equal(await stateOf(reference), 'going back');
  await settle(10);
  assert.equal(await stateOf(reference), 'given back');
  assert.equal(fixture.provider.moneyOf(reference)?.refundedMinor, 10_000);
});

test('what the provider refuses to give back is a case without an order, until a person has done it', async () => {
  const { reference, back } = await paid({ authorizedMinor: 10_000, capturedMinor: 10_000 });
  fixture.provider.willAnswer('refund', 'refused');
  await settle(day + 601);
  assert.deepEqual(
    (await fixture.openCases()).map(({ kind, orderId }) => [kind, orderId]),
    [['refund failed', null]],
  );
  await settle(2 * day);
  assert.equal(fixture.provider.calls.length, 1, 'nobody tries again by himself');
  assert.equal(resultIn((await open(back)).headers.location).code, 'payment_result_is_expired');
  await resolve('given_back');
  assert.deepEqual(await fixture.openCases(), []);
  assert.equal(await stateOf(reference), 'given back');
});

test('a provider that stays away becomes a case when the plan is over, and is tried again when told to', async () => {
  const { reference } = await paid();
  fixture.provider.goDown(true);
  await settle(day + 601);
  assert.deepEqual(await fixture.openCases(), []);
  await fixture.waitOut();
  assert.deepEqual(
    (await fixture.openCases()).map(({ kind }) => kind),
    ['release failed'],
  );
  fixture.provider.goDown(false);
  await resolve('again');
  await node.runJobs();
  assert.equal(await stateOf(reference), 'given back');
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 10_000);
});

test('what nobody can tell of when the window is over is asked about on, and then a case', async () => {
  const { reference } = await begin();
  fixture.provider.put(reference, nothing);
  await node.advance(1801);
  for (let days = 0; days < 9; days += 1) await settle(day);
  assert.deepEqual(
    (await fixture.openCases()).map(({ kind }) => kind),
    ['attempt unresolved'],
  );
  await resolve('not_paid');
  assert.equal(await stateOf(reference), 'declined');
});

test('nothing goes back while an order that stands has it, be it completed or not', async () => {
  const { told, reference } = await paid();
  const orderId = await register(node, orderOf([100], told.order));
  await settle(2 * day);
  assert.equal(await stateOf(reference), 'of an order');
  await complete(node, orderId);
  await node.runJobs();
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 0);
});

test('what a completed order has is taken even after its job was given up', async () => {
  const { told, reference } = await paid();
  const orderId = await register(node, orderOf([100], told.order));
  await complete(node, orderId);
  await node.rows("DELETE FROM jobs WHERE name = 'confirm-prepayment' RETURNING job_id");
  await settle();
  assert.deepEqual(
    [(await fixture.booksOf(orderId)).reference, (await fixture.booksOf(orderId)).captured],
    [reference, 10_000],
  );
});

test('an account that cannot be used for a while does not have the money forgotten', async () => {
  const { told, reference } = await paid();
  const orderId = await register(node, orderOf([100], told.order));
  const { findByAdapter } = node.context.methods;
  node.context.methods.findByAdapter = () => undefined;
  await complete(node, orderId);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 0);
  node.context.methods.findByAdapter = findByAdapter;
  await node.advance(3);
  await node.runJobs();
  assert.deepEqual(
    [(await fixture.booksOf(orderId)).reference, (await fixture.booksOf(orderId)).captured],
    [reference, 10_000],
  );
});

test('what the provider says otherwise when the order completes is kept, and moves no money', async () => {
  const { told, reference } = await paid();
  const orderId = await register(node, orderOf([100], told.order));
  fixture.provider.put(reference, { authorizedMinor: 10_000, cancelledMinor: 10_000 });
  await complete(node, orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['prepayment mismatch open']);
  assert.equal((await fixture.booksOf(orderId)).cancelled, 10_000);
  assert.equal((await fixture.refund(orderId)).body['code'], 'refund_by_hand');
  await settle(2 * day);
  assert.equal(fixture.provider.calls.length, 0);
  assert.deepEqual(await fixture.caseStates(orderId), ['prepayment mismatch open']);
});

test('what a person found to have gone back pays no order, and what is reserved of it is released', async () => {
  const { reference, back } = await begin();
  fixture.provider.put(reference, nothing);
  await node.advance(1801);
  for (let days = 0; days < 9; days += 1) await settle(day);
  fixture.provider.put(reference, { authorizedMinor: 10_000 });
  await resolve('given_back');
  assert.equal(resultIn((await open(back)).headers.location).code, 'payment_result_is_expired');
  await node.runJobs();
  assert.equal(await stateOf(reference), 'given back');
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 10_000);
});

test('what a person gave back of an order that was left goes back no second time', async () => {
  const { told, reference } = await paid({ authorizedMinor: 10_000, capturedMinor: 10_000 });
  const orderId = await register(node, orderOf([100], told.order));
  const { publisherId } = node.client.publisher;
  const left = { name: 'attention needed', kind: 'prepaid order left', publisherId, orderId };
  await node.context.database.transaction('left', (transaction) => transaction.report([left]));
  const { body } = await node.get(`/capi/v1/client/cases?orderId=${orderId}`);
  const [{ caseId }] = body['cases'] as [{ caseId: number }];
  const answer = { outcome: 'given_back', evidence: 'by transfer' };
  assert.equal((await node.post(`/capi/v1/client/cases/${caseId}/resolve`, answer)).status, 200);
  assert.equal((await fixture.show(orderId))['state'], 'stopped');
  await settle(2 * day);
  assert.equal(fixture.provider.calls.length, 0);
  assert.equal(await stateOf(reference), 'given back');
});

test('an account is kept as long as a payment on a page may need it', async () => {
  await paid();
  const path = '/capi/v1/client/payment-methods/test-reserving/default';
  assert.equal((await node.delete(path)).body['code'], 'merchant_is_in_use');
  await settle(day + 601);
  assert.equal((await node.delete(path)).status, 200);
});
