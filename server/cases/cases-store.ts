import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { CaseKind, CaseOutcome } from './case.ts';

export type CaseRow = {
  case_id: number;
  publisher_id: number;
  order_id: number;
  attempt_id: number | null;
  operation_id: number | null;
  kind: CaseKind;
  state: 'open' | 'resolved';
  outcome: CaseOutcome | 'by_provider' | null;
  evidence: string | null;
  resolved_by: string | null;
  opened_at: Date;
  resolved_at: Date | null;
};

const columns = `case_id, publisher_id, order_id, attempt_id, operation_id, kind, state, outcome, evidence,
  resolved_by, opened_at, resolved_at`;

const listStatement = sql(
  'cases.list',
  `SELECT ${columns} FROM cases
   WHERE publisher_id = $1 AND case_id < $2 AND ($3::text IS NULL OR state = $3)
     AND ($4::bigint IS NULL OR order_id = $4)
   ORDER BY case_id DESC LIMIT $5`,
);

export type CaseFilter = {
  publisherId: number;
  beforeCaseId: number | undefined;
  state: string | undefined;
  orderId: number | undefined;
  limit: number;
};

/** The publisher's cases, newest first, paged by key. */
export function listCases(database: Queryable, filter: CaseFilter): Promise<CaseRow[]> {
  const { publisherId, beforeCaseId = Number.MAX_SAFE_INTEGER, state = null, orderId = null, limit } = filter;
  return database.query<CaseRow>(listStatement, [publisherId, beforeCaseId, state, orderId, limit]);
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

const lockOrderOfCase = sql(
  'cases.lockOrder',
  'SELECT 1 AS found FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
);
const resolveStatement = sql(
  'cases.resolve',
  `UPDATE cases SET state = 'resolved', outcome = $3, evidence = $4, resolved_by = $5,
     resolved_at = leveret_now()
   WHERE publisher_id = $1 AND case_id = $2 AND state = 'open' RETURNING ${columns}`,
);

export type Resolution = { outcome: CaseOutcome; evidence: string; resolvedBy: string };

/** Resolves an open case under the lock of its order; nothing means that it was resolved before. */
export async function resolveOpenCase(
  transaction: Transaction,
  found: CaseRow,
  resolution: Resolution,
): Promise<CaseRow | undefined> {
  await transaction.query(lockOrderOfCase, [found.publisher_id, found.order_id]);
  const values = [
    found.publisher_id,
    found.case_id,
    resolution.outcome,
    resolution.evidence,
    resolution.resolvedBy,
  ];
  const [row] = await transaction.query<CaseRow>(resolveStatement, values);
  return row;
}
