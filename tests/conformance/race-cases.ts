import assert from 'node:assert/strict';
import { callFor } from '@leveret/server/payments/merchants/call-for.js';
import type { AttemptFacts } from '@leveret/server/payments/port/payment-request.js';
import type { AttemptBook } from './books.ts';
import { openBrowserOf } from './buyer.ts';
import { always, type Case, canBeAsked, direct, inBrowser, silence } from './conformance-case.ts';
import { tryAgain } from './outcome-cases.ts';
import {
  begin,
  booksOf,
  chargeOf,
  comeBack,
  completeByApi,
  decide,
  order,
  type Purchase,
  pay,
  paying,
  reach,
  resolveCase,
  windowSeconds,
} from './purchase.ts';
import { type OwnStage, pass, type Stage, settle, spoil } from './stage.ts';

const day = 86_400;

async function cancel(stage: Stage, { orderId }: Purchase): Promise<number> {
  return (await (await stage.client()).post(`/capi/v1/client/order/${orderId}/cancel`, {})).status;
}

/** A method without a refund leaves it to a person, who says that it was done. */
async function refundManually(stage: Stage, purchase: Purchase): Promise<void> {
  const { cases } = await booksOf(stage, purchase);
  if (cases.some((one) => one.state === 'open')) await resolveCase(stage, purchase, 'given_back');
}

async function assertOneAttempt(stage: Stage, purchase: Purchase): Promise<void> {
  const { attempts } = await booksOf(stage, purchase);
  assert.equal(attempts.length, 1);
  assert.ok(attempts[0] && (await chargeOf(stage, attempts[0])));
}

