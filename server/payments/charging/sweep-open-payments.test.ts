import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CaseKind } from '../../cases/case.ts';
import { openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { ensurePayment, lockOrder } from '../ledger/attempts-store.ts';
import { insertAttempt } from '../ledger/insert-attempt.ts';
import { insertUnattached } from '../ledger/insert-unattached.ts';
import { type OfAttempt, orderOf, type PaymentEvent } from '../payment.ts';
import { sweepOpenPayments } from './sweep-open-payments.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const windowMinutes = 30;
type About = ReturnType<typeof orderOf>;

/** An order whose buyer pays in a browser; nothing of it is under way yet. */
async function beginInBrowser(isSession: { isSession?: true } = {}): Promise<About> {
  const orderId = await register(node, smsOrder(undefined, { paymentMethod: 'creditcardPayex' }));
  const about = orderOf({ publisherId: node.client.publisher.publisherId, orderId });
  await node.context.database.transaction('begin', async (transaction) => {
    const order = await lockOrder(transaction, about.publisherId, about.orderId);
    assert.ok(order);
    await ensurePayment(transaction, order, windowMinutes, 'browser');
    await transaction.report<PaymentEvent>([{ name: 'payment wanted', ...about, ...isSession }]);
  });
  return about;
}

/** What a node has written that died before it heard what became of the buyer's session. */
function loseSession(about: About): Promise<number> {
  const { database, methods } = node.context;
  return database.transaction('lose-session', async (transaction) => {
    const order = await lockOrder(transaction, about.publisherId, about.orderId);
    const configured = methods.find(about.publisherId, 'creditcardPayex');
    assert.ok(order && configured);
    const { payment_id: id } = await ensurePayment(transaction, order, windowMinutes, 'browser');
    const how = { flow: 'browser', returnPage: '/' } as const;
    return (await insertAttempt(transaction, order, id, configured, how)).attemptId;
  });
}

/** A person is to look at a try, and does so where `isDismissed`. */
async function openCaseAbout(
  about: OfAttempt,
  kind: Extract<CaseKind, 'attempt unresolved' | 'action required' | 'payment disputed'>,
  isDismissed = false,
): Promise<void> {
  await node.context.database.transaction('doubt', (transaction) =>
    transaction.report<PaymentEvent>([{ name: 'attention needed', kind, ...about, reason: 'said here' }]),
  );
  if (!isDismissed) return;
  const [open] = await node.rows<{ case_id: number }>(
    "SELECT case_id FROM cases WHERE attempt_id = $1 AND state = 'open'",
    [about.attemptId],
  );
  const answer = { outcome: 'dismissed', evidence: 'looked' };
  const { status } = await node.post(`/capi/v1/client/cases/${open?.case_id}/resolve`, answer);
  assert.equal(status, 200);
}

async function statesOf({ orderId }: About): Promise<string[]> {
  const rows = await node.rows<{ state: string }>(
    'SELECT state FROM payment_attempts WHERE order_id = $1 ORDER BY attempt_id',
    [orderId],
  );
  return rows.map(({ state }) => state);
}

async function jobsOf({ orderId }: About): Promise<string[]> {
  const rows = await node.rows<{ name: string }>(
    `SELECT name FROM jobs WHERE arguments ->> 'orderId' = $1 OR key IN (
       SELECT attempt_id::text FROM payment_attempts WHERE order_id = $2) ORDER BY name`,
    [String(orderId), orderId],
  );
  return rows.map(({ name }) => name);
}

async function sweepAndWork(): Promise<void> {
  await sweepOpenPayments(node.context);
  await node.runJobs();
}

test('a session that was lost is dropped, though a job waits for the end of the window', async () => {
  const about = await beginInBrowser();
  await node.runJobs();
  await loseSession(about);
  await node.advance(60);
  await sweepAndWork();
  assert.deepEqual([await statesOf(about), await jobsOf(about)], [['discarded'], ['start-payment']]);
});

test('a closed case about a former try stands for no question about this one', async () => {
  const about = await beginInBrowser({ isSession: true });
  const attemptId = await loseSession(about);
  await openCaseAbout({ ...about, attemptId }, 'attempt unresolved');
  const evidence = { meaning: 'declined', code: 'refused', raw: '' } as const;
  await node.context.database.transaction('refuse', (transaction) =>
    applyEvidence(node.context, transaction, { ...about, attemptId, source: 'notice', evidence }),
  );
  await node.runJobs();
  await loseSession(about);
  // It was to watch the window, and was given up.
  await node.rows("DELETE FROM jobs WHERE name = 'start-payment' AND key = $1 RETURNING job_id", [
    String(about.orderId),
  ]);
  await node.advance(60);
  await sweepAndWork();
  assert.deepEqual(
    [await statesOf(about), await jobsOf(about)],
    [['declined', 'discarded'], ['start-payment']],
  );
});

for (const [isAsked, kind, isDismissed] of [
  [true, 'action required', false],
  [true, 'payment disputed', true],
  [false, 'attempt unresolved', false],
  [false, 'attempt unresolved', true],
] as const) {
  const how = isDismissed ? 'dismissed today' : 'open';
  const asked = isAsked ? 'is asked about all the same' : 'is left to the person';
  test(`a try of an order with a case of "${kind}", ${how}, ${asked}`, async () => {
    const about = await beginInBrowser({ isSession: true });
    await openCaseAbout({ ...about, attemptId: await loseSession(about) }, kind, isDismissed);
    await node.advance(60);
    await sweepAndWork();
    assert.deepEqual(await statesOf(about), [isAsked ? 'discarded' : 'sent']);
    await node.advance(86_401);
    await sweepAndWork();
    assert.deepEqual(await statesOf(about), [isAsked || isDismissed ? 'discarded' : 'sent']);
  });

  test(`a payment on a page with a case of "${kind}", ${how}, ${asked}`, async () => {
    const { publisherId } = node.client.publisher;
    const configured = node.context.methods.find(publisherId, 'creditcardPayex');
    assert.ok(configured);
    const [paymentId, attemptId] = await node.context.database.transaction('page', async (transaction) => {
      const owed = { publisherId, amountMinor: 10_000, currency: 'NOK', windowMinutes } as const;
      const id = await insertUnattached(transaction, owed);
      const ofNobody = { publisher_id: publisherId, order_id: null, amount_minor: 10_000 };
      const made = await insertAttempt(transaction, ofNobody, id, configured, { flow: 'browser' });
      return [id, made.attemptId] as const;
    });
    await openCaseAbout({ publisherId, paymentId, attemptId }, kind, isDismissed);
    await node.advance(61);
    await sweepAndWork();
    const [row] = await node.rows<{ state: string }>(
      'SELECT state FROM payment_attempts WHERE attempt_id = $1',
      [attemptId],
    );
    assert.equal(row?.state, isAsked ? 'discarded' : 'sent');
  });
}
