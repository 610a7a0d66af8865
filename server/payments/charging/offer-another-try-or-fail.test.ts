import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { orderOf } from '../payment.ts';
import { offerAnotherTryOrFail } from './offer-another-try-or-fail.ts';

let fixture: MoneyFixture;
before(async () => {
  fixture = await openMoneyFixture();
});
after(() => fixture.close());

type Tried = { declined?: number; discarded?: number; guests?: number };

/** An order in the browser after so many tries; answers whether its buyer may try again after the last. */
async function tried({ declined = 1, discarded = 0, guests = 0 }: Tried): Promise<boolean> {
  const orderId = await fixture.ordered();
  const { publisherId } = fixture.node.client.publisher;
  const [payment] = await fixture.node.rows<{ payment_id: number }>(
    `INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, flow, window_ends_at, created_at)
     VALUES ($1, $2, 'order', 10000, 'NOK', 'browser', leveret_now() + interval '1 hour', leveret_now())
     RETURNING payment_id`,
    [publisherId, orderId],
  );
  const states = [
    ...Array.from({ length: discarded }, () => ['discarded', null]),
    ...Array.from({ length: guests }, (_, index) => ['declined', `guest-${index}`]),
    ...Array.from({ length: declined }, () => ['declined', null]),
  ];
  let attemptId = 0;
  for (const [index, [state, guest]] of states.entries()) {
    const [row] = await fixture.node.rows<{ attempt_id: number }>(
      `INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, flow,
         state, guest_id, created_at)
       VALUES ($1, $2, $3, 'test-reserving', $4, $4, 'browser', $5, $6, leveret_now()) RETURNING attempt_id`,
      [payment?.payment_id, publisherId, orderId, `try-${orderId}-${index}`, state, guest],
    );
    attemptId = row?.attempt_id ?? 0;
  }
  const about = orderOf({ publisherId, orderId });
  await fixture.node.context.database.transaction('test', (transaction) =>
    offerAnotherTryOrFail.run(undefined, transaction, [
      { name: 'attempt ended without money', ...about, attemptId, reason: 'declined' },
    ]),
  );
  const [event] = await fixture.node.rows<{ name: string }>(
    `SELECT name FROM events WHERE order_id = $1 AND name IN ('another try offered', 'payment failed')`,
    [orderId],
  );
  return event?.name === 'another try offered';
}

test('the tenth try is the last', async () => {
  assert.equal(await tried({ declined: 9 }), true);
  assert.equal(await tried({ declined: 10 }), false);
});

test('what reached no provider, and what guests tried, uses no try up', async () => {
  assert.equal(await tried({ declined: 9, discarded: 3 }), true);
  assert.equal(await tried({ declined: 9, guests: 3 }), true);
});