/** What happens twice, at once, or too late. */
export const raceCases: readonly Case[] = [
  {
    name: 'completed twice, and four times at once',
    isFor: direct,
    async run(stage, way) {
      const purchase = await order(stage, way);
      await Promise.all([1, 2, 3, 4].map(() => completeByApi(stage, purchase)));
      await begin(stage, purchase);
      await assertOneAttempt(stage, purchase);
      await pay(stage, purchase);
      await reach(stage, purchase, 'completed');
      await begin(stage, purchase);
      await assertOneAttempt(stage, purchase);
      await pass(stage, 60);
      return purchase;
    },
  },
  {
    name: 'opened twice, in two tabs, and four times at once',
    isFor: inBrowser,
    async run(stage, way) {
      const purchase = await order(stage, way);
      const { url, buyer } = purchase;
      const tabs = [buyer, buyer, openBrowserOf(new URL(url).origin), openBrowserOf(new URL(url).origin)];
      await Promise.all(tabs.map((tab) => tab.open(url)));
      await begin(stage, purchase);
      await assertOneAttempt(stage, purchase);
      await pay(stage, purchase);
      await reach(stage, purchase, 'completed');
      await begin(stage, purchase);
      await assertOneAttempt(stage, purchase);
      await pass(stage, 60);
      return purchase;
    },
  },
  {
    name: 'cancelled while it is being paid',
    isFor: always,
    async run(stage, way) {
      const purchase = await paying(stage, way);
      assert.equal(await cancel(stage, purchase), 202);
      await settle(stage);
      const { state } = await booksOf(stage, purchase);
      // A charge that nobody can stop or ask about is waited for.
      if (state === 'paying') await decide(stage, purchase, 'refuse');
      await reach(stage, purchase, 'stopped', windowSeconds + 3600);
      return purchase;
    },
  },
  {
    name: 'cancelled and approved at the same moment',
    isFor: always,
    async run(stage, way) {
      const purchase = await paying(stage, way);
      const [, status] = await Promise.all([decide(stage, purchase, 'approve'), cancel(stage, purchase)]);
      assert.ok(status === 202 || status === 409, String(status));
      if (way.flow === 'browser') await comeBack(stage, purchase);
      for (let passed = 0; passed < 4; passed += 1) await pass(stage, 30);
      const { state } = await booksOf(stage, purchase);
      assert.equal(state, status === 202 ? 'stopped' : 'completed');
      await refundManually(stage, purchase);
      return purchase;
    },
  },
  {
    name: 'paid after it was cancelled, while the provider could not be asked',
    isFor: always,
    async run(stage, way) {
      const purchase = await paying(stage, way);
      await spoil(stage, way.scenario.provider, 'error-500', { times: 1000 });
      assert.equal(await cancel(stage, purchase), 202);
      await settle(stage);
      // Some providers ask us first, and hear that it may not be paid any more.
      await decide(stage, purchase, 'approve');
      await settle(stage);
      await stage.control('DELETE', '/faults');
      await reach(stage, purchase, 'stopped', 3600);
      await pass(stage, 600);
      await refundManually(stage, purchase);
      return purchase;
    },
  },
  {
    name: 'paid while the provider could not be asked, and found out after the order stopped',
    isFor: canBeAsked,
    isAlone: true,
    async run(stage, way) {
      await silence(stage, way);
      const purchase = await paying(stage, way);
      await spoil(stage, way.scenario.provider, 'error-500', { times: 1000 });
      assert.ok(await decide(stage, purchase, 'approve'));
      // A question or two at the end of each is enough, and fewer than would have us give up asking.
      for (const days of [8, 2, 2]) {
        if (!(await hasCase(stage, purchase))) await pass(stage, days * day);
      }
      await resolveCase(stage, purchase, 'not_paid');
      assert.equal((await booksOf(stage, purchase)).state, 'stopped');
      await stage.control('DELETE', '/faults');
      await comeBack(stage, purchase);
      await pass(stage, 600);
      const { state, attempts } = await booksOf(stage, purchase);
      assert.equal(attempts[0]?.state, 'secured');
      assert.equal(state, way.method.refund ? 'stopped' : 'completed');
      return purchase;
    },
  },
  {
    name: 'reported as paid after the order stopped',
    isFor: (way) => !canBeAsked(way),
    async run(stage, way) {
      const purchase = await paying(stage, way);
      await pass(stage, windowSeconds);
      await pass(stage, 3600);
      await resolveCase(stage, purchase, 'not_paid');
      assert.equal((await booksOf(stage, purchase)).state, 'stopped');
      assert.ok(await decide(stage, purchase, 'approve'));
      await reach(stage, purchase, way.method.refund ? 'stopped' : 'completed');
      return purchase;
    },
  },
  {
    name: 'cancelled after it had stopped, then reported as paid',
    isFor: (way) => !canBeAsked(way),
    async run(stage, way) {
      const purchase = await paying(stage, way);
      await pass(stage, windowSeconds);
      await pass(stage, 3600);
      await resolveCase(stage, purchase, 'not_paid');
      assert.equal(await cancel(stage, purchase), 200);
      assert.ok(await decide(stage, purchase, 'approve'));
      await pass(stage, 60);
      assert.equal((await booksOf(stage, purchase)).state, 'stopped');
      await refundManually(stage, purchase);
      return purchase;
    },
  },
  {
    name: 'two sessions, and both are paid',
    isFor: inBrowser,
    async run(stage, way) {
      const purchase = await order(stage, way);
      await spoil(stage, way.scenario.provider, 'timeout-after-success');
      await begin(stage, purchase);
      await stage.control('DELETE', '/faults');
      await tryAgain(stage, purchase, way.paymentMethod);
      const { attempts } = await booksOf(stage, purchase);
      const [lost] = attempts;
      // Nobody was sent to a session whose answer was lost; some providers still find it by our reference.
      const isFound = lost !== undefined && (await isFoundByReference(stage, lost));
      for (const attempt of isFound ? attempts : attempts.slice(1)) {
        await decide(stage, purchase, 'approve', attempt);
        await comeBack(stage, purchase, attempt);
      }
      await reach(stage, purchase, 'completed');
      await pass(stage, 600);
      return purchase;
    },
  },
];

async function isFoundByReference({ fixture, rows }: OwnStage, attempt: AttemptBook): Promise<boolean> {
  const { context } = fixture.app;
  const { publisher_id: publisherId, adapter, merchant_id: merchantId } = attempt;
  const configured = context.methods.findByAdapter(publisherId, adapter, merchantId);
  const [row] = await rows<{ facts: AttemptFacts }>(
    `SELECT json_build_object('reference', reference, 'amountMinor', 10000, 'vatMinor', 0,
       'lines', '[]'::json, 'currency', currency, 'isAgreement', recurring,
       'money', json_build_object('authorizedMinor', 0, 'capturedMinor', 0,
         'refundedMinor', 0, 'cancelledMinor', 0)) AS facts
     FROM payment_attempts JOIN orders USING (order_id) WHERE attempt_id = $1`,
    [attempt.attempt_id],
  );
  if (!configured?.method.ask || !row) return false;
  const evidence = await configured.method.ask(callFor(context, configured), row.facts);
  return evidence.isUnresolvable !== true && evidence.meaning !== 'not_sent';
}

async function hasCase(stage: Stage, purchase: Purchase): Promise<boolean> {
  return (await booksOf(stage, purchase)).cases.some((one) => one.state === 'open');
}
