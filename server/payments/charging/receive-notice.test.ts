import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';
import { ensurePayment, lockOrder } from '../ledger/attempts-store.ts';
import { insertAttempt } from '../ledger/insert-attempt.ts';
import { resolveSoon } from './resolve-attempt.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const hour = 3600;

/** A session of a buyer, about which its provider is to be asked in an hour. */
async function openAttempt(): Promise<{ jobKey: string; noticeUrl: string }> {
  const orderId = await register(node, smsOrder(undefined, { paymentMethod: 'creditcardPayex' }));
  const { publisherId } = node.client.publisher;
  const { database, methods } = node.context;
  return database.transaction('begin', async (transaction) => {
    const order = await lockOrder(transaction, publisherId, orderId);
    const configured = methods.find(publisherId, 'creditcardPayex');
    assert.ok(order && configured);
    const { payment_id: id } = await ensurePayment(transaction, order, 30, 'browser');
    const made = await insertAttempt(transaction, order, id, configured, { flow: 'browser' });
    await resolveSoon(transaction, [{ publisherId, attemptId: made.attemptId }], hour);
    const noticeUrl = `/capi/notices/${configured.method.name}/attempts/${made.noticeToken}`;
    return { jobKey: String(made.attemptId), noticeUrl };
  });
}

/** The session that waits for a row that another holds; asked until there is one. */
async function findWaiting(): Promise<number> {
  for (;;) {
    const [waiting] = await node.rows<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO jobs%'`,
    );
    if (waiting) return waiting.pid;
  }
}

test('a notice is taken although the connection is lost while its question is written', async (t) => {
  const { jobKey, noticeUrl } = await openAttempt();
  const other = new pg.Client({ connectionString: node.databaseUrl });
  await other.connect();
  t.after(() => other.end());
  await other.query('BEGIN');
  await other.query("SELECT FROM jobs WHERE name = 'resolve-attempt' AND key = $1 FOR UPDATE", [jobKey]);
  const notice = node.app.http.app.inject({ method: 'POST', url: noticeUrl, payload: {} });
  const lost = await findWaiting();
  await node.rows('SELECT pg_terminate_backend($1)', [lost]);
  await other.query('ROLLBACK');
  assert.equal((await notice).statusCode, 200);
  const questions = await node.rows<{ is_due: boolean }>(
    "SELECT run_at <= leveret_now() AS is_due FROM jobs WHERE name = 'resolve-attempt' AND key = $1",
    [jobKey],
  );
  assert.deepEqual(questions, [{ is_due: true }]);
});
