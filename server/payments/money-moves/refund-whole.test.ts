import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { findAdapter } from '../merchants/find-method.ts';

let fixture: MoneyFixture;
before(async () => {
  fixture = await openMoneyFixture();
  refundWholeOnly(true);
});
after(() => {
  refundWholeOnly(false);
  return fixture.close();
});

function refundWholeOnly(isSo: boolean): void {
  const method = findAdapter('test-reserving');
  assert.ok(method);
  method.refundsWholeOnly = isSo;
}

const operations = (body: Record<string, unknown>) =>
  (body['operations'] as { kind: string; amount: number; state: string }[]).map(
    ({ kind, amount, state }) => `${kind} ${amount} ${state}`,
  );

test('where all or nothing goes back, a part is refused, and nothing is begun', async () => {
  const orderId = await fixture.captured([60, 40]);
  for (const part of [{ amount: 99.99 }, { lines: [{ lineNumber: 2 }] }]) {
    const reply = await fixture.refund(orderId, part);
    assert.deepEqual([reply.status, reply.body['code']], [409, 'refund_must_be_whole']);
  }
  const { body } = await fixture.refund(orderId, { lines: [{ lineNumber: 1 }, { lineNumber: 2 }] });
  assert.deepEqual(operations(body), ['refund 100 created']);
});

test('after a part went back some other way, the rest waits for a person', async () => {
  const orderId = await fixture.captured();
  const money = { authorizedMinor: 10_000, capturedMinor: 10_000, refundedMinor: 1000, cancelledMinor: 0 };
  await fixture.tell(orderId, { meaning: 'secured', money });
  assert.deepEqual(operations((await fixture.refund(orderId)).body), ['refund 90 by_hand']);
});
