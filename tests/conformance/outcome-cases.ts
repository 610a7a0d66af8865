import assert from 'node:assert/strict';
import { always, type Case, direct, inBrowser } from './conformance-case.ts';
import {
  begin,
  booksOf,
  chargeOf,
  comeBack,
  completeByApi,
  decide,
  lastAttempt,
  order,
  type Purchase,
  paid,
  pay,
  paying,
  reach,
  resolveCase,
  windowSeconds,
} from './purchase.ts';
import { pass, type Stage } from './stage.ts';
import { chargesAlone } from './ways.ts';

const afterTheWindow = windowSeconds + 3600;

/** What a buyer may do, and where the order ends. */
export const outcomeCases: readonly Case[] = [
  {
    name: 'paid',
    isFor: always,
    async run(stage, way) {
      const purchase = await paid(stage, way);
      const books = await booksOf(stage, purchase);
      assert.equal(books.attempts.length, 1);
      assert.equal(books.attempts[0]?.captured_minor, 10_000);
      return purchase;
    },
  },
  {
    name: 'agreed on, where the first period is free',
    isFor: ({ scenario }) => scenario.order.recurring === true,
    async run(stage, way) {
      const purchase = await paying(stage, way, { isFreeAtFirst: true });
      await pay(stage, purchase);
      await reach(stage, purchase, 'completed');
      const agreements = await stage.rows<{ state: string }>(
        'SELECT state FROM payment_agreements WHERE order_id = $1',
        [purchase.orderId],
      );
      assert.deepEqual(agreements, [{ state: 'active' }]);
      return purchase;
    },
  },
  {
    name: 'declined',
    isFor: always,
    async run(stage, way) {
      const purchase = await paying(stage, way);
      assert.ok(await decide(stage, purchase, 'refuse'));
      if (way.flow === 'browser') await comeBack(stage, purchase);
      else await pass(stage, 15);
      // A buyer at a screen may try again until the window ends.
      const { state } = await booksOf(stage, purchase);
      assert.equal(state, way.flow === 'browser' ? 'paying' : 'stopped');
      await reach(stage, purchase, 'stopped', afterTheWindow);
      return purchase;
    },
  },
  {
    name: 'given up on our page',
    isFor: inBrowser,
    async run(stage, way) {
      const purchase = await paying(stage, way);
      await decide(stage, purchase, 'refuse');
      await comeBack(stage, purchase);
      const page = await purchase.buyer.open(purchase.url);
      // Who is still sent to the provider has to end the session there first.
      if (page.location !== undefined) {
        await decide(stage, purchase, 'expire');
        await comeBack(stage, purchase);
        await purchase.buyer.open(purchase.url);
      }
      await purchase.buyer.press(purchase.url, 'give up');
      await reach(stage, purchase, 'stopped');
      return purchase;
    },
  },
  {
    name: 'walked away',
    isFor: always,
    async run(stage, way) {
      const purchase = await paying(stage, way);
      await decide(stage, purchase, 'abandon');
      await endUnpaid(stage, purchase);
      return purchase;
    },
  },
  {
    name: 'expired at the provider',
    isFor: always,
    async run(stage, way) {
      const purchase = await paying(stage, way);
      assert.ok(await decide(stage, purchase, 'expire'));
      if (way.flow === 'browser') await comeBack(stage, purchase);
      await endUnpaid(stage, purchase);
      return purchase;
    },
  },
  {
    name: 'another try after a decline',
    isFor: inBrowser,
    async run(stage, way) {
      const purchase = await paying(stage, way);
      await decide(stage, purchase, 'refuse');
      await comeBack(stage, purchase);
      await tryAgain(stage, purchase, way.paymentMethod);
      await pay(stage, purchase);
      await reach(stage, purchase, 'completed');
      await pass(stage, 60);
      return purchase;
    },
  },
  {
    name: 'another method, where the order leaves it open',
    isFor: inBrowser,
    async run(stage, way) {
      const purchase = await order(stage, way, { isMethodOpen: true });
      const { html } = await purchase.buyer.open(purchase.url);
      const offered = [...html.matchAll(/name="method" value="(\w+)"/g)].map(([, name]) => name ?? '');
      const others = offered.filter((name) => name !== way.paymentMethod);
      for (const method of [...others, way.paymentMethod]) {
        await purchase.buyer.open(purchase.url);
        await purchase.buyer.press(purchase.url, { method });
      }
      const last = await lastAttempt(stage, purchase);
      assert.equal(last.adapter, way.method.name, 'the last choice is tried');
      await pay(stage, purchase);
      await reach(stage, purchase, 'completed');
      await pass(stage, windowSeconds);
      return purchase;
    },
  },
  {
    name: 'cancelled before it is paid',
    isFor: direct,
    async run(stage, way) {
      const purchase = await order(stage, way);
      const client = await stage.client();
      await client.post(`/capi/v1/client/order/${purchase.orderId}/cancel`, {});
      await begin(stage, purchase);
      const books = await booksOf(stage, purchase);
      assert.deepEqual([books.state, books.attempts.length], ['stopped', 0]);
      // An order that was cancelled before anybody asked to be told of it tells nobody.
      return { ...purchase, callbackPath: undefined };
    },
  },
  {
    name: 'completed by API, although the buyer must act',
    isFor: (way) => !chargesAlone(way.method),
    async run(stage, way) {
      const purchase = await order(stage, way);
      const { body } = await completeByApi(stage, purchase);
      assert.deepEqual([body['fulfillmentStatus'], body['code']], ['ERROR', 'buyer_must_act']);
      assert.equal((await booksOf(stage, purchase)).state, 'registered');
      return purchase;
    },
  },
];

/** The buyer opens the address again; where a choice is offered, the method is pressed. */
export async function tryAgain(stage: Stage, purchase: Purchase, method: string): Promise<void> {
  const page = await purchase.buyer.open(purchase.url);
  if (/name="method"/.test(page.html)) await purchase.buyer.press(purchase.url, { method });
  assert.ok(await chargeOf(stage, await lastAttempt(stage, purchase)), 'the provider has the new try');
}

/** The window ends; a provider that cannot be asked leaves a case, and a person finds out. */
async function endUnpaid(stage: Stage, purchase: Purchase): Promise<void> {
  for (let passed = 0; passed < afterTheWindow; passed += 600) await pass(stage, 600);
  const { state } = await booksOf(stage, purchase);
  if (state === 'paying' && !purchase.way.method.ask) await resolveCase(stage, purchase, 'not_paid');
  await reach(stage, purchase, 'stopped');
}
