import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttemptState, Purpose } from '../payment.ts';
import { eventsOfEvidence, type OrderStands } from './evidence-events.ts';

const paying: OrderStands = { state: 'paying', isCancelAsked: false };
const registered: OrderStands = { state: 'registered', isCancelAsked: false };
const cancelling: OrderStands = { state: 'paying', isCancelAsked: true };
const completed: OrderStands = { state: 'completed', isCancelAsked: false };
const stopped: OrderStands = { state: 'stopped', isCancelAsked: false };

const another = (order: OrderStands): OrderStands => ({ ...order, isAnotherAmount: true });

type Case = [Purpose, OrderStands | undefined, AttemptState, string[]];

const cases: Case[] = [
  ['order', registered, 'secured', ['payment secured']],
  ['order', paying, 'secured', ['payment secured']],
  ['order', cancelling, 'secured', ['payment failed', 'give-back due']],
  ['order', completed, 'secured', ['surplus money']],
  ['order', stopped, 'secured', ['late money']],
  ['order', undefined, 'secured', ['unattached payment secured']],
  // Another amount than the order costs pays it neither in time nor late.
  ['order', another(registered), 'secured', ['give-back due']],
  ['order', another(paying), 'secured', ['give-back due']],
  ['order', another(cancelling), 'secured', ['payment failed', 'give-back due']],
  ['order', another(completed), 'secured', ['surplus money']],
  ['order', another(stopped), 'secured', ['give-back due']],
  ['renewal', another(completed), 'secured', ['renewal secured']],
  ['renewal', completed, 'secured', ['renewal secured']],
  ['renewal', stopped, 'secured', ['renewal secured']],
  ['invoice', completed, 'secured', ['invoice paid']],
  ['invoice', undefined, 'secured', ['invoice paid']],
  ['method', undefined, 'secured', ['method secured']],
  ['order', paying, 'declined', ['attempt ended without money']],
  ['order', paying, 'aborted', ['attempt ended without money']],
  ['order', completed, 'expired', ['attempt ended without money']],
  ['order', undefined, 'declined', []],
  ['order', undefined, 'aborted', []],
  ['order', undefined, 'expired', []],
  // Who charges a renewal decides what comes after a refusal: the order that it renews was paid long ago.
  ['renewal', completed, 'declined', []],
  ['invoice', completed, 'expired', []],
  ['method', undefined, 'aborted', []],
  ['order', paying, 'pending', ['payment pending']],
  ['order', undefined, 'pending', ['payment pending']],
  ['renewal', completed, 'pending', ['payment pending']],
  ['order', paying, 'unknown', ['payment unknown']],
  ['method', undefined, 'unknown', ['payment unknown']],
  ['order', paying, 'created', []],
  ['order', paying, 'sent', []],
  ['order', paying, 'discarded', []],
];

for (const [purpose, order, target, expected] of cases) {
  const asked = order?.isCancelAsked ? ', to be cancelled' : '';
  const amount = order?.isAnotherAmount ? ', another amount' : '';
  const stands = order ? `${order.state}${asked}${amount}` : 'no order';
  test(`${target} for ${purpose}, ${stands}: ${expected.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(eventsOfEvidence(purpose, order, target), expected);
  });
}

test('money that a person has given back completes nothing and goes back no second time', () => {
  assert.deepEqual(eventsOfEvidence('order', paying, 'secured', true), ['payment failed']);
  assert.deepEqual(eventsOfEvidence('order', undefined, 'secured', true), []);
  assert.deepEqual(eventsOfEvidence('renewal', completed, 'secured', true), []);
});

test('where no money came, none was given back: it means what it always means', () => {
  assert.deepEqual(eventsOfEvidence('order', paying, 'declined', true), ['attempt ended without money']);
});
