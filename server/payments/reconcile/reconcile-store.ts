import { type Queryable, sql } from '../../database/statement.ts';
import type { Stretch } from '../../kit/stretches-back.ts';
import type { AttemptState } from '../payment.ts';
import type { MethodSettings } from '../port/payment-method.ts';

/** An attempt that its provider may have heard of. */
export type AttemptToCompare = {
  publisherId: number;
  /** Nothing while no order has taken the payment. */
  orderId: number | undefined;
  attemptId: number;
  adapter: string;
  merchantId: string;
  pinned: MethodSettings;
  reference: string;
  state: AttemptState;
};

const mostAtOnce = 5000;

// First those of the time, then their order: asked for both at once, a planner may walk over all by id.
const listStatement = sql(
  'paymentAttempts.listToCompare',
  `WITH begun AS MATERIALIZED (
     SELECT publisher_id, order_id, attempt_id, adapter, merchant_id, pinned, reference, state
     FROM payment_attempts WHERE created_at > $1 AND created_at <= $2 AND state <> 'created'
   )
   SELECT * FROM begun WHERE attempt_id > $3 ORDER BY attempt_id LIMIT ${mostAtOnce}`,
);

type Row = {
  publisher_id: number;
  order_id: number | null;
  attempt_id: number;
  adapter: string;
  merchant_id: string;
  pinned: MethodSettings;
  reference: string;
  state: AttemptState;
};

/** The attempts that began in a stretch of time, in the order of their ids, some at a time. */
export async function* listAttemptsToCompare(
  database: Queryable,
  { from, to }: Stretch,
): AsyncGenerator<AttemptToCompare> {
  let last = 0;
  for (;;) {
    const rows = await database.query<Row>(listStatement, [from, to, last]);
    yield* rows.map(attemptOf);
    last = rows.at(-1)?.attempt_id ?? last;
    if (rows.length < mostAtOnce) return;
  }
}

function attemptOf(row: Row): AttemptToCompare {
  return {
    publisherId: row.publisher_id,
    orderId: row.order_id ?? undefined,
    attemptId: row.attempt_id,
    adapter: row.adapter,
    merchantId: row.merchant_id,
    pinned: row.pinned,
    reference: row.reference,
    state: row.state,
  };
}
