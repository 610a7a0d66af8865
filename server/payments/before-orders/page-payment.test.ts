import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { complete, register } from '../../test-node.ts';
import { findStuckPagePayments } from '../find-stuck-page-payments.ts';
import { methods } from '../methods/list.ts';
import { orderOf } from '../operations/test-method.ts';
import { type MoneyHouse, openMoneyHouse } from '../operations/test-money.ts';
import type { StartRequest } from '../port/payment-request.ts';
import type { Started } from '../port/provider-answer.ts';
import { sweepPagePayments } from './sweep-page-payments.ts';

let house: MoneyHouse;
let node: MoneyHouse['node'];
let willStart: ((request: StartRequest) => Started) | undefined;
const requests: StartRequest[] = [];

before(async () => {
  house = await openMoneyHouse();
  node = house.node;
  node.context.rateLimiter = {
    ...node.context.rateLimiter,
    take: () => ({ allowed: true, remaining: 1, resetSeconds: 1, retryAfterSeconds: 1 }),
  };
  const [method] = methods.nexi ?? [];
  assert.ok(method);
  Object.assign(method, {
    async start(_context: unknown, request: StartRequest): Promise<Started> {
      requests.push(request);
      // Committed before the provider hears of it.
      assert.equal(await stateOf(request.reference), 'open');
      if (willStart) return willStart(request);
      const buyer = { to: 'address', url: 'https://provider.example/pay' } as const;
      return { kind: 'started', providerId: request.reference, buyer, raw: '' };
    },
  });
});
after(() => house.close());
beforeEach(() => {
  house.provider.reset();
  willStart = undefined;
});

const returnUrl = 'http://localhost:3000/shop';
const day = 86_400;
const nothing = { authorizedMinor: 0 };

async function stateOf(reference: string): Promise<string | undefined> {
  const rows = await node.rows<{ state: string }>('SELECT state FROM page_payments WHERE reference = $1', [
    reference,
  ]);
  return rows[0]?.state;
}

async function begin(): Promise<{ location: string; reference: string; back: string }> {
  const fields = { clientId: 'no.leveret.demo', paymentMethod: 'nexi', amount: '100', currency: 'NOK' };
  const reply = await node.app.http.app.inject({
    method: 'POST',
    url: '/capi/mcpay/start',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...fields, returnUrl, state: 's' }).toString(),
  });
  const request = requests.at(-1);
  assert.ok(request);
  const { pathname } = new URL(request.returnUrl);
  return { location: reply.headers.location ?? '', reference: request.reference, back: pathname };
}

type Told = { status: string; code?: string; order?: { paymentInfoNexi: Record<string, unknown> } };

function toldBy(location = ''): Told {
  return JSON.parse(Buffer.from(location.split('#leveretpay=')[1] ?? '', 'base64url').toString());
}

const open = (url: string, headers = {}, method: 'GET' | 'HEAD' = 'GET') =>
  node.app.http.app.inject({ method, url, headers });

async function paid(money: object = { authorizedMinor: 10_000 }) {
  const begun = await begin();
  house.provider.put(begun.reference, money);
  const told = toldBy((await open(begun.back)).headers.location);
  return { ...begun, told };
}

async function settle(afterSeconds = 0): Promise<void> {
  await node.advance(afterSeconds);
  await sweepPagePayments(node.context);
  await node.runJobs();
}

const stuck = async () => (await findStuckPagePayments(node.context.database)).map((one) => one.reference);

test('many who come back at once are told the same, to the letter', async () => {
  const { reference, back } = await begin();
  house.provider.put(reference, { authorizedMinor: 10_000 });
  const replies = await Promise.all(Array.from({ length: 20 }, () => open(back)));
  const locations = new Set(replies.map((reply) => reply.headers.location));
  assert.equal(locations.size, 1);
  const [location] = locations;
  assert.equal(toldBy(location).status, 'success');
  await node.advance(3600);
  assert.equal((await open(back)).headers.location, location);
});

