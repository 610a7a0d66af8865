import { type Queryable, sql } from '../database/statement.ts';
import { ChangedMeanwhile, type Transaction } from '../database/transaction.ts';
import { customerNumber } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import type { CustomerEvent, ErasedPerson as Person } from './customer.ts';
import { type FoundPerson, findPerson, type LeftOrder, type Whom } from './find-person.ts';
import { findRunning } from './find-running.ts';
import { keptUntil, whyNotErase } from './why-not-erase.ts';

/** What the books must still say of the buyer, and until when. */
export type KeptDocument = { orderId: number; invoiceNumber: number | null; keptUntil: Date };

export type Erased = { person: Person; documents: readonly KeptDocument[]; left: readonly LeftOrder[] };

/**
 * Erases a person: every room forgets in this transaction what it knows of them, and nothing of anybody else.
 * What the books must still say stands apart until its time is over, and is answered. Throws what
 * `findPerson` does, and `customer_is_served` while something of theirs is running.
 */
export async function eraseCustomer(
  transaction: Transaction,
  whom: Whom,
  { givesUpSubscriptions, timeZone }: { givesUpSubscriptions: boolean; timeZone: string },
): Promise<Erased> {
  const { publisherId } = whom;
  const { person, left } = await holdPerson(transaction, whom);
  const running = await findRunning(transaction, publisherId, person);
  const why = whyNotErase(givesUpSubscriptions ? { ...running, runningSubscriptions: 0 } : running);
  if (why !== undefined) throw new Problem('customer_is_served', { detail: why });
  const documents = await findDocuments(transaction, publisherId, person, timeZone);
  const kept = documents.map(({ orderId, keptUntil: until }) => ({ orderId, keptUntil: until }));
  await transaction.report<CustomerEvent>([
    { name: 'person erased', publisherId, person, kept },
    ...tellErased(whom, person, documents.length),
  ]);
  for (const statement of forgetting)
    await transaction.query(statement, [publisherId, person.customerNumbers]);
  await transaction.query(rememberNumbers, [publisherId, numbersOf(whom, person), person.orderIds]);
  return { person, documents, left };
}

const lockOrders = sql(
  'orders.lockForErasing',
  `SELECT order_id FROM orders WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])
   ORDER BY order_id FOR UPDATE`,
);

const lockAccounts = sql(
  'accounts.lockForErasing',
  `SELECT account_id FROM accounts WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])
   ORDER BY account_id FOR UPDATE`,
);

const lockNumbers = sql(
  'customers.lockForErasing',
  `SELECT customer_number FROM customers WHERE publisher_id = $1 AND customer_number = ANY ($2::bigint[])
   ORDER BY customer_number FOR UPDATE`,
);

/**
 * Finds the person, locks all that is theirs, and finds them again: what came meanwhile would be left behind.
 * Orders come before accounts, as where one is tied to the other, and accounts before customers.
 */
async function holdPerson(transaction: Transaction, whom: Whom): Promise<FoundPerson> {
  const { publisherId } = whom;
  const { person: seen } = await findPerson(transaction, whom);
  await transaction.query(lockOrders, [publisherId, ordersOf(seen)]);
  await transaction.query(lockAccounts, [publisherId, seen.accountIds]);
  await transaction.query(lockNumbers, [publisherId, seen.customerNumbers]);
  const found = await findPerson(transaction, whom);
  if (placesOf(found.person) !== placesOf(seen)) throw new ChangedMeanwhile();
  return found;
}

const ordersOf = ({ orderIds, givenOrderIds }: Person) => [...orderIds, ...givenOrderIds];

function placesOf({ orderIds, givenOrderIds, accountIds, customerNumbers }: Person): string {
  return JSON.stringify([orderIds, givenOrderIds, accountIds, customerNumbers]);
}

/** By each number that was theirs, and by the user who was named. */
function tellErased(
  whom: Whom,
  person: Person,
  documents: number,
): Extract<CustomerEvent, { name: 'customer erased' }>[] {
  const { publisherId, by } = whom;
  const user = 'uniqueUserId' in by ? { uniqueUserId: by.uniqueUserId } : {};
  const numbers = numbersOf(whom, person);
  const erased = { name: 'customer erased' as const, publisherId, documents, ...user };
  return numbers.length === 0
    ? [erased]
    : numbers.map((number) => ({ ...erased, customerNumber: customerNumber(number) }));
}

function numbersOf({ by }: Whom, { customerNumbers }: Person): number[] {
  const asked = 'customerNumber' in by ? [by.customerNumber] : [];
  return [...new Set([...asked, ...customerNumbers])];
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
  publisherId: number,
  { orderIds }: Person,
  timeZone: string,
): Promise<KeptDocument[]> {
  type Row = { order_id: number; invoice_number: number | null; documented_at: Date };
  const rows = await database.query<Row>(findDocumentsStatement, [publisherId, orderIds]);
  return rows.map((row) => ({
    orderId: row.order_id,
    invoiceNumber: row.invoice_number,
    keptUntil: keptUntil(row.documented_at, timeZone),
  }));
}

const ofNumbers = 'WHERE publisher_id = $1 AND customer_number = ANY ($2::bigint[])';
const forgetting = [
  sql('consentStatements.erase', `DELETE FROM consent_statements ${ofNumbers}`),
  sql('externalReferences.erase', `DELETE FROM external_references ${ofNumbers}`),
  sql('customerAddresses.erase', `DELETE FROM customer_addresses ${ofNumbers}`),
  sql('customerContacts.erase', `DELETE FROM customer_contacts ${ofNumbers}`),
  sql('customers.erase', `DELETE FROM customers ${ofNumbers}`),
];

// Those of their orders too: each may be asked for again, and somebody else may have typed it.
const rememberNumbers = sql(
  'erasedCustomers.insert',
  `INSERT INTO erased_customers (publisher_id, customer_number, erased_at)
   SELECT $1, number, (SELECT leveret_now()) FROM (
     SELECT unnest($2::bigint[]) AS number
     UNION SELECT customer_number FROM orders
       WHERE publisher_id = $1 AND order_id = ANY ($3::bigint[])) AS theirs
   ORDER BY number ON CONFLICT DO NOTHING`,
);
