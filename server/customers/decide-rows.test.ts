import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Payer } from './decide-person.ts';
import { isPaidBy, isTheirPending, isTheirs, type Person } from './decide-rows.ts';

const [kari, ola] = [1, 2];
const bare = (key: string) => ({ key, provenBy: undefined });

const person: Person = {
  accountIds: new Set([kari]),
  vouched: new Set(['old@']),
  orders: new Map([[10, { others: new Set(['receiver@']) }]]),
};
type Keys = { key: string; provenBy: number | undefined }[];
const rows: [string, number | undefined, Keys, boolean][] = [
  ['of their order, naming nobody', 10, [], true],
  ['of another’s order, naming nobody', 20, [], false],
  ['of no order, naming nobody', undefined, [], false],
  ['to what they have proven, of another’s order', 20, [{ key: 'kari@', provenBy: kari }], true],
  ['to what another has proven, of their order', 10, [{ key: 'ola@', provenBy: ola }], false],
  [
    'to what both have proven',
    10,
    [
      { key: 'kari@', provenBy: kari },
      { key: '900', provenBy: ola },
    ],
    false,
  ],
  ['to what they have shown', undefined, [bare('old@')], true],
  ['to what they typed, of their order', 10, [bare('typed@')], true],
  ['to the receiver, of their order', 10, [bare('receiver@')], false],
  ['to what nobody has proven, of another’s order', 20, [bare('typed@')], false],
];
for (const [what, orderId, keys, isTheirsToo] of rows) {
  test(`a row ${what}, is ${isTheirsToo ? '' : 'not '}theirs`, () => {
    assert.equal(isTheirs({ orderId, keys }, person), isTheirsToo);
  });
}

const orders: [string, Payer, boolean][] = [
  ['their account paid for', { kind: 'account', accountId: kari }, true],
  ['another account paid for', { kind: 'account', accountId: ola }, false],
  ['what they have shown paid for', { kind: 'unproven', keys: ['old@'] }, true],
  ['nobody has proven to have paid for', { kind: 'unproven', keys: ['kari@'] }, false],
  ['two claim', { kind: 'contested' }, false],
  ['nobody is known to have paid for', { kind: 'forgotten' }, false],
];
for (const [what, payer, isTheirsToo] of orders) {
  test(`an order that ${what} is ${isTheirsToo ? '' : 'not '}theirs`, () => {
    assert.equal(isPaidBy(person, new Set(), { orderId: 10, payer }), isTheirsToo);
  });
}
test('a guest’s orders are found to be theirs unproven, and no proof of another’s is passed over', () => {
  const mayPay = new Set([10]);
  const unproven: Payer = { kind: 'unproven', keys: [] };
  assert.equal(isPaidBy(person, mayPay, { orderId: 10, payer: unproven }), true);
  assert.equal(isPaidBy(person, mayPay, { orderId: 11, payer: unproven }), false);
  assert.equal(isPaidBy(person, mayPay, { orderId: 10, payer: { kind: 'account', accountId: ola } }), false);
});

const known = { typed: new Set(['kari@']), vouched: new Set(['old@']), orders: new Set([10]) };
const pending: [string[], number[], boolean][] = [
  [['kari@'], [10], true],
  [['kari@', 'old@'], [], true],
  [['other@'], [10], false],
  [['kari@'], [10, 20], false],
];
for (const [keys, orderIds, isTheirsToo] of pending) {
  test(`an unproven account of ${keys.join(', ')} with ${orderIds.join(', ')} is ${isTheirsToo ? '' : 'not '}theirs`, () => {
    assert.equal(isTheirPending({ accountId: 3, keys, orderIds }, known), isTheirsToo);
  });
}
