import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { swedbankPayCard, swedbankPaySwish } from '@leveret/server/payments/methods/swedbank-pay/method.js';
import type { AttemptFacts, OperationRequest } from '@leveret/server/payments/port/payment-request.js';
import { attemptOf, openShop, operation, reference, type Shop } from './swedbank-pay-shop.ts';

const methods = { card: swedbankPayCard, Swish: swedbankPaySwish };
type Paid = { shop: Shop; attempt: AttemptFacts; kind: keyof typeof methods };

/** A payment of 149 that the buyer approved. */
async function pay(t: TestContext, kind: Paid['kind'] = 'card'): Promise<Paid> {
  const shop = await openShop(t);
  const session = kind === 'card' ? await shop.startCard() : await shop.startSwish();
  await shop.press(session, 'approve');
  return { shop, kind, attempt: attemptOf(session) };
}

function capture({ shop, attempt }: Paid, wanted: OperationRequest) {
  return swedbankPayCard.capture?.(shop.context, attempt, wanted);
}

function refund({ shop, attempt, kind }: Paid, wanted: OperationRequest) {
  return methods[kind].refund?.(shop.context, attempt, wanted);
}

function release({ shop, attempt, kind }: Paid, number: number) {
  const wanted = {
    reference: reference('c', number),
    description: 'Not delivered',
    scope: 'reserved',
  } as const;
  return methods[kind].cancel?.(shop.context, attempt, wanted);
}

async function taken({ shop }: Paid): Promise<(string | number | undefined)[]> {
  const { charges, refunds } = await shop.sandbox.ledger();
  const given = refunds.reduce((all, one) => all + one.amountMinor, 0);
  assert.deepEqual(await shop.violations(), []);
  return [charges[0]?.state, charges[0]?.capturedMinor, given];
}

async function totals({ shop, attempt, kind }: Paid): Promise<number[]> {
  const money = (await methods[kind].ask?.(shop.context, attempt))?.money;
  assert.ok(money);
  return [money.authorizedMinor, money.capturedMinor, money.refundedMinor, money.cancelledMinor];
}

test('a capture of the whole, then a refund of the whole', async (t) => {
  const paid = await pay(t);
  assert.equal((await capture(paid, operation(1)))?.kind, 'succeeded');
  assert.deepEqual(await taken(paid), ['charged', 14_900, 0]);
  const answer = await refund(paid, operation(2));
  assert.ok(answer?.kind === 'succeeded');
  assert.equal(answer.money?.refundedMinor, 14_900);
  assert.deepEqual(await taken(paid), ['charged', 14_900, 14_900]);
  assert.deepEqual(await totals(paid), [14_900, 14_900, 14_900, 0]);
});

test('captures and refunds of parts; the rest is released', async (t) => {
  const paid = await pay(t);
  await capture(paid, operation(1, 5000));
  await capture(paid, operation(2, 4000));
  await refund(paid, operation(3, 1000));
  assert.deepEqual(await totals(paid), [14_900, 9000, 1000, 0]);
  assert.equal((await release(paid, 4))?.kind, 'succeeded');
  assert.deepEqual(await totals(paid), [14_900, 9000, 1000, 5900]);
  assert.deepEqual(await taken(paid), ['charged', 9000, 1000]);
});

test('what is reserved is released, once', async (t) => {
  const paid = await pay(t);
  assert.equal((await release(paid, 1))?.kind, 'succeeded');
  assert.equal((await release(paid, 1))?.kind, 'succeeded');
  assert.deepEqual(await taken(paid), ['released', 0, 0]);
  assert.equal((await capture(paid, operation(2)))?.kind, 'failed');
  const money = { authorizedMinor: 14_900, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
  const known = await swedbankPayCard.ask?.(paid.shop.context, { ...paid.attempt, money });
  assert.deepEqual([known?.meaning, known?.money?.cancelledMinor], ['secured', 14_900]);
  const neverKnown = await swedbankPayCard.ask?.(paid.shop.context, paid.attempt);
  assert.equal(neverKnown?.meaning, 'aborted');
});

test('Swish is given back, and has nothing to release', async (t) => {
  const paid = await pay(t, 'Swish');
  assert.equal((await release(paid, 1))?.kind, 'failed');
  await refund(paid, operation(2, 900));
  await refund(paid, operation(3, 14_000));
  assert.deepEqual(await taken(paid), ['charged', 14_900, 14_900]);
  assert.deepEqual(await totals(paid), [14_900, 14_900, 14_900, 0]);
});

test('more than there is fails, and moves nothing', async (t) => {
  const paid = await pay(t);
  const over = await capture(paid, operation(1, 14_901));
  assert.ok(over?.kind === 'failed');
  assert.equal(over.code, 'inputerror');
  await capture(paid, operation(2));
  assert.equal((await refund(paid, operation(3, 14_901)))?.kind, 'failed');
  assert.deepEqual(await taken(paid), ['charged', 14_900, 0]);
});

test('the same reference moves money once, also when the answer was lost', async (t) => {
  const paid = await pay(t);
  // The question that precedes a capture is answered; the capture itself is not.
  await paid.shop.fault('timeout-after-success', { milliseconds: 0, rate: 0.5, seed: 4, times: 1 });
  const lost = await capture(paid, operation(1, 5000));
  await paid.shop.sandbox.call('DELETE', '/control/faults');
  assert.deepEqual(await taken(paid), ['charged', 5000, 0], JSON.stringify(lost));
  assert.equal(lost?.kind, 'unknown');
  assert.equal((await capture(paid, operation(1, 5000)))?.kind, 'succeeded');
  assert.equal((await capture(paid, operation(1, 5000)))?.kind, 'succeeded');
  assert.deepEqual(await taken(paid), ['charged', 5000, 0]);
});

test('a reference that another payment used already is no success of this one', async (t) => {
  const paid = await pay(t);
  const other = await paid.shop.startCard();
  await paid.shop.press(other, 'approve');
  await capture({ ...paid, attempt: attemptOf(other) }, operation(1));
  const answer = await capture(paid, operation(1));
  assert.ok(answer?.kind === 'failed');
  assert.equal((await totals(paid))[1], 0);
});

test('two captures of one reference at the same time move money once', async (t) => {
  const paid = await pay(t);
  const answers = await Promise.all([capture(paid, operation(1, 5000)), capture(paid, operation(1, 5000))]);
  assert.deepEqual(
    answers.map((one) => one?.kind),
    ['succeeded', 'succeeded'],
  );
  assert.deepEqual(await taken(paid), ['charged', 5000, 0]);
});

for (const [kind, expected] of [
  ['error-500', 'not sent'],
  ['timeout-before', 'not sent'],
  ['slow', 'succeeded'],
] as const) {
  test(`${kind} while the order is read: ${expected}`, async (t) => {
    const paid = await pay(t);
    await paid.shop.fault(kind, { times: 1, milliseconds: 20 });
    assert.equal((await capture(paid, operation(1)))?.kind, expected);
    await capture(paid, operation(1));
    assert.deepEqual(await taken(paid), ['charged', 14_900, 0]);
  });
}

test('with a wrong access token nothing is done, and it may be tried again', async (t) => {
  const paid = await pay(t);
  const settings = { ...paid.shop.context.settings, accessToken: 'wrong' };
  const shop = { ...paid.shop, context: { ...paid.shop.context, settings } };
  assert.deepEqual(await capture({ ...paid, shop }, operation(1)), {
    kind: 'not sent',
    code: 'unauthorized',
  });
  assert.equal((await capture(paid, operation(1)))?.kind, 'succeeded');
});
