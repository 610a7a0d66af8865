import { type Statement, sql } from '../database/statement.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import type { LaterStep } from '../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult } from '../kit/work-queue/work.ts';
import type { OrderEvent } from '../orders/order.ts';
import { takerOf } from '../orders/payment-methods.ts';
import { defaultPublisherSettings } from '../publishers/publisher-settings.ts';
import { kidOf } from './kid.ts';

type Context = { database: Database };
type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;

/** One job for each publisher numbers all that wait, however many orders asked for it. */
export const numberInvoice: LaterStep<OrderCompleted> = {
  stepName: 'numberInvoice',
  jobFor: ({ paymentMethod, publisherId }) =>
    takerOf(paymentMethod) === 'invoice'
      ? { name: 'number-invoices', publisherId, key: String(publisherId), arguments: { publisherId } }
      : undefined,
};

export const numberInvoicesJob: JobKind<Context> = {
  run: runNumberInvoices,
  retryAfterSeconds: [1, 5, 30, 120, 600, 3600, 3600, 3600, 3600],
  concurrency: 2,
  leaseSeconds: 12,
};

async function runNumberInvoices(context: Context, job: Job): Promise<JobResult> {
  const { publisherId } = job.arguments;
  if (typeof publisherId !== 'number') return { kind: 'give up', reason: 'the job names no publisher' };
  while ((await numberInvoices(context, publisherId)) === mostAtOnce);
  return done;
}

const mostAtOnce = 500;

const lockCounter: Statement = sql(
  'invoiceNumbers.lock',
  `INSERT INTO invoice_number_counters (publisher_id, last_number) VALUES ($1, 0)
   ON CONFLICT (publisher_id) DO UPDATE SET last_number = invoice_number_counters.last_number
   RETURNING last_number`,
);

const findDrafts = sql(
  'invoices.findDrafts',
  `SELECT invoice_id FROM invoices WHERE publisher_id = $1 AND state = 'draft' ORDER BY invoice_id LIMIT $2`,
);

const issueDrafts = sql(
  'invoices.issue',
  `WITH numbered AS (
     SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::text[])
       AS numbered (invoice_id, invoice_number, kid)
   ), counted AS (
     UPDATE invoice_number_counters SET last_number = (SELECT max(invoice_number) FROM numbered)
     WHERE publisher_id = $1
   )
   UPDATE invoices SET state = 'issued', invoice_number = numbered.invoice_number, kid = numbered.kid,
     issued_at = (SELECT leveret_now()),
     due_on = ((SELECT leveret_now()) AT TIME ZONE publishers.time_zone)::date
       + coalesce((publishers.settings ->> 'invoiceDueDays')::integer, $5)
   FROM numbered, publishers
   WHERE invoices.invoice_id = numbered.invoice_id AND invoices.publisher_id = $1
     AND publishers.publisher_id = $1`,
);

/**
 * Gives the publisher's drafts the next numbers, without a gap: the counter's row is locked until all are
 * written together. Answers how many there were, at most `mostAtOnce`.
 */
export function numberInvoices(context: Context, publisherId: number): Promise<number> {
  return context.database.transaction('number-invoices', async (transaction) => {
    const lastNumber = await lockLastNumber(transaction, publisherId);
    const drafts = await transaction.query<{ invoice_id: number }>(findDrafts, [publisherId, mostAtOnce]);
    if (drafts.length === 0) return 0;
    const numbers = drafts.map((_draft, index) => lastNumber + index + 1);
    await transaction.query(issueDrafts, [
      publisherId,
      drafts.map((draft) => draft.invoice_id),
      numbers,
      numbers.map(kidOf),
      defaultPublisherSettings.invoiceDueDays,
    ]);
    return drafts.length;
  });
}

async function lockLastNumber(transaction: Transaction, publisherId: number): Promise<number> {
  const [row] = await transaction.query<{ last_number: number }>(lockCounter, [publisherId]);
  if (!row) throw new Error(`publisher ${publisherId} has no invoice counter`);
  return row.last_number;
}
