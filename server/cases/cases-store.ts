import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { CaseKind, CaseOutcome } from './case.ts';

export type CaseRow = {
  case_id: number;
  publisher_id: number;
  order_id: number | null;
  attempt_id: number | null;
  operation_id: number | null;
  withdrawal_id: number | null;
  kind: CaseKind;
  state: 'open' | 'resolved';
  outcome: CaseOutcome | 'by_provider' | null;
  evidence: string | null;
  resolved_by: string | null;
  opened_at: Date;
  resolved_at: Date | null;
};

const columns = `case_id, publisher_id, order_id, attempt_id, operation_id, withdrawal_id, kind, state,
  outcome, evidence, resolved_by, opened_at, resolved_at`;

export type CaseFilter = {
  publisherId: number;
  beforeCaseId: number | undefined;
  state: CaseRow['state'] | undefined;
  orderId: number | undefined;
  limit: number;
};

/** The publisher's cases, newest first, paged by key. */
export function listCases(database: Queryable, filter: CaseFilter): Promise<CaseRow[]> {
  const values: unknown[] = [filter.publisherId, filter.limit];
  const conditions = ['publisher_id = $1'];
  const given = (value: unknown) => `$${values.push(value)}`;
  if (filter.beforeCaseId !== undefined) conditions.push(`case_id < ${given(filter.beforeCaseId)}`);
  // Said in so many words, since the index of open cases serves no parameter.
  if (filter.state !== undefined) conditions.push(`state = '${filter.state}'`);
  if (filter.orderId !== undefined) conditions.push(`order_id = ${given(filter.orderId)}`);
  const list = sql(
    'cases.list',
    `SELECT ${columns} FROM cases WHERE ${conditions.join(' AND ')} ORDER BY case_id DESC LIMIT $2`,
  );
  return database.query<CaseRow>(list, values);
}

const findStatement = sql(
  'cases.find',
  `SELECT ${columns} FROM cases WHERE publisher_id = $1 AND case_id = $2`,
);

export async function findCase(
  database: Queryable,
  publisherId: number,
  caseId: number,
): Promise<CaseRow | undefined> {
  const [row] = await database.query<CaseRow>(findStatement, [publisherId, caseId]);
  return row;
}

// In the order in which every step of a payment locks; an order may have taken it since.
const lockOrderOfCase = sql(
  'cases.lockOrder',
  `SELECT order_id FROM orders
   WHERE publisher_id = $1 AND order_id = coalesce($2, (
     SELECT order_id FROM payment_attempts attempts
     WHERE attempts.publisher_id = $1 AND attempt_id = $3)) FOR UPDATE`,
);
const lockPaymentOfCase = sql(
  'cases.lockPayment',
  `SELECT 1 AS found FROM payments JOIN payment_attempts attempts USING (payment_id)
   WHERE attempts.publisher_id = $1 AND attempt_id = $2 FOR UPDATE OF payments`,
);
const resolveStatement = sql(
  'cases.resolve',
  `UPDATE cases SET state = 'resolved', outcome = $3, evidence = $4, resolved_by = $5,
     resolved_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND case_id = $2 AND state = 'open' RETURNING ${columns}`,
);

export type Resolution = { outcome: CaseOutcome; evidence: string; resolvedBy: string };

/** Resolves an open case, with its order and payment locked; nothing means that it was resolved before. */
export async function resolveOpenCase(
  transaction: Transaction,
  found: CaseRow,
  resolution: Resolution,
): Promise<CaseRow | undefined> {
  const { publisher_id: publisherId, attempt_id: attemptId } = found;
  await transaction.query(lockOrderOfCase, [publisherId, found.order_id, attemptId]);
  if (attemptId !== null) await transaction.query(lockPaymentOfCase, [publisherId, attemptId]);
  const values = [publisherId, found.case_id, resolution.outcome, resolution.evidence, resolution.resolvedBy];
  const [row] = await transaction.query<CaseRow>(resolveStatement, values);
  return row;
}