test('HEAD and a browser that fetches ahead ask nobody', async () => {
  const { reference, back } = await begin();
  house.provider.put(reference, { authorizedMinor: 10_000 });
  assert.equal((await open(back, {}, 'HEAD')).statusCode, 200);
  assert.equal((await open(back, { 'sec-purpose': 'prefetch' })).statusCode, 503);
  assert.equal(await stateOf(reference), 'open');
  assert.equal((await open('/capi/mcpay/back/nobody')).statusCode, 404);
});

const starts: [string, () => Started, string][] = [
  ['refuses', () => ({ kind: 'refused', code: 'no', reason: 'declined', raw: '' }), 'payment_declined'],
  ['is not reached', () => ({ kind: 'not sent', code: 'down' }), 'temporarily_unavailable'],
  ['may have heard', () => ({ kind: 'unknown', code: 'lost', raw: '' }), 'temporarily_unavailable'],
  [
    'answers a snippet',
    () => ({ kind: 'started', providerId: 'x', buyer: { to: 'snippet', html: '', origins: [] }, raw: '' }),
    'temporarily_unavailable',
  ],
  [
    'answers a script',
    () => ({ kind: 'started', providerId: 'x', buyer: { to: 'address', url: 'javascript:1' }, raw: '' }),
    'temporarily_unavailable',
  ],
];

for (const [what, answer, code] of starts) {
  test(`a provider that ${what} ends the payment, and nobody is sent there`, async () => {
    willStart = answer;
    const { location, reference } = await begin();
    assert.deepEqual([toldBy(location).status, toldBy(location).code], ['error', code]);
    assert.equal(await stateOf(reference), 'ended');
  });
}

test('a session whose answer was never written is dropped, as nobody was sent to it', async () => {
  willStart = () => {
    throw new Error('the node died');
  };
  const { reference } = await begin();
  assert.equal(await stateOf(reference), 'open');
  await settle(1801);
  assert.equal(await stateOf(reference), 'ended');
});

test('another amount than was asked for is not signed, and goes back', async () => {
  const { told, reference } = await paid({ authorizedMinor: 9000 });
  assert.deepEqual([told.status, told.code], ['error', 'payment_result_differs']);
  await settle(day + 601);
  assert.equal(house.provider.moneyOf(reference)?.cancelledMinor, 9000);
  assert.equal(await stateOf(reference), 'given_back');
});

test('money that came after all is found when it is asked about again, and goes back unless it is used', async () => {
  const { reference } = await begin();
  house.provider.put(reference, nothing);
  await node.rows("UPDATE page_payments SET state = 'ended', outcome = 'expired' WHERE reference = $1", [
    reference,
  ]);
  house.provider.put(reference, { authorizedMinor: 10_000, capturedMinor: 10_000 });
  const [row] = await node.rows<{ page_payment_id: number }>(
    'SELECT page_payment_id FROM page_payments WHERE reference = $1',
    [reference],
  );
  await node.rows(
    `INSERT INTO jobs (lane, name, arguments, run_at, created_at)
     VALUES ('late', 'settle-page-payment', $1, leveret_now(), leveret_now())`,
    [JSON.stringify({ publisherId: node.client.publisher.publisherId, pagePaymentId: row?.page_payment_id })],
  );
  await node.runJobs();
  assert.equal(await stateOf(reference), 'secured');
  await settle(day + 601);
  assert.equal(house.provider.moneyOf(reference)?.refundedMinor, 10_000);
  assert.equal(await stateOf(reference), 'given_back');
});

test('an order uses it once, by our own reference, and captures what is reserved', async () => {
  const { told, reference } = await paid();
  const orderId = await register(node, orderOf([100], told.order));
  await complete(node, orderId);
  await node.runJobs();
  const books = await house.booksOf(orderId);
  assert.deepEqual([books.reference, books.captured], [reference, 10_000]);
  assert.equal(await stateOf(reference), 'used');
  assert.equal((await house.refund(orderId)).status, 202);
  await settle(2 * day);
  assert.equal(house.provider.moneyOf(reference)?.refundedMinor, 10_000);
  assert.deepEqual(await house.casesOf(orderId), []);
});

