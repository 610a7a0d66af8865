import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { orderOf } from '../../testing/money-node.ts';
import { complete, register } from '../../testing/node.ts';
import { openPagePayments, type PagePayments } from '../../testing/page-payments.ts';
import { sweepUnattachedPayments } from './sweep-unattached-payments.ts';

let fixture: PagePayments;
let node: PagePayments['node'];
before(async () => {
  fixture = await openPagePayments();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

/** An order that was paid on a page, and that its provider knows otherwise when it is completed. */
async function paidOnPage(knows: object): Promise<{ orderId: number; reference: string }> {
  const { told, reference } = await fixture.paid();
  const orderId = await register(node, orderOf([100], told.order));
  fixture.provider.put(reference, knows);
  return { orderId: await mismatched(orderId), reference };
}

/** The same of an order that its site says was paid elsewhere. */
async function paidElsewhere(
  knows: object | undefined,
  id = randomUUID() as string,
): Promise<{ orderId: number; reference: string }> {
  if (knows) fixture.provider.put(id, knows);
  const info = { prepaid: true, paymentInfoNexi: { transactionId: id } };
  return { orderId: await mismatched(await register(node, orderOf([100], info))), reference: id };
}

async function mismatched(orderId: number): Promise<number> {
  await complete(node, orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['prepayment mismatch open']);
  return orderId;
}

const accessOf = async (orderId: number) =>
  (
    await node.rows<{ is_open: boolean }>(
      'SELECT revoked_at IS NULL AS is_open FROM grants WHERE order_id = $1',
      [orderId],
    )
  )[0]?.is_open;

const paymentOf = async (orderId: number) =>
  (await fixture.show(orderId))['payment'] as { captured: number; refunded: number } | null;

for (const [where, begin] of [
  ['on a page', paidOnPage],
  ['elsewhere', paidElsewhere],
] as const) {
  test(`paid ${where}: what the provider holds pays the order as it stands, and can be refunded`, async () => {
    const { orderId, reference } = await begin({ authorizedMinor: 11_000 });
    await fixture.resolve(orderId, 'paid');
    await node.runJobs();
    const books = await fixture.booksOf(orderId);
    assert.deepEqual([books.reference, books.authorized, books.captured], [reference, 11_000, 10_000]);
    assert.equal((await fixture.refund(orderId, { amount: 25 })).status, 202);
    await node.runJobs();
    const { refundedMinor = 0, cancelledMinor = 0 } = fixture.provider.moneyOf(reference) ?? {};
    assert.deepEqual([refundedMinor, cancelledMinor], [1500, 1000]);
    assert.deepEqual(await fixture.caseStates(orderId), ['prepayment mismatch resolved']);
  });

  test(`paid ${where}: a provider that still knows of no money opens the case again`, async () => {
    const { orderId } = await begin({ authorizedMinor: 9000 });
    fixture.provider.goDown(true);
    await fixture.resolve(orderId, 'paid');
    await node.runJobs();
    await fixture.waitOut();
    const states = ['prepayment mismatch resolved', 'prepayment mismatch open'];
    assert.deepEqual(await fixture.caseStates(orderId), states);
  });

  test(`given back ${where}: booked both ways, moved by nobody else, and access ends`, async () => {
    const { orderId } = await begin({ authorizedMinor: 11_000, capturedMinor: 11_000 });
    await fixture.resolve(orderId, 'given_back');
    await node.runJobs();
    const payment = await paymentOf(orderId);
    assert.ok(payment && payment.captured > 0);
    assert.equal(payment.refunded, payment.captured);
    assert.equal(await accessOf(orderId), false);
    assert.equal((await fixture.show(orderId))['state'], 'completed');
    assert.equal(fixture.provider.calls.length, 0);
    assert.equal((await fixture.refund(orderId)).body['code'], 'nothing_to_refund');
  });

  test(`what was paid ${where} may not be called unpaid: that would change nothing`, async () => {
    const { orderId } = await begin({ authorizedMinor: 9000 });
    const [open] = await fixture.casesOf(orderId);
    const answer = { outcome: 'not_paid', evidence: 'looked' };
    const reply = await node.post(`/capi/v1/client/cases/${open?.case_id}/resolve`, answer);
    assert.deepEqual([reply.status, reply.body['code']], [409, 'case_outcome_does_not_fit']);
  });
}

test('given back on a page: what is only reserved is released', async () => {
  const { orderId, reference } = await paidOnPage({ authorizedMinor: 11_000 });
  await fixture.resolve(orderId, 'given_back');
  await node.runJobs();
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 11_000);
  assert.equal(await accessOf(orderId), false);
});

test('given back elsewhere: transactions whose names end alike are each booked', async () => {
  const tail = randomUUID().slice(1);
  for (const first of ['x', 'y']) {
    const { orderId } = await paidElsewhere(undefined, first + tail);
    await fixture.resolve(orderId, 'given_back');
    assert.deepEqual(await paymentOf(orderId).then((all) => [all?.captured, all?.refunded]), [100, 100]);
  }
});

test('dismissed on a page: the provider is asked again a day later, and what fits by then is taken', async () => {
  const { orderId, reference } = await paidOnPage({ authorizedMinor: 11_000 });
  await fixture.resolve(orderId, 'dismissed');
  fixture.provider.put(reference, { authorizedMinor: 10_000 });
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 0);
  await node.advance(86_401);
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 10_000);
  assert.deepEqual(await fixture.caseStates(orderId), ['prepayment mismatch resolved']);
});
