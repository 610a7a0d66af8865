import assert from 'node:assert/strict';
import { textAt } from '../builders/fields-of.ts';
import { type Case, captures } from './conformance-case.ts';
import { ask, totalsOf } from './money-cases.ts';
import { exchangeFaults } from './network-cases.ts';
import { type Purchase, paid } from './purchase.ts';
import { pass, type Stage, settle, spoil } from './stage.ts';
import type { Way } from './ways.ts';

const inParts = (way: Way) => captures(way) && way.method.captures === 'in parts';

const done = [202, 'accepted'] as const;

/** Captures, and waits until it is done; answers status and code, or what the refusal says. */
async function capture(stage: Stage, purchase: Purchase, body: object): Promise<readonly [number, string]> {
  const reply = await ask(stage, purchase, 'capture', body);
  await pass(stage, 30);
  if (reply.status === 202) return done;
  const code = textAt(reply.body, 'code');
  return [reply.status, reply.status === 409 ? `${code}: ${textAt(reply.body, 'detail')}` : code];
}

export const captureCases: readonly Case[] = [
  {
    name: 'captured by API, an amount at a time until nothing is left',
    isFor: inParts,
    async run(stage, way) {
      const purchase = await paid(stage, way, { lines: 2, manual: true });
      const { currency = 'NOK' } = way.scenario.order;
      assert.deepEqual(await capture(stage, purchase, { amount: 50 }), done);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 5000, refunded: 0, cancelled: 0 });
      assert.deepEqual(await capture(stage, purchase, { amount: '120.50' }), done);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 17_050, refunded: 0, cancelled: 0 });
      const tooMuch = `capture_exceeds_reservation: The order has 29.50 ${currency} left to capture.`;
      assert.deepEqual(await capture(stage, purchase, { amount: 29.51 }), [409, tooMuch]);
      for (const amount of [0, -1, 1.005]) {
        assert.deepEqual(await capture(stage, purchase, { amount }), [400, 'amount_is_invalid']);
      }
      assert.deepEqual(await capture(stage, purchase, { amount: 10, lines: [1] }), [400, 'input_is_invalid']);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 17_050, refunded: 0, cancelled: 0 });
      assert.deepEqual(await capture(stage, purchase, { amount: 29.5 }), done);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 20_000, refunded: 0, cancelled: 0 });
      const [status, code] = await capture(stage, purchase, { amount: 1 });
      assert.deepEqual([status, code.split(':')[0]], [409, 'nothing_to_capture']);
      return purchase;
    },
  },
  {
    name: 'captured by API, parts of lines, and what is left of a line',
    isFor: inParts,
    async run(stage, way) {
      const purchase = await paid(stage, way, { lines: 2, manual: true });
      const parts = [
        { lineNumber: 1, amount: 30 },
        { lineNumber: 2, amount: 20.25 },
      ];
      assert.deepEqual(await capture(stage, purchase, { lines: parts }), done);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 5025, refunded: 0, cancelled: 0 });
      const [status, detail] = await capture(stage, purchase, { lines: [{ lineNumber: 1, amount: 70.01 }] });
      assert.equal(status, 409);
      assert.match(detail, /^capture_exceeds_reservation: Line 1 has 70\.00 /);
      assert.deepEqual(await capture(stage, purchase, { lines: [{ lineNumber: 1 }] }), done);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 12_025, refunded: 0, cancelled: 0 });
      return purchase;
    },
  },
  {
    name: 'captured by API, the same amount twice at once',
    isFor: inParts,
    async run(stage, way) {
      const purchase = await paid(stage, way, { lines: 2, manual: true });
      const client = await stage.client();
      const path = `/capi/v1/client/order/${purchase.orderId}/capture`;
      const replies = await Promise.all([1, 2].map(() => client.post(path, { amount: 150 })));
      assert.deepEqual(
        replies.map((reply) => reply.status).toSorted((one, other) => one - other),
        [202, 409],
      );
      const refused = replies.find((reply) => reply.status === 409)?.body ?? {};
      assert.equal(refused['code'], 'capture_exceeds_reservation');
      assert.match(textAt(refused, 'detail'), /has 50\.00 /);
      await settle(stage);
      await pass(stage, 30);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 15_000, refunded: 0, cancelled: 0 });
      return purchase;
    },
  },
  {
    name: 'captured by API, the same request many times under one key',
    isFor: inParts,
    async run(stage, way) {
      const purchase = await paid(stage, way, { lines: 2, manual: true });
      const client = await stage.client();
      const path = `/capi/v1/client/order/${purchase.orderId}/capture`;
      const key = { 'idempotency-key': `capture-${purchase.orderId}` };
      for (let tries = 0; tries < 3; tries += 1) {
        assert.equal((await client.post(path, { amount: 40 }, key)).status, 202);
        await pass(stage, 30);
      }
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 4000, refunded: 0, cancelled: 0 });
      assert.equal((await client.post(path, { amount: 41 }, key)).status, 422);
      return purchase;
    },
  },
  {
    name: 'a part captured, then all given back: that refunded, the rest released',
    isFor: inParts,
    async run(stage, way) {
      const purchase = await paid(stage, way, { lines: 2, manual: true });
      await capture(stage, purchase, { amount: 40 });
      const client = await stage.client();
      const path = `/capi/v1/client/order/${purchase.orderId}/refund`;
      assert.equal((await client.post(path, {})).status, 202);
      await settle(stage);
      for (let tries = 0; tries < 3; tries += 1) await pass(stage, 30);
      assert.deepEqual(await totalsOf(stage, purchase), {
        captured: 4000,
        refunded: 4000,
        cancelled: 16_000,
      });
      const [status, code] = await capture(stage, purchase, { amount: 10 });
      assert.deepEqual([status, code.split(':')[0]], [409, 'nothing_to_capture']);
      return purchase;
    },
  },
  {
    name: 'a part given up beside parts that are captured',
    isFor: inParts,
    async run(stage, way) {
      const purchase = await paid(stage, way, { lines: 2, manual: true });
      await capture(stage, purchase, { amount: 40 });
      assert.equal((await ask(stage, purchase, 'refund', { lines: [{ lineNumber: 2 }] })).status, 202);
      const [status, detail] = await capture(stage, purchase, { amount: 60.01 });
      assert.deepEqual([status, detail.split(':')[0]], [409, 'capture_exceeds_reservation']);
      assert.deepEqual(await capture(stage, purchase, { amount: 60 }), done);
      for (let tries = 0; tries < 3; tries += 1) await pass(stage, 30);
      assert.deepEqual(await totalsOf(stage, purchase), { captured: 10_000, refunded: 0, cancelled: 10_000 });
      return purchase;
    },
  },
  ...exchangeFaults.map(
    (kind): Case => ({
      name: `a part captured by API, ${kind}`,
      isFor: inParts,
      async run(stage, way) {
        const purchase = await paid(stage, way, { lines: 2, manual: true });
        assert.deepEqual(await capture(stage, purchase, { amount: 25 }), done);
        await spoil(stage, way.scenario.provider, kind);
        await ask(stage, purchase, 'capture', { amount: 40 });
        for (let tries = 0; tries < 3; tries += 1) await pass(stage, 30);
        assert.deepEqual(await totalsOf(stage, purchase), { captured: 6500, refunded: 0, cancelled: 0 });
        return purchase;
      },
    }),
  ),
];
