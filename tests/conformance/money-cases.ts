import assert from 'node:assert/strict';
import type { Reply } from '../builders/demo-client.ts';
import { until } from '../builders/until.ts';
import { always, type Case, captures } from './conformance-case.ts';
import { exchangeFaults } from './network-cases.ts';
import { booksOf, lastAttempt, type Purchase, paid, resolveCase } from './purchase.ts';
import { pass, type Stage, settle, spoil } from './stage.ts';

export async function ask(
  stage: Stage,
  { orderId }: Purchase,
  what: string,
  body: object = {},
): Promise<Reply> {
  const reply = await (await stage.client()).post(`/capi/v1/client/order/${orderId}/${what}`, body);
  await settle(stage);
  return reply;
}

export async function totalsOf(stage: Stage, purchase: Purchase): Promise<object> {
  const { captured_minor, refunded_minor, cancelled_minor } = await lastAttempt(stage, purchase);
  return { captured: captured_minor, refunded: refunded_minor, cancelled: cancelled_minor };
}

/** Gives back all or a part, and waits until it is done; by a person where the method cannot. */
async function refund(stage: Stage, purchase: Purchase, body: object = {}): Promise<void> {
  const reply = await ask(stage, purchase, 'refund', body);
  assert.equal(reply.status, 202, JSON.stringify(reply.body));
  await pass(stage, 30);
  const { cases } = await booksOf(stage, purchase);
  if (cases.some((one) => one.state === 'open')) await resolveCase(stage, purchase, 'given_back');
}

export const moneyCases: readonly Case[] = [
  {
    name: 'refunded',
    isFor: always,
    async run(stage, way) {
      const purchase = await paid(stage, way);
      await refund(stage, purchase);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 10_000, refunded: 10_000, cancelled: 0 });
      assert.equal((await ask(stage, purchase, 'refund')).body['code'], 'nothing_to_refund');
      return purchase;
    },
  },
  {
    name: 'refunded in parts, and no more than was paid',
    isFor: ({ method }) => !method.refundsWholeOnly,
    async run(stage, way) {
      const purchase = await paid(stage, way);
      await refund(stage, purchase, { amount: 30 });
      await refund(stage, purchase, { amount: 20.5 });
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 10_000, refunded: 5050, cancelled: 0 });
      const tooMuch = await ask(stage, purchase, 'refund', { amount: 49.51 });
      assert.equal(tooMuch.body['code'], 'refund_exceeds_payment');
      return purchase;
    },
  },
  {
    name: 'a part is refused, then all is refunded',
    isFor: ({ method }) => method.refundsWholeOnly === true,
    async run(stage, way) {
      const purchase = await paid(stage, way);
      const part = await ask(stage, purchase, 'refund', { amount: 30 });
      assert.deepEqual([part.status, part.body['code']], [409, 'refund_must_be_whole']);
      await refund(stage, purchase, { lines: [{ lineNumber: 1 }] });
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 10_000, refunded: 10_000, cancelled: 0 });
      return purchase;
    },
  },
  ...exchangeFaults.map(
    (kind): Case => ({
      name: `refunded, ${kind}`,
      isFor: ({ method }) => method.refund !== undefined,
      async run(stage, way) {
        const purchase = await paid(stage, way);
        await spoil(stage, way.scenario.provider, kind);
        await Promise.all([1, 2, 3].map(() => ask(stage, purchase, 'refund')));
        for (let tries = 0; tries < 3; tries += 1) await pass(stage, 30);
        assert.deepEqual(await totalsOf(stage, purchase), {
          captured: 10_000,
          refunded: 10_000,
          cancelled: 0,
        });
        return purchase;
      },
    }),
  ),
  {
    name: 'captured by API, one line and then the rest',
    isFor: captures,
    async run(stage, way) {
      const purchase = await paid(stage, way, { lines: 2, manual: true });
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 0, refunded: 0, cancelled: 0 });
      assert.equal((await ask(stage, purchase, 'capture', { lines: [1] })).status, 202);
      await pass(stage, 30);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 10_000, refunded: 0, cancelled: 0 });
      assert.equal((await ask(stage, purchase, 'capture')).status, 202);
      await pass(stage, 30);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 20_000, refunded: 0, cancelled: 0 });
      return purchase;
    },
  },
  ...exchangeFaults.map(
    (kind): Case => ({
      name: `captured by API, ${kind}`,
      isFor: captures,
      async run(stage, way) {
        const purchase = await paid(stage, way, { manual: true });
        await spoil(stage, way.scenario.provider, kind);
        await Promise.all([1, 2, 3].map(() => ask(stage, purchase, 'capture')));
        for (let tries = 0; tries < 3; tries += 1) await pass(stage, 30);
        assert.deepEqual(await totalsOf(stage, purchase), { captured: 10_000, refunded: 0, cancelled: 0 });
        return purchase;
      },
    }),
  ),
  ...exchangeFaults.map(
    (kind): Case => ({
      name: `released before it is captured, ${kind}`,
      isFor: captures,
      async run(stage, way) {
        const purchase = await paid(stage, way, { manual: true });
        await spoil(stage, way.scenario.provider, kind);
        await ask(stage, purchase, 'refund');
        for (let tries = 0; tries < 3; tries += 1) await pass(stage, 30);
        assert.deepEqual(await totalsOf(stage, purchase), { captured: 0, refunded: 0, cancelled: 10_000 });
        return purchase;
      },
    }),
  ),
  {
    name: 'one line captured and refunded, the other released',
    isFor: captures,
    async run(stage, way) {
      const purchase = await paid(stage, way, { lines: 2, manual: true });
      await ask(stage, purchase, 'capture', { lines: [1] });
      await pass(stage, 30);
      await refund(stage, purchase, { lines: [{ lineNumber: 2 }] });
      await refund(stage, purchase, { lines: [{ lineNumber: 1 }] });
      const totals = await totalsOf(stage, purchase);
      assert.deepEqual(totals, { captured: 10_000, refunded: 10_000, cancelled: 10_000 });
      return purchase;
    },
  },
  {
    name: 'a deadline for the capture comes near',
    isFor: captures,
    async run(stage, way) {
      const purchase = await paid(stage, way, { manual: true });
      const { capture_before: before } = await lastAttempt(stage, purchase);
      // Some providers name none; then nobody can be told.
      if (before === null) return purchase;
      const [row] = await stage.rows<{ seconds: number }>(
        'SELECT extract(epoch FROM $1::timestamptz - leveret_now())::integer AS seconds',
        [before],
      );
      await pass(stage, (row?.seconds ?? 0) - 20 * 3600);
      const isDue = async () =>
        (await booksOf(stage, purchase)).cases.some(
          (one) => one.kind === 'capture due' && one.state === 'open',
        );
      await until('the case', isDue);
      assert.equal((await ask(stage, purchase, 'capture')).status, 202);
      await pass(stage, 30);
      assert.equal(await isDue(), false);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 10_000, refunded: 0, cancelled: 0 });
      return purchase;
    },
  },
];
