import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import type { Evidence, ProviderMoney } from '../port/provider-answer.ts';
import { countAmount, isAnotherAmount, type WhoseMoney } from './another-amount.ts';

let fixture: MoneyFixture;
before(async () => {
  fixture = await openMoneyFixture();
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

const totals = (authorizedMinor: number, capturedMinor = 0, refundedMinor = 0): ProviderMoney => ({
  authorizedMinor,
  capturedMinor,
  refundedMinor,
  cancelledMinor: 0,
});

const amounts: [name: string, money: ProviderMoney | undefined, isAnother: boolean][] = [
  ['nothing is told', undefined, false],
  ['all is reserved', totals(100), false],
  ['all is reserved, and a part taken', totals(100, 40), false],
  ['all is taken, in whatever way it was reserved', totals(0, 100), false],
  ['all was taken, and a part went back', totals(100, 100, 40), false],
  ['less is reserved', totals(99), true],
  ['less is taken', totals(0, 40), true],
  ['more is reserved', totals(101), true],
  ['more is taken', totals(100, 101), true],
  ['nothing is secured', totals(0), true],
];

for (const [name, money, isAnother] of amounts) {
  test(`another amount: ${name}`, () => assert.equal(isAnotherAmount(100, money), isAnother));
}

const paying: WhoseMoney = {
  purpose: 'order',
  order: { state: 'paying', isCancelAsked: false },
  state: 'pending',
  owedMinor: 100,
};
const less: Evidence = { meaning: 'secured', money: totals(50), raw: 'r' };
const ofOrder = (state: 'registered' | 'completed' | 'stopped', isCancelAsked = false) => ({
  order: { state, isCancelAsked },
});

const counted: [name: string, about: Partial<WhoseMoney>, told: object, isHeld: boolean][] = [
  ['an order that is paying', {}, {}, true],
  ['an order that is registered', ofOrder('registered'), {}, true],
  ['an attempt of which nothing is known', { state: 'unknown' }, {}, true],
  ['the right amount', {}, { money: totals(100) }, false],
  ['no amount', {}, { money: undefined }, false],
  ['what is still pending', {}, { meaning: 'pending' }, false],
  ['what was declined', {}, { meaning: 'declined' }, false],
  ['an order that is completed', ofOrder('completed'), {}, false],
  ['an order that has stopped', ofOrder('stopped'), {}, false],
  ['an order that is to be cancelled', ofOrder('registered', true), {}, false],
  ['no order', { order: undefined }, {}, false],
  ['a renewal', { purpose: 'renewal' }, {}, false],
  ['an attempt that is secured', { state: 'secured' }, {}, false],
  ['an attempt that has ended', { state: 'expired' }, {}, false],
];

for (const [name, about, told, isHeld] of counted) {
  test(`less than is owed, of ${name}: ${isHeld ? 'a person is asked' : 'counts as it is told'}`, () => {
    const evidence: Evidence = { ...less, ...told };
    const held = { ...evidence, meaning: 'unknown', code: 'another amount', isUnresolvable: true };
    const found = countAmount({ ...paying, ...about }, { source: 'notice', evidence });
    assert.deepEqual(found, isHeld ? held : evidence);
    assert.deepEqual(countAmount({ ...paying, ...about }, { source: 'person', evidence }), evidence);
  });
}

/** An order of 100 that is paying, of which the provider tells that this much is reserved. */
async function told(authorizedMinor: number): Promise<{ orderId: number; reference: string }> {
  const { orderId, reference } = await fixture.pending();
  fixture.provider.put(reference, { authorizedMinor });
  await fixture.tell(orderId, { meaning: 'secured', money: totals(authorizedMinor) });
  return { orderId, reference };
}

const stateOf = async (orderId: number) => (await fixture.show(orderId))['state'];
const grants = (orderId: number) =>
  fixture.node.rows('SELECT 1 AS one FROM grants WHERE order_id = $1', [orderId]);

for (const amount of [5000, 11_000]) {
  test(`${amount} for an order of 10000 gives no access and opens a case`, async () => {
    const { orderId } = await told(amount);
    assert.equal(await stateOf(orderId), 'paying');
    assert.deepEqual(await grants(orderId), []);
    assert.deepEqual(await fixture.caseStates(orderId), ['attempt unresolved open']);
    assert.equal((await fixture.booksOf(orderId)).authorized, amount);
  });
}

test('a total that grows to what is owed pays the order, and its case closes', async () => {
  const { orderId, reference } = await told(5000);
  fixture.provider.put(reference, { authorizedMinor: 10_000 });
  await fixture.tell(orderId, { meaning: 'secured', money: totals(10_000) });
  assert.equal(await stateOf(orderId), 'completed');
  assert.deepEqual(await fixture.caseStates(orderId), ['attempt unresolved resolved']);
  await fixture.node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 10_000);
});

test('what a person accepts pays the order, as far as there is money', async () => {
  const { orderId } = await told(5000);
  await fixture.resolve(orderId, 'paid');
  assert.equal(await stateOf(orderId), 'completed');
  await fixture.node.runJobs();
  const { authorized, captured } = await fixture.booksOf(orderId);
  assert.deepEqual([authorized, captured], [5000, 5000]);
});

test('what a person gives back is released, and the order stops', async () => {
  const { orderId, reference } = await told(5000);
  await fixture.resolve(orderId, 'given_back');
  await fixture.node.runJobs();
  assert.equal(await stateOf(orderId), 'stopped');
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 5000);
});

test('late money of another amount goes back', async () => {
  const { orderId, reference } = await fixture.pending();
  await fixture.tell(orderId, { meaning: 'declined' });
  assert.equal(await stateOf(orderId), 'stopped');
  fixture.provider.put(reference, { authorizedMinor: 5000 });
  await fixture.tell(orderId, { meaning: 'secured', money: totals(5000) });
  await fixture.node.runJobs();
  assert.equal(await stateOf(orderId), 'stopped');
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 5000);
});
