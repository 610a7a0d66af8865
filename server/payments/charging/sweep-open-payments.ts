import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { resolveSoon } from './resolve-attempt.ts';
import { startSoon } from './start-soon.ts';

const mostAtOnce = 1000;

// A job that waits for the end of the buyer's window looks after no session that was lost with its process,
// and no case but one about what became of this attempt tells of it: others are about money that is known.
const findForgotten = sql(
  'orders.findForgottenPayments',
  `WITH paying AS MATERIALIZED (
     SELECT publisher_id, order_id FROM orders WHERE is_paying AND order_id > $1
     ORDER BY order_id LIMIT ${mostAtOnce}
   )
   SELECT paying.publisher_id, paying.order_id, open.attempt_id,
     EXISTS (SELECT FROM cases
       WHERE cases.attempt_id = open.attempt_id AND cases.publisher_id = paying.publisher_id
         AND cases.kind = 'attempt unresolved'
         AND (cases.state = 'open' OR cases.resolved_at > (SELECT leveret_now()) - interval '1 day'))
     OR EXISTS (SELECT FROM jobs
       WHERE jobs.name = 'start-payment' AND jobs.key = paying.order_id::text
         AND open.flow IS DISTINCT FROM 'browser')
     OR EXISTS (SELECT FROM jobs
       WHERE jobs.name = 'resolve-attempt' AND jobs.key = open.attempt_id::text) AS is_looked_after
   FROM paying LEFT JOIN payment_attempts open ON open.order_id = paying.order_id
     AND open.state IN ('sent', 'pending', 'unknown')
   ORDER BY paying.order_id`,
);

type Row = {
  publisher_id: number;
  order_id: number;
  attempt_id: number | null;
  is_looked_after: boolean;
};

/**
 * No payment may be left without a question: an order that is paying, with neither work under way nor an
 * open case about its try, gets its job again. That happens after a job was given up, after a restore from a
 * backup, and a day after a person dismissed the case.
 */
export async function sweepOpenPayments(context: { database: Database }): Promise<void> {
  let last: number | undefined = 0;
  while (last !== undefined) last = await sweepSome(context.database, last);
  await sweepUnattached(context.database);
}

/** Looks at the next orders after one, so that no statement grows with their number; answers the last. */
function sweepSome(database: Database, after: number): Promise<number | undefined> {
  return database.transaction('sweep-payments', async (transaction) => {
    const rows = await transaction.query<Row>(findForgotten, [after]);
    const forgotten = rows.filter((row) => !row.is_looked_after);
    await resolveSoon(transaction, forgotten.flatMap(openAttempt));
    await startSoon(transaction, forgotten.filter((row) => row.attempt_id === null).map(orderKey));
    return rows.length < mostAtOnce ? undefined : rows.at(-1)?.order_id;
  });
}

function openAttempt({ publisher_id: publisherId, attempt_id: attemptId }: Row) {
  return attemptId === null ? [] : { publisherId, attemptId };
}

function orderKey({ publisher_id: publisherId, order_id: orderId }: Row) {
  return { publisherId, orderId };
}

// What no order has taken yet is asked about like any other.
const findUnattached = sql(
  'paymentAttempts.findForgottenUnattached',
  `SELECT publisher_id, attempt_id FROM payment_attempts
   WHERE order_id IS NULL AND state IN ('created', 'sent', 'pending', 'unknown')
     AND created_at < (SELECT leveret_now()) - interval '1 minute'
     AND NOT EXISTS (SELECT FROM jobs WHERE jobs.name = 'resolve-attempt' AND jobs.key = attempt_id::text)
     AND NOT EXISTS (SELECT FROM cases WHERE cases.attempt_id = payment_attempts.attempt_id
       AND cases.kind = 'attempt unresolved'
       AND (cases.state = 'open' OR cases.resolved_at > (SELECT leveret_now()) - interval '1 day'))
   ORDER BY attempt_id LIMIT ${mostAtOnce}`,
);

function sweepUnattached(database: Database): Promise<void> {
  return database.transaction('sweep-unattached', async (transaction) => {
    const rows = await transaction.query<{ publisher_id: number; attempt_id: number }>(findUnattached);
    await resolveSoon(
      transaction,
      rows.map((row) => ({ publisherId: row.publisher_id, attemptId: row.attempt_id })),
    );
  });
}
