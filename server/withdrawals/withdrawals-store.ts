import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { CheckReason, Proof, RefundBy, WithdrawalState } from './withdrawal.ts';

export type WithdrawalRow = {
  withdrawal_id: number;
  publisher_id: number;
  order_id: number | null;
  order_reference: string;
  named_lines: number[] | null;
  lines: number[];
  name: string;
  receipt_to: string | null;
  language: string | null;
  proof: Proof;
  state: WithdrawalState;
  reason: CheckReason | null;
  remark: string | null;
  refund_minor: number;
  refund_by: RefundBy | null;
  stated_at: Date;
  recorded_at: Date;
  decided_at: Date | null;
  /** Of the order. */
  currency: string | null;
};

const columns = `withdrawal_id, publisher_id, order_id, order_reference, named_lines, lines, name, receipt_to,
  language, proof, state, reason, remark, refund_minor, refund_by, stated_at, recorded_at, decided_at,
  (SELECT currency FROM orders WHERE orders.order_id = withdrawals.order_id) AS currency`;

/** What is decided of a statement. */
export type Verdict = {
  state: WithdrawalState;
  reason: CheckReason | undefined;
  lines: readonly number[];
  refundMinor: number;
  refundBy: RefundBy | undefined;
};

export type NewWithdrawal = Verdict & {
  publisherId: number;
  orderId: number | undefined;
  orderReference: string;
  named: readonly number[] | undefined;
  name: string;
  receiptTo: string | undefined;
  language: string | undefined;
  proof: Proof;
  remark: string | undefined;
  /** Now, unless said. */
  statedAt: Date | undefined;
};

const insertStatement = sql(
  'withdrawals.insert',
  `INSERT INTO withdrawals (publisher_id, order_id, order_reference, named_lines, lines, name, receipt_to,
     language, proof, state, reason, remark, refund_minor, refund_by, stated_at, recorded_at, decided_at)
   SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, coalesce($15, clock.at), clock.at,
     CASE WHEN $10 <> 'to_check' THEN clock.at END
   FROM (SELECT (SELECT leveret_now()) AS at) clock RETURNING ${columns}`,
);

export async function insertWithdrawal(
  transaction: Transaction,
  made: NewWithdrawal,
): Promise<WithdrawalRow> {
  const [row] = await transaction.query<WithdrawalRow>(insertStatement, [
    made.publisherId,
    made.orderId ?? null,
    made.orderReference,
    made.named ?? null,
    made.lines,
    made.name,
    made.receiptTo ?? null,
    made.language ?? null,
    made.proof,
    made.state,
    made.reason ?? null,
    made.remark ?? null,
    made.refundMinor,
    made.refundBy ?? null,
    made.statedAt ?? null,
  ]);
  if (!row) throw new Error('the statement was not written');
  return row;
}

const lockStatement = sql(
  'withdrawals.lock',
  `SELECT ${columns} FROM withdrawals WHERE publisher_id = $1 AND withdrawal_id = $2 FOR UPDATE`,
);

/** Locks a statement, after its order was locked. */
export async function lockWithdrawal(
  transaction: Transaction,
  publisherId: number,
  withdrawalId: number,
): Promise<WithdrawalRow | undefined> {
  const [row] = await transaction.query<WithdrawalRow>(lockStatement, [publisherId, withdrawalId]);
  return row;
}

const decideStatement = sql(
  'withdrawals.decide',
  `UPDATE withdrawals SET state = $3, reason = CASE WHEN $3 = 'refused' THEN reason ELSE $4 END,
     lines = $5, refund_minor = $6, refund_by = $7, decided_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND withdrawal_id = $2 AND state = 'to_check'`,
);

/** Writes what a person has decided of a statement that waited. */
export async function settleWithdrawal(
  transaction: Transaction,
  row: Pick<WithdrawalRow, 'publisher_id' | 'withdrawal_id'>,
  { state, reason, lines, refundMinor, refundBy }: Verdict,
): Promise<void> {
  const values = [
    row.publisher_id,
    row.withdrawal_id,
    state,
    reason ?? null,
    lines,
    refundMinor,
    refundBy ?? null,
  ];
  await transaction.query(decideStatement, values);
}

const supersedeStatement = sql(
  'withdrawals.supersedeUnproven',
  `UPDATE withdrawals SET state = 'repeated', decided_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND order_id = $2 AND state = 'to_check' AND reason = 'not proven'`,
);

/** A proven statement stands for what was said of the same order without proof. */
export async function supersedeUnproven(
  transaction: Transaction,
  publisherId: number,
  orderId: number,
): Promise<void> {
  await transaction.query(supersedeStatement, [publisherId, orderId]);
}

const firstUnprovenStatement = sql(
  'withdrawals.findFirstUnproven',
  `SELECT min(stated_at) AS stated_at FROM withdrawals
   WHERE publisher_id = $1 AND order_id = $2 AND state = 'to_check' AND reason = 'not proven'`,
);

/** When the order's withdrawal was first stated by somebody who had not proven anything yet. */
export async function findFirstUnproven(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<Date | undefined> {
  const values = [publisherId, orderId];
  const [row] = await database.query<{ stated_at: Date | null }>(firstUnprovenStatement, values);
  return row?.stated_at ?? undefined;
}

export type WithdrawalFilter = {
  publisherId: number;
  orderId: number | undefined;
  state: WithdrawalState | undefined;
  beforeWithdrawalId: number | undefined;
  limit: number;
};

/** The publisher's statements, newest first, paged by key. */
export function listWithdrawals(database: Queryable, filter: WithdrawalFilter): Promise<WithdrawalRow[]> {
  const values: unknown[] = [filter.publisherId, filter.limit];
  const conditions = ['publisher_id = $1'];
  const given = (value: unknown) => `$${values.push(value)}`;
  if (filter.beforeWithdrawalId !== undefined)
    conditions.push(`withdrawal_id < ${given(filter.beforeWithdrawalId)}`);
  // Said in so many words, since the index of those that wait serves no parameter.
  if (filter.state !== undefined) conditions.push(`state = '${filter.state}'`);
  if (filter.orderId !== undefined) conditions.push(`order_id = ${given(filter.orderId)}`);
  const list = sql(
    'withdrawals.list',
    `SELECT ${columns} FROM withdrawals WHERE ${conditions.join(' AND ')}
     ORDER BY withdrawal_id DESC LIMIT $2`,
  );
  return database.query<WithdrawalRow>(list, values);
}
