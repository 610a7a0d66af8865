import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { swedbankPayCard, swedbankPaySwish } from '@leveret/server/payments/methods/swedbank-pay/method.js';
import { attemptOf, openShop, type Session, type Shop } from './swedbank-pay-shop.ts';

const methods = { card: swedbankPayCard, Swish: swedbankPaySwish };
type Kind = keyof typeof methods;

async function begin(t: TestContext, kind: Kind): Promise<{ shop: Shop; session: Session }> {
  const shop = await openShop(t);
  return { shop, session: kind === 'card' ? await shop.startCard() : await shop.startSwish() };
}

async function ask(shop: Shop, session: Session, kind: Kind = 'card') {
  const evidence = await methods[kind].ask?.(shop.context, attemptOf(session));
  assert.ok(evidence);
  return evidence;
}

function cancel(shop: Shop, session: Session, kind: Kind = 'card') {
  const operation = { reference: 'c1', description: 'Given up', scope: 'unpaid only' } as const;
  return methods[kind].cancel?.(shop.context, attemptOf(session), operation);
}

test('a card is reserved, and the buyer comes back', async (t) => {
  const { shop, session } = await begin(t, 'card');
  assert.equal((await ask(shop, session)).meaning, 'pending');
  await shop.press(session, 'card-visa');
  assert.match((await shop.press(session, 'approve')) ?? '', /\/back\/p0{24}1$/);
  const evidence = await ask(shop, session);
  assert.equal(evidence.meaning, 'secured');
  assert.deepEqual(evidence.money, {
    authorizedMinor: 14_900,
    capturedMinor: 0,
    refundedMinor: 0,
    cancelledMinor: 0,
  });
  const [charge] = await shop.charges();
  assert.deepEqual([charge?.state, charge?.capturedMinor], ['reserved', 0]);
  assert.deepEqual(await shop.violations(), []);
});

test('Swish is taken at once, by the app on the phone that the buyer named', async (t) => {
  const { shop, session } = await begin(t, 'Swish');
  await shop.press(session, 'swish', 'mobile=%2B46739000001');
  assert.equal(await shop.decide(session, 'approve'), 200);
  const evidence = await ask(shop, session, 'Swish');
  assert.equal(evidence.meaning, 'secured');
  assert.deepEqual([evidence.money?.authorizedMinor, evidence.money?.capturedMinor], [14_900, 14_900]);
  const [charge] = await shop.charges();
  assert.deepEqual(
    [charge?.state, charge?.capturedMinor, charge?.destination],
    ['charged', 14_900, '+46739000001'],
  );
  assert.deepEqual(await shop.violations(), []);
});

const payers: [name: string, payer: { email: string | undefined; mobile?: string }, refusals: number][] = [
  ['with a domain of another script', { email: 'kari@bokmål.no' }, 0],
  ['with a name of another script', { email: 'kåre@example.com' }, 0],
  ['without any address', { email: undefined }, 0],
  // Refused for the number, and then taken without it.
  ['with a number that Swedbank Pay cannot read', { email: 'kari@example.com', mobile: '+12' }, 1],
];

for (const [name, payer, refusals] of payers) {
  test(`a buyer ${name} can pay`, async (t) => {
    const shop = await openShop(t);
    const session = await shop.startCard(payer);
    await shop.press(session, 'approve');
    assert.equal((await ask(shop, session)).meaning, 'secured');
    assert.equal((await shop.charges()).length, 1);
    assert.equal(((await shop.violations()) as unknown[]).length, refusals);
  });
}

test('a try that fails is no end: the buyer may try again and pay', async (t) => {
  const { shop, session } = await begin(t, 'card');
  await shop.press(session, 'refuse');
  await shop.press(session, 'card-visa');
  await shop.press(session, 'refuse');
  const after = await ask(shop, session);
  assert.deepEqual(
    [after.meaning, after.code, after.reason],
    ['pending', '3dsecureusercancelled', 'cancelled'],
  );
  await shop.press(session, 'approve');
  const paid = await ask(shop, session);
  assert.deepEqual([paid.meaning, paid.reason], ['secured', undefined]);
});

