import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';
import { ensurePayment, lockOrder, markSent, type PaymentFlow } from '../ledger/attempts-store.ts';
import { type FoundAttempt, findAttempt } from '../ledger/find-attempt.ts';
import { insertAttempt } from '../ledger/insert-attempt.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';
import type { PaymentMethod } from '../port/payment-method.ts';
import type { Started } from '../port/provider-answer.ts';
import { askAttempt } from './ask-attempt.ts';
import { confirmWithCode } from './confirm-with-code.ts';
import { lostCallSeconds } from './may-still-arrive.ts';
import { recordSession } from './record-session.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

type Way = {
  paymentMethod: 'creditcardPayex' | 'sms';
  merchantId?: string;
  flow: PaymentFlow;
  isSent?: true;
};

const session: Way = { paymentMethod: 'creditcardPayex', flow: 'browser' };
const code: Way = { paymentMethod: 'sms', merchantId: 'strex', flow: 'browser' };

const codeSent: Started = { kind: 'started', providerId: 'code-1', buyer: { to: 'code' }, raw: '' };

/** A try of an order that has no job at all. */
async function tried({ paymentMethod, merchantId, flow, isSent }: Way) {
  const merchant = merchantId === undefined ? {} : { merchantId };
  const orderId = await register(node, smsOrder(undefined, { paymentMethod, ...merchant }));
  const about = orderOf({ publisherId: node.client.publisher.publisherId, orderId });
  const attemptId = await node.context.database.transaction('begin', async (transaction) => {
    const order = await lockOrder(transaction, about.publisherId, orderId);
    const configured = node.context.methods.find(about.publisherId, paymentMethod, merchantId);
    assert.ok(order && configured);
    const { payment_id: id } = await ensurePayment(transaction, order, 30, flow);
    const made = await insertAttempt(transaction, order, id, configured, { flow });
    await transaction.report<PaymentEvent>([{ name: 'payment wanted', ...about, isSession: true }]);
    return made.attemptId;
  });
  const { publisherId } = about;
  if (paymentMethod === 'sms' && flow === 'browser')
    await recordSession(node.context, { publisherId, attemptId }, codeSent);
  if (isSent) {
    await node.context.database.transaction('claim', (transaction) => markSent(transaction, attemptId, 600));
  }
  return { ...about, attemptId };
}
type Tried = Awaited<ReturnType<typeof tried>>;

/** The try, at a provider that answers so. */
async function foundAt({ publisherId, attemptId }: Tried, method: Partial<PaymentMethod>) {
  const found = await findAttempt(node.context, publisherId, attemptId);
  assert.ok(found?.configured);
  const { configured } = found;
  return { ...found, configured: { ...configured, method: { ...configured.method, ...method } } };
}

const notSent = async () => ({ meaning: 'not_sent', code: 'not found', raw: '' }) as const;
const ask = (found: FoundAttempt, givesUp = false) => askAttempt(node.context, found, { givesUp });

const drops: [what: string, way: Way, drop: (about: Tried) => Promise<unknown>][] = [
  [
    'a session whose answer was lost with its process',
    session,
    async (about) => {
      await node.advance(31);
      return ask(await foundAt(about, {}));
    },
  ],
  [
    'a session that the provider was never asked for',
    session,
    (about) => recordSession(node.context, about, { kind: 'not sent', code: 'too many' }),
  ],
  ['a code that the buyer gives up', code, async (about) => ask(await foundAt(about, {}), true)],
  [
    'a code whose charge the provider never had',
    { ...code, isSent: true },
    async (about) => {
      await node.advance(lostCallSeconds);
      return ask(await foundAt(about, { ask: notSent }));
    },
  ],
  [
    'a charge that the provider never had, and that is not made again',
    { ...code, flow: 'direct', isSent: true },
    async (about) => {
      await node.advance(lostCallSeconds);
      return ask(await foundAt(about, { ask: notSent, chargeRepeats: false }));
    },
  ],
  [
    'a charge that was made again and could not be sent',
    { ...code, flow: 'direct', isSent: true },
    async (about) => ask(await foundAt(about, { ask: notSent, charge: notSent })),
  ],
];

async function standOf({ orderId, attemptId }: Tried): Promise<unknown> {
  const [row] = await node.rows(
    `SELECT orders.state AS "order", attempts.state AS attempt,
       ARRAY (SELECT name FROM jobs WHERE key IN (orders.order_id::text, attempt_id::text)) AS jobs
     FROM orders JOIN payment_attempts attempts USING (order_id) WHERE order_id = $1 AND attempt_id = $2`,
    [orderId, attemptId],
  );
  return row;
}

for (const [what, way, drop] of drops) {
  test(`${what} lets its order go on at once`, async () => {
    const about = await tried(way);
    await drop(about);
    assert.deepEqual(await standOf(about), {
      order: 'paying',
      attempt: 'discarded',
      jobs: ['start-payment'],
    });
  });
}

test('a typed code that could not be sent lets its order go on at once', async () => {
  const about = await tried(code);
  // Nothing listens there.
  await node.rows(
    `UPDATE payment_attempts SET pinned = pinned || '{"baseUrl": "http://127.0.0.1:9"}' WHERE attempt_id = $1
     RETURNING attempt_id`,
    [about.attemptId],
  );
  assert.deepEqual(await confirmWithCode(node.context, { ...about, code: '1234' }), { kind: 'wait' });
  const stand = { order: 'paying', attempt: 'discarded', jobs: ['resolve-attempt', 'start-payment'] };
  assert.deepEqual(await standOf(about), stand);
});

test('what was dropped, or has ended otherwise, before it was asked about moves nothing more', async () => {
  const about = await tried(session);
  await recordSession(node.context, about, { kind: 'not sent', code: 'too many' });
  await node.rows('DELETE FROM jobs WHERE key = $1 RETURNING job_id', [String(about.orderId)]);
  assert.equal(await ask(await foundAt(about, { ask: notSent })), 'discarded');
  assert.deepEqual(await standOf(about), { order: 'paying', attempt: 'discarded', jobs: [] });
});

test('an order that is paid no more is not started for what is dropped', async () => {
  const about = await tried(session);
  await node.context.database.transaction('stop', (transaction) =>
    transaction.report<PaymentEvent>([{ name: 'payment failed', ...about, reason: 'window over' }]),
  );
  await recordSession(node.context, about, { kind: 'not sent', code: 'too many' });
  assert.deepEqual(await standOf(about), { order: 'stopped', attempt: 'discarded', jobs: [] });
});
