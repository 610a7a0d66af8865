import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { orderId as idOf } from '../../kit/ids.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import type { RefundBy, WithdrawalEvent } from '../../withdrawals/withdrawal.ts';
import { findAdapter } from '../merchants/find-method.ts';
import { refundWithdrawnOrder } from './refund-withdrawn-order.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

/** A withdrawal from lines of an order took effect, with so much going back of each. */
async function withdraw(orderId: number, amounts: readonly number[], refundBy?: RefundBy): Promise<void> {
  const event: Extract<WithdrawalEvent, { name: 'withdrawal accepted' }> = {
    name: 'withdrawal accepted',
    publisherId: node.client.publisher.publisherId,
    orderId: idOf(orderId),
    withdrawalId: 1,
    ends: 'lines',
    lines: amounts.map((amountMinor, index) => ({ lineNumber: index + 1, amountMinor })),
    amountMinor: amounts.reduce((sum, amount) => sum + amount, 0),
    currency: 'NOK',
    ...(refundBy && { refundBy }),
  };
  await node.context.database.transaction('test', (transaction) =>
    refundWithdrawnOrder.run(node.context, transaction, [event]),
  );
  await node.runJobs();
}

async function refundsOf(orderId: number): Promise<string[]> {
  return (await fixture.operationsOf(orderId)).filter((one) => one.startsWith('refund'));
}

/** Who gives it back, and the refunds that were made of 60 and 40, withdrawn from with 45 and nothing. */
const ways: [RefundBy | undefined, string[]][] = [
  ['us', ['refund succeeded 4500']],
  ['hand', []],
  [undefined, []],
];

for (const [refundBy, refunds] of ways) {
  test(`withdrawn, and given back by ${refundBy}: ${refunds.join() || 'no money moves'}`, async () => {
    const orderId = await fixture.captured([60, 40]);
    await withdraw(orderId, [4500, 0], refundBy);
    assert.deepEqual(await refundsOf(orderId), refunds);
    const accepted = await node.rows<{ facts: { reason?: string } }>(
      "SELECT facts FROM events WHERE order_id = $1 AND name = 'refund accepted'",
      [orderId],
    );
    assert.deepEqual(
      accepted.map(({ facts }) => facts.reason),
      refunds.map(() => 'withdrawal'),
    );
  });
}

test('withdrawn, and by invoice: so much of it is credited', async () => {
  const orderId = await fixture.captured([60, 40], { paymentMethod: 'invoice' });
  await withdraw(orderId, [4500, 0], 'invoice');
  const { credited } = (await fixture.show(orderId))['invoice'] as { credited: number };
  assert.equal(credited, 45);
});

test('withdrawn from a part, by a method that gives back all or nothing: a person gives it back', async () => {
  const method = findAdapter('test-reserving');
  assert.ok(method);
  method.refundsWholeOnly = true;
  const orderId = await fixture.captured([60, 40]);
  await withdraw(orderId, [6000, 0], 'us');
  method.refundsWholeOnly = false;
  assert.deepEqual(await refundsOf(orderId), ['refund by_hand 6000']);
  assert.deepEqual(await fixture.caseStates(orderId), ['refund by hand open']);
});
