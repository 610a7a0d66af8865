import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { orderOf } from '../../testing/money-node.ts';
import { register } from '../../testing/node.ts';
import { openPagePayments, type PagePayments } from '../../testing/page-payments.ts';
import { sweepUnattachedPayments } from './sweep-unattached-payments.ts';

/** A buyer pays on a page, and withdraws before the order that took the payment is completed. */

let fixture: PagePayments;
let node: PagePayments['node'];
before(async () => {
  fixture = await openPagePayments();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

const withdraw = (orderId: number) =>
  node.post(`/capi/v1/client/order/${orderId}/withdrawal`, { name: 'Kari Nordmann' });

const casesAbout = async (reference: string) =>
  (
    await node.rows<{ kind: string }>(
      'SELECT kind FROM cases JOIN payment_attempts USING (attempt_id) WHERE reference = $1',
      [reference],
    )
  ).map(({ kind }) => kind);

test('a release that the provider refuses after a withdrawal becomes a case, once', async () => {
  const { told, reference } = await fixture.paid();
  const orderId = await register(node, orderOf([100], told.order));
  fixture.provider.willAnswer('cancel', 'refused');
  await withdraw(orderId);
  await node.runJobs();
  assert.deepEqual(await casesAbout(reference), ['release failed']);
  await node.advance(86_400 + 601);
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
  assert.deepEqual(await casesAbout(reference), ['release failed']);
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 0);
});

for (const [held, kind] of [
  [{ authorizedMinor: 10_000 }, 'cancel'],
  [{ authorizedMinor: 10_000, capturedMinor: 10_000 }, 'refund'],
] as const) {
  test(`paid on a page, registered and withdrawn from: one ${kind}, by nobody else`, async () => {
    const { told, reference } = await fixture.paid(held);
    const orderId = await register(node, orderOf([100], told.order));
    const { body } = await withdraw(orderId);
    assert.deepEqual([body['state'], body['refund'], body['refundBy']], ['accepted', 100, 'us']);
    assert.equal((await fixture.show(orderId))['state'], 'stopped');
    const again = orderOf([100], { ...told.order, externalOrderId: 'another' });
    const other = await node.post('/capi/v1/client/order', again);
    assert.equal(other.body['code'], 'payment_result_is_expired');
    await node.runJobs();
    await node.advance(86_400 + 601);
    await sweepUnattachedPayments(node.context);
    await node.runJobs();
    assert.deepEqual(
      fixture.provider.movedOf(reference).map((moved) => moved.kind),
      [kind],
    );
    assert.deepEqual(await casesAbout(reference), []);
    assert.deepEqual(await fixture.caseStates(orderId), []);
    assert.equal(await fixture.stateOf(reference), 'given back');
  });
}
