import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swedbankPayCard } from '@leveret/server/payments/methods/swedbank-pay/method.js';
import type { Notice } from '@leveret/server/payments/port/notice.js';
import { attemptOf, openShop, reference, type Shop } from './swedbank-pay-shop.ts';

const mine = `/notices/${reference('p', 1)}`;

function noticeOf(body: unknown): Notice {
  return {
    method: 'POST',
    url: `https://leveret.example${mine}`,
    topic: '',
    query: {},
    headers: {},
    authorization: undefined,
    body,
    raw: JSON.stringify(body),
  };
}

function receivedBy(shop: Shop): { path: string; number: number | undefined }[] {
  return shop.listener.received.map(({ path, body }) => ({
    path,
    number: (JSON.parse(body) as { paymentOrder: { number?: number } }).paymentOrder.number,
  }));
}

test('a callback leads to the question about the attempt of its address, whatever it says', async (t) => {
  const shop = await openShop(t);
  const session = await shop.startCard();
  await shop.press(session, 'approve');
  await shop.sandbox.advance(1);
  const [first] = shop.listener.received;
  assert.equal(first?.path, mine);
  const asked = { kind: 'ask', about: 'the attempt of the address' } as const;
  const bodies: unknown[] = [
    JSON.parse(first.body),
    undefined,
    'nonsense',
    { paymentOrder: { id: 'http://x' } },
  ];
  for (const body of bodies) {
    assert.deepEqual(swedbankPayCard.readNotice?.(shop.context.settings, noticeOf(body)), asked);
  }
});

test('a forged callback claims what is not so: the order says the truth', async (t) => {
  const shop = await openShop(t);
  const session = await shop.startCard();
  await shop.fault('wrong-signature');
  await shop.press(session, 'refuse');
  await shop.sandbox.advance(1);
  const paths = receivedBy(shop).map((one) => one.path);
  assert.deepEqual(paths.toSorted(), [mine, mine, `/notices/${'a'.repeat(32)}`].toSorted());
  const evidence = await swedbankPayCard.ask?.(shop.context, attemptOf(session));
  assert.equal(evidence?.meaning, 'pending');
});

test('a failed try is told while the order is open, and so is the payment that follows', async (t) => {
  const shop = await openShop(t);
  const session = await shop.startCard();
  await shop.press(session, 'refuse');
  await shop.press(session, 'approve');
  await shop.sandbox.advance(1);
  const numbers = receivedBy(shop).map((one) => one.number);
  assert.equal(numbers.length, 2);
  assert.notEqual(numbers[0], numbers[1]);
});

const faults: [string, number[], number][] = [
  ['lost', [], 7201],
  ['early', [1], 0],
  ['duplicate', [1, 1], 1],
  ['reordered', [1, 0], 2],
  ['late', [], 7200],
  ['late', [1], 7201],
];
for (const [kind, expected, seconds] of faults) {
  test(`${kind} callbacks after ${seconds} seconds: ${expected.length}`, async (t) => {
    const shop = await openShop(t);
    const session = await shop.startCard();
    await shop.fault(kind);
    await shop.press(session, 'approve');
    if (seconds > 0) await shop.sandbox.advance(seconds);
    const received = receivedBy(shop);
    const last = Math.max(...received.map((one) => one.number ?? 0));
    assert.deepEqual(
      received.map((one) => 1 - (last - (one.number ?? 0))),
      expected,
    );
    const evidence = await swedbankPayCard.ask?.(shop.context, attemptOf(session));
    assert.equal(evidence?.meaning, 'secured');
  });
}