const declines: [Kind, object, string][] = [
  ['card', { amountMinor: 900_354 }, 'card expired'],
  ['card', { amountMinor: 900_361 }, 'insufficient funds'],
  ['card', { amountMinor: 900_391 }, 'try again later'],
  ['card', { amountMinor: 952_400 }, 'declined'],
  ['Swish', { description: 'RF07' }, 'declined'],
  ['Swish', { description: 'TM01' }, 'timed out'],
  ['Swish', { description: 'BANKIDCL' }, 'cancelled'],
];
for (const [kind, changes, reason] of declines) {
  test(`${kind} ${JSON.stringify(changes)}: ${reason}, and nothing is taken`, async (t) => {
    const shop = await openShop(t);
    const session = kind === 'card' ? await shop.startCard(changes) : await shop.startSwish(changes);
    await shop.press(session, 'approve');
    const evidence = await ask(shop, session, kind);
    assert.deepEqual([evidence.meaning, evidence.reason], ['pending', reason]);
    assert.equal((await shop.charges())[0]?.state, 'unknown');
  });
}

test('the buyer cancels on the page', async (t) => {
  const { shop, session } = await begin(t, 'card');
  assert.match((await shop.press(session, 'cancel')) ?? '', /\/back\//);
  const evidence = await ask(shop, session);
  assert.deepEqual([evidence.meaning, evidence.reason], ['aborted', 'cancelled']);
  assert.equal((await shop.charges())[0]?.state, 'declined');
});

test('the buyer walks away: still open a day later, until it is cancelled', async (t) => {
  const { shop, session } = await begin(t, 'card');
  assert.match((await shop.press(session, 'leave')) ?? '', /\/back\//);
  await shop.sandbox.advance(86_400);
  assert.equal((await ask(shop, session)).meaning, 'pending');
  assert.equal((await cancel(shop, session))?.kind, 'succeeded');
  assert.equal((await ask(shop, session)).meaning, 'aborted');
  await shop.press(session, 'approve');
  assert.equal((await shop.charges())[0]?.state, 'declined');
});

test('an order that runs out is no money', async (t) => {
  const { shop, session } = await begin(t, 'card');
  assert.equal(await shop.decide(session, 'expire'), 200);
  assert.equal((await ask(shop, session)).meaning, 'aborted');
  assert.equal(await shop.decide(session, 'approve'), 409);
});

test('cancelling what was paid meanwhile leaves the money alone', async (t) => {
  for (const kind of ['card', 'Swish'] as const) {
    const { shop, session } = await begin(t, kind);
    await shop.press(session, 'approve');
    assert.equal((await cancel(shop, session, kind))?.kind, 'already secured');
    assert.equal((await ask(shop, session, kind)).meaning, 'secured');
  }
});

test('while the buyer is in the Swish app nothing can be cancelled; when that is over, it can', async (t) => {
  const { shop, session } = await begin(t, 'Swish');
  await shop.press(session, 'swish', 'mobile=%2B46739000001');
  assert.equal((await cancel(shop, session, 'Swish'))?.kind, 'failed');
  await shop.press(session, 'cancel');
  assert.equal((await ask(shop, session, 'Swish')).meaning, 'pending');
  await shop.sandbox.advance(180);
  assert.equal((await ask(shop, session, 'Swish')).reason, 'timed out');
  assert.equal((await cancel(shop, session, 'Swish'))?.kind, 'succeeded');
});

test('cancelling twice ends it once', async (t) => {
  const { shop, session } = await begin(t, 'card');
  assert.equal((await cancel(shop, session))?.kind, 'succeeded');
  assert.equal((await cancel(shop, session))?.kind, 'succeeded');
});