test('an answer that is lost while giving back moves the money once', async () => {
  const { reference } = await paid({ authorizedMinor: 10_000, capturedMinor: 10_000 });
  house.provider.willAnswer('refund', 'lost');
  await settle(day + 601);
  assert.equal(await stateOf(reference), 'giving_back');
  await settle(10);
  assert.equal(await stateOf(reference), 'given_back');
  assert.equal(house.provider.moneyOf(reference)?.refundedMinor, 10_000);
});

test('what the provider refuses to give back is listed until a person has done it', async () => {
  const { reference } = await paid({ authorizedMinor: 10_000, capturedMinor: 10_000 });
  house.provider.willAnswer('refund', 'refused', 'refused');
  await settle(day + 601);
  assert.deepEqual(await stuck(), [reference]);
  await settle(day + 1);
  assert.deepEqual(await stuck(), [reference]);
  house.provider.put(reference, { authorizedMinor: 10_000, capturedMinor: 10_000, refundedMinor: 10_000 });
  await settle(day + 1);
  assert.deepEqual(await stuck(), []);
  assert.equal(await stateOf(reference), 'given_back');
  const asked = house.provider.calls.map((one) => `${one.kind} ${one.reference}`);
  const call = `refund r${reference.slice(1)}`;
  assert.deepEqual(asked, [call, call], 'the same call again, by which money moves once');
});

test('a provider that stays away is told of when the plan is over, and tried again a day later', async () => {
  const { reference } = await paid();
  house.provider.goDown(true);
  await settle(day + 601);
  for (const seconds of [2, 5, 15, 45, 120, 600, 3600, 21_600]) {
    assert.deepEqual(await stuck(), []);
    await node.advance(seconds + 1);
    await node.runJobs();
  }
  assert.deepEqual(await stuck(), [reference]);
  house.provider.goDown(false);
  await settle(3600);
  assert.equal(await stateOf(reference), 'giving_back');
  await settle(day);
  assert.equal(await stateOf(reference), 'given_back');
});

test('nothing goes back while an order that stands has it, be it completed or not', async () => {
  const { told, reference } = await paid();
  const orderId = await register(node, orderOf([100], told.order));
  await settle(2 * day);
  assert.equal(await stateOf(reference), 'secured');
  await complete(node, orderId);
  await node.runJobs();
  assert.equal(await stateOf(reference), 'used');
  assert.equal(house.provider.moneyOf(reference)?.cancelledMinor, 0);
});

test('what a completed order has is taken even after its job was given up', async () => {
  const { told, reference } = await paid();
  const orderId = await register(node, orderOf([100], told.order));
  await complete(node, orderId);
  await node.rows("DELETE FROM jobs WHERE name = 'confirm-prepayment' RETURNING job_id");
  await settle();
  assert.deepEqual([await stateOf(reference), (await house.booksOf(orderId)).captured], ['used', 10_000]);
});

test('an account that cannot be used for a while does not have the money forgotten', async () => {
  const { told, reference } = await paid();
  const orderId = await register(node, orderOf([100], told.order));
  const { findByAdapter } = node.context.methods;
  node.context.methods.findByAdapter = () => undefined;
  await complete(node, orderId);
  await node.runJobs();
  assert.equal(await stateOf(reference), 'secured');
  node.context.methods.findByAdapter = findByAdapter;
  await node.advance(3);
  await node.runJobs();
  assert.equal(await stateOf(reference), 'used');
});

test('an account is kept as long as a payment on a page may need it', async () => {
  await paid();
  const path = '/capi/v1/client/payment-methods/test-reserving/default';
  assert.equal((await node.delete(path)).body['code'], 'merchant_is_in_use');
  await settle(day + 601);
  assert.equal((await node.delete(path)).status, 200);
});
