import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { runOperationsSoon } from './run-operation.ts';

const findForgotten = sql(
  'paymentOperations.findForgotten',
  `SELECT operations.publisher_id, operations.attempt_id, operation_id,
     greatest(coalesce(extract(epoch FROM due_at - (SELECT leveret_now())), 0), 0)::float8 AS seconds_left
   FROM payment_operations operations
   WHERE kind IN ('capture', 'cancel', 'refund') AND operations.state IN ('created', 'sent', 'unknown')
     AND operations.created_at < (SELECT leveret_now()) - interval '1 minute'
     AND code IS DISTINCT FROM 'waits'
     AND NOT EXISTS (SELECT FROM jobs WHERE jobs.name = 'run-operation' AND jobs.key = operation_id::text)
   ORDER BY operations.created_at LIMIT 200`,
);

type Row = {
  publisher_id: number;
  attempt_id: number;
  operation_id: number;
  seconds_left: number;
};

/** An operation without its job, after a restore or a job that was given up, gets it again. */
export async function sweepOperations(context: { database: Database }): Promise<void> {
  await context.database.transaction('sweep-operations', async (transaction) => {
    const rows = await transaction.query<Row>(findForgotten);
    await runOperationsSoon(
      transaction,
      rows.map((row) => ({
        publisherId: row.publisher_id,
        attemptId: row.attempt_id,
        operationId: row.operation_id,
        afterSeconds: row.seconds_left,
      })),
    );
  });
}
