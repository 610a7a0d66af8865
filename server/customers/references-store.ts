import { type Queryable, sql } from '../database/statement.ts';
import { sqlState } from '../database/transaction.ts';
import { Problem } from '../kit/problem.ts';
import type { CustomerKey } from './customers-store.ts';

export type Reference = { referenceCode: string; externalId: string };

const listStatement = sql(
  'externalReferences.list',
  `SELECT reference_code, external_id FROM external_references
   WHERE publisher_id = $1 AND customer_number = $2 ORDER BY reference_code`,
);

/** What a customer is called elsewhere, by the code of each other system. */
export async function findReferences(
  database: Queryable,
  { publisherId, customerNumber }: CustomerKey,
): Promise<Reference[]> {
  type Row = { reference_code: string; external_id: string };
  const rows = await database.query<Row>(listStatement, [publisherId, customerNumber]);
  return rows.map((row) => ({ referenceCode: row.reference_code, externalId: row.external_id }));
}

const insertStatement = sql(
  'externalReferences.insert',
  `INSERT INTO external_references (publisher_id, customer_number, reference_code, external_id, changed_at)
   VALUES ($1, $2, $3, $4, (SELECT leveret_now()))
   ON CONFLICT (publisher_id, customer_number, reference_code) DO NOTHING RETURNING reference_code`,
);

const changeStatement = sql(
  'externalReferences.change',
  `UPDATE external_references SET external_id = $4, changed_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND customer_number = $2 AND reference_code = $3 RETURNING reference_code`,
);

const deleteStatement = sql(
  'externalReferences.delete',
  `DELETE FROM external_references
   WHERE publisher_id = $1 AND customer_number = $2 AND reference_code = $3 RETURNING reference_code`,
);

/** Answers whether the customer had none with this code. Throws `external_id_is_taken`. */
export function insertReference(
  transaction: Queryable,
  key: CustomerKey,
  { referenceCode, externalId }: Reference,
): Promise<boolean> {
  const values = [key.publisherId, key.customerNumber, referenceCode, externalId];
  return standingForOne(() => transaction.query(insertStatement, values));
}

/** Answers whether the customer has one with this code. Throws `external_id_is_taken`. */
export function changeReference(
  transaction: Queryable,
  key: CustomerKey,
  { referenceCode, externalId }: Reference,
): Promise<boolean> {
  const values = [key.publisherId, key.customerNumber, referenceCode, externalId];
  return standingForOne(() => transaction.query(changeStatement, values));
}

export async function deleteReference(
  transaction: Queryable,
  { publisherId, customerNumber }: CustomerKey,
  referenceCode: string,
): Promise<boolean> {
  const values = [publisherId, customerNumber, referenceCode];
  return (await transaction.query(deleteStatement, values)).length > 0;
}

/** The database knows whether the other system's id stands for another customer. */
async function standingForOne(write: () => Promise<unknown[]>): Promise<boolean> {
  try {
    return (await write()).length > 0;
  } catch (error) {
    if (sqlState(error) === '23505') throw new Problem('external_id_is_taken');
    throw error;
  }
}
