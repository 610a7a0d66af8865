import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import type { OperationKind } from '../payment.ts';
import { orderOf } from '../payment.ts';
import { runOperation } from './run-operation.ts';

const findForgotten = sql(
  'paymentOperations.findForgotten',
  `SELECT operations.publisher_id, attempts.order_id, attempt_id, operation_id, kind, amount_minor,
     greatest(coalesce(extract(epoch FROM due_at - leveret_now()), 0), 0)::float8 AS seconds_left
   FROM payment_operations operations JOIN payment_attempts attempts USING (attempt_id)
   WHERE kind IN ('capture', 'cancel', 'refund') AND operations.state IN ('created', 'sent', 'unknown')
     AND operations.created_at < leveret_now() - interval '1 minute' AND code IS DISTINCT FROM 'waits'
     AND NOT EXISTS (SELECT FROM jobs WHERE jobs.name = 'run-operation' AND jobs.key = operation_id::text)
   ORDER BY operations.created_at LIMIT 200`,
);

type Row = {
  publisher_id: number;
  order_id: number;
  attempt_id: number;
  operation_id: number;
  kind: OperationKind;
  amount_minor: number;
  seconds_left: number;
};

/** An operation without its job, after a restore or a job that was given up, gets it again. */
export async function sweepOperations(context: { database: Database }): Promise<void> {
  await context.database.transaction('sweep-operations', async (transaction) => {
    const rows = await transaction.query<Row>(findForgotten);
    const jobs = rows.flatMap((row) => {
      const about = orderOf({ publisherId: row.publisher_id, orderId: row.order_id });
      const job = runOperation.jobFor({
        name: 'operation wanted',
        ...about,
        attemptId: row.attempt_id,
        operationId: row.operation_id,
        kind: row.kind,
        amountMinor: row.amount_minor,
        ...(row.seconds_left > 0 && { afterSeconds: row.seconds_left }),
      });
      return job ?? [];
    });
    await enqueue(transaction, jobs);
  });
}
