import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Listener, type Received, startListener } from '@leveret/sandbox/testing/frozen-sandbox.js';
import type { Notice, NoticeReading } from '@leveret/server/payments/port/notice.js';
import { method, openShop, operation } from './kustom-shop.ts';

const minutes = 60;
const hours = 3600;

function readingOf(received: Received | undefined): NoticeReading {
  const topic = received?.path.split('/').at(-1) ?? '';
  const body: unknown = received?.body ? JSON.parse(received.body) : undefined;
  const notice: Notice = {
    method: 'POST',
    url: received?.path ?? '',
    topic,
    query: {},
    headers: {},
    authorization: undefined,
    body,
    raw: received?.body ?? '',
  };
  return method.readNotice({}, notice);
}

const topics = (listener: Listener) => listener.received.map((one) => one.path.split('/').at(-1));
const asking: NoticeReading = { kind: 'ask', about: 'the attempt of the address' };

async function openListeningShop(t: Parameters<typeof openShop>[0]) {
  const shop = await openShop(t);
  const listener = await startListener(t);
  return { shop, listener, noticeUrl: `${listener.url}/attempts/secret` };
}

test('the merchant is asked before a purchase is completed, and pushes come until it is acknowledged', async (t) => {
  const { shop, listener, noticeUrl } = await openListeningShop(t);
  const attempt = await shop.pay({ noticeUrl });
  assert.deepEqual(readingOf(listener.received[0]), {
    kind: 'may this be paid',
    amountMinor: 12_500,
    currency: 'NOK',
  });
  await shop.sandbox.advance(2 * minutes - 1);
  assert.deepEqual(topics(listener), ['validation']);
  await shop.sandbox.advance(1);
  assert.deepEqual(topics(listener), ['validation', 'push']);
  assert.deepEqual(readingOf(listener.received[1]), asking);
  await shop.sandbox.advance(58 * minutes);
  assert.equal(listener.received.length, 6);
  await shop.sandbox.advance(4 * hours);
  assert.equal(listener.received.length, 7);
  assert.equal((await method.acknowledge(shop.context, attempt)).kind, 'succeeded');
  assert.equal((await method.acknowledge(shop.context, attempt)).kind, 'succeeded');
  await shop.sandbox.advance(72 * hours);
  assert.equal(listener.received.length, 7);
});

test('nobody is pushed after a capture, and everybody else for 48 hours at most', async (t) => {
  const { shop, listener, noticeUrl } = await openListeningShop(t);
  const captured = await shop.pay({ noticeUrl });
  await method.capture(shop.context, captured, operation());
  await shop.sandbox.advance(72 * hours);
  assert.deepEqual(topics(listener), ['validation']);
  await shop.pay({ noticeUrl });
  await shop.sandbox.advance(72 * hours);
  assert.equal(listener.received.length, 2 + 16);
});

const answers: [status: number, decided: number, meaning: string][] = [
  [200, 200, 'secured'],
  [500, 200, 'secured'],
  [303, 409, 'pending'],
  [400, 409, 'pending'],
];

for (const [status, decided, meaning] of answers) {
  test(`a merchant who answers a validation ${status} has the purchase ${meaning}`, async (t) => {
    const { shop, listener, noticeUrl } = await openListeningShop(t);
    listener.answers.push(status);
    const attempt = await shop.begin({ noticeUrl });
    assert.equal(await shop.decide(attempt, 'approve'), decided);
    assert.equal((await shop.ask(attempt)).meaning, meaning);
  });
}

const faults: [kind: string, received: string[]][] = [
  ['duplicate', ['validation', 'push', 'push']],
  ['lost', ['validation']],
  ['late', ['validation']],
  ['early', ['validation', 'push']],
  ['reordered', ['push', 'validation', 'push']],
  ['wrong-signature', ['notification', 'validation', 'push']],
];

for (const [kind, received] of faults) {
  test(`notices under ${kind}: the order is reserved once, and only asking tells`, async (t) => {
    const { shop, listener, noticeUrl } = await openListeningShop(t);
    await shop.fault(kind);
    const attempt = await shop.begin({ noticeUrl });
    assert.equal((await shop.ask(attempt)).meaning, 'pending');
    assert.equal(await shop.decide(attempt, 'approve'), 200);
    if (kind === 'early') assert.deepEqual(topics(listener), received);
    else await shop.sandbox.advance(2 * minutes);
    assert.deepEqual(topics(listener), received);
    for (const one of listener.received.filter(({ path }) => !path.endsWith('/validation'))) {
      assert.deepEqual(readingOf(one), asking);
    }
    if (kind === 'late') {
      await shop.sandbox.advance(2 * hours);
      assert.deepEqual(topics(listener), ['validation', 'push']);
    }
    assert.equal((await shop.booked(attempt))?.state, 'reserved');
  });
}

test('a stranger who claims success is not believed', async (t) => {
  const { shop, listener, noticeUrl } = await openListeningShop(t);
  await shop.fault('wrong-signature');
  const attempt = await shop.begin({ noticeUrl });
  assert.match(listener.received[0]?.body ?? '', /FRAUD_RISK_ACCEPTED/);
  assert.deepEqual(readingOf(listener.received[0]), asking);
  assert.equal((await shop.ask(attempt)).meaning, 'pending');
});

test('a validation that cannot be read is refused, and what we do not know is left', () => {
  const notice = { path: '/validation', headers: {}, body: '{"order_amount":"12500"}' };
  assert.deepEqual(readingOf(notice), { kind: 'refused', reason: 'not understood' });
  assert.deepEqual(readingOf({ ...notice, path: '/address' }), { kind: 'ignored' });
});
