import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KustomManagedOrder } from './read-order.ts';
import { meaningOfOrder, meaningOfSession, moneyOf } from './translate.ts';

function order(changes: Partial<KustomManagedOrder>): KustomManagedOrder {
  return {
    status: 'AUTHORIZED',
    fraud_status: 'ACCEPTED',
    order_amount: 9900,
    captured_amount: 0,
    refunded_amount: 0,
    remaining_authorized_amount: 9900,
    captures: [],
    refunds: [],
    ...changes,
  };
}

type Row = [status: string, fraud: string, captured: number, first: string, afterwards: string];

/** What an order means when it is first heard of, and when it was known as secured before. */
const meanings: readonly Row[] = [
  ['AUTHORIZED', 'ACCEPTED', 0, 'secured', 'secured'],
  ['PART_CAPTURED', 'ACCEPTED', 100, 'secured', 'secured'],
  ['CAPTURED', 'ACCEPTED', 9900, 'secured', 'secured'],
  ['CANCELLED', 'ACCEPTED', 0, 'aborted', 'secured'],
  ['EXPIRED', 'ACCEPTED', 0, 'expired', 'secured, authorization lost'],
  ['CLOSED', 'ACCEPTED', 0, 'expired', 'secured, authorization lost'],
  ['CLOSED', 'ACCEPTED', 9900, 'secured', 'secured'],
  ['AUTHORIZED', 'PENDING', 0, 'pending', 'pending'],
  ['CANCELLED', 'PENDING', 0, 'aborted', 'aborted'],
  ['AUTHORIZED', 'REJECTED', 0, 'declined', 'secured, fraud reversed'],
  ['CANCELLED', 'STOPPED', 0, 'declined', 'secured, fraud reversed'],
  ['CAPTURED', 'REJECTED', 9900, 'secured, fraud reversed', 'secured, fraud reversed'],
  ['DELIVERED', 'ACCEPTED', 0, 'unknown', 'unknown'],
  ['AUTHORIZED', 'LOOKED_AT', 0, 'unknown', 'unknown'],
  ['AUTHORIZED', '', 0, 'unknown', 'unknown'],
];

test('every status says what is known of the money, and what a person should see', () => {
  for (const [status, fraud_status, captured_amount, first, afterwards] of meanings) {
    const told = [false, true].map((wasSecured) => {
      const { meaning, attention } = meaningOfOrder(
        order({ status, fraud_status, captured_amount }),
        wasSecured,
      );
      return attention === undefined ? meaning : `${meaning}, ${attention}`;
    });
    assert.deepEqual(told, [first, afterwards], `${status} ${fraud_status}`);
  }
});

test('an order that was made without an amount may be closed at once; one that lost its amount has expired', () => {
  const closed = { status: 'CLOSED', order_amount: 0, remaining_authorized_amount: 0 };
  assert.equal(meaningOfOrder(order(closed), false).meaning, 'secured');
  assert.equal(meaningOfOrder(order({ ...closed, status: 'CANCELLED' }), false).meaning, 'aborted');
  assert.equal(meaningOfOrder(order({ ...closed, status: 'EXPIRED' }), false).meaning, 'expired');
  assert.equal(meaningOfOrder(order({ ...closed, original_order_amount: 9900 }), false).meaning, 'expired');
});

test('a word that is not known is told without its signs', () => {
  const { code } = meaningOfOrder(order({ fraud_status: '<b>+4790000001' }), false);
  assert.equal(code, 'fraud status b');
});

test('what is neither taken nor still reserved was let go', () => {
  const money = (changes: Partial<KustomManagedOrder>) => Object.values(moneyOf(order(changes)));
  assert.deepEqual(money({}), [9900, 0, 0, 0]);
  assert.deepEqual(money({ remaining_authorized_amount: 0 }), [9900, 0, 0, 9900]);
  assert.deepEqual(
    money({ captured_amount: 4000, refunded_amount: 500, remaining_authorized_amount: 5900 }),
    [9900, 4000, 500, 0],
  );
  assert.deepEqual(
    money({ order_amount: 4000, original_order_amount: 9900, remaining_authorized_amount: 4000 }),
    [9900, 0, 0, 5900],
  );
});

test('a session is open, paid or over', () => {
  assert.equal(meaningOfSession('checkout_incomplete'), 'open');
  assert.equal(meaningOfSession('checkout_complete'), 'complete');
  assert.equal(meaningOfSession('aborted'), 'aborted');
  assert.equal(meaningOfSession('on_hold'), 'unknown');
});
