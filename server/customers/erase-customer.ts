import { type Queryable, sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { Problem } from '../kit/problem.ts';
import type { CustomerEvent, ErasedPerson as Person } from './customer.ts';
import type { CustomerKey } from './customers-store.ts';
import { findCustomer } from './find-customer.ts';
import { findPerson } from './find-person.ts';
import { keptUntil, type Running, whyNotErase } from './why-not-erase.ts';

/** What the books must still say of the buyer, and until when. */
export type KeptDocument = { orderId: number; invoiceNumber: number | null; keptUntil: Date };

/**
 * Erases a person: every room forgets in this transaction what it knows of them. What the books must still
 * say stands apart until its time is over, and is answered. Throws `not_found`, and `customer_is_served`
 * while something of theirs is running.
 */
export async function eraseCustomer(
  transaction: Transaction,
  key: CustomerKey,
  { givesUpSubscriptions }: { givesUpSubscriptions: boolean },
): Promise<KeptDocument[]> {
  const { publisherId, customerNumber } = key;
  const customer = await findCustomer(transaction, key);
  if (!customer) throw new Problem('not_found');
  const person = await findPerson(transaction, key);
  await transaction.query(lockOrders, [publisherId, person.orderIds]);
  const running = await findRunning(transaction, key, person);
  const why = whyNotErase(givesUpSubscriptions ? { ...running, runningSubscriptions: 0 } : running);
  if (why !== undefined) throw new Problem('customer_is_served', { detail: why });
  const documents = await findDocuments(transaction, key, person);
  const { emails, phoneNumbers } = customer.details;
  const said = [...emails, ...phoneNumbers.map(({ phoneNumber }) => phoneNumber)];
  const contacts = [...new Set([...person.contacts, ...said])];
  const kept = documents.map(({ orderId, keptUntil: until }) => ({ orderId, keptUntil: until }));
  await transaction.report<CustomerEvent>([
    { name: 'person erased', ...key, person: { ...person, contacts }, kept },
    { name: 'customer erased', ...key, documents: documents.length },
  ]);
  for (const statement of forgetting) await transaction.query(statement, [publisherId, customerNumber]);
  return documents;
}

const lockOrders = sql(
  'orders.lockForErasing',
  `SELECT order_id FROM orders WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])
   ORDER BY order_id FOR UPDATE`,
);

const findRunningStatement = sql(
  'customers.findRunning',
  `SELECT
     (SELECT count(*) FROM orders WHERE order_id = ANY ($2::bigint[])
        AND state IN ('registered', 'paying'))::integer AS "openOrders",
     (SELECT count(*) FROM payment_attempts attempts WHERE order_id = ANY ($2::bigint[])
        AND (authorized_minor > captured_minor + cancelled_minor OR EXISTS (
          SELECT FROM payment_operations operations WHERE operations.attempt_id = attempts.attempt_id
            AND kind IN ('capture', 'cancel', 'refund')
            AND operations.state IN ('created', 'sent', 'unknown'))))::integer AS "moneyUnderWay",
     (SELECT count(*) FROM payment_agreements WHERE order_id = ANY ($2::bigint[])
        AND state = 'active')::integer AS "activeAgreements",
     (SELECT count(*) FROM subscriptions WHERE order_id = ANY ($2::bigint[]) AND stopped_at IS NULL
        AND EXISTS (SELECT FROM subscription_periods periods
          WHERE periods.subscription_id = subscriptions.subscription_id
            AND periods.ends_at > (SELECT leveret_now())))::integer AS "runningSubscriptions"
   WHERE $1::integer IS NOT NULL`,
);

async function findRunning(
  database: Queryable,
  { publisherId }: CustomerKey,
  { orderIds }: Person,
): Promise<Running> {
  const [row] = await database.query<Running>(findRunningStatement, [publisherId, orderIds]);
  if (!row) throw new Error('what is running was not counted');
  return row;
}

// A completed order that cost something is in the books, with its bill or its receipt.
const findDocumentsStatement = sql(
  'customers.findDocuments',
  `SELECT orders.order_id, invoice_number, coalesce(issued_at, ended_at) AS documented_at
   FROM orders LEFT JOIN invoices ON invoices.order_id = orders.order_id
   WHERE orders.publisher_id = $1 AND orders.order_id = ANY ($2::bigint[]) AND orders.state = 'completed'
     AND orders.amount_minor > 0
   ORDER BY orders.order_id`,
);

async function findDocuments(
  database: Queryable,
  { publisherId }: CustomerKey,
  { orderIds }: Person,
): Promise<KeptDocument[]> {
  type Row = { order_id: number; invoice_number: number | null; documented_at: Date };
  const rows = await database.query<Row>(findDocumentsStatement, [publisherId, orderIds]);
  return rows.map((row) => ({
    orderId: row.order_id,
    invoiceNumber: row.invoice_number,
    keptUntil: keptUntil(row.documented_at),
  }));
}

const forgetting = [
  sql(
    'consentStatements.erase',
    'DELETE FROM consent_statements WHERE publisher_id = $1 AND customer_number = $2',
  ),
  sql(
    'externalReferences.erase',
    'DELETE FROM external_references WHERE publisher_id = $1 AND customer_number = $2',
  ),
  sql(
    'customerAddresses.erase',
    'DELETE FROM customer_addresses WHERE publisher_id = $1 AND customer_number = $2',
  ),
  sql(
    'customerContacts.erase',
    'DELETE FROM customer_contacts WHERE publisher_id = $1 AND customer_number = $2',
  ),
  sql('customers.erase', 'DELETE FROM customers WHERE publisher_id = $1 AND customer_number = $2'),
];
