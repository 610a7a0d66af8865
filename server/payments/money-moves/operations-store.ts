import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { newReference } from '../ledger/new-reference.ts';
import { findPaymentLines } from '../lines/find-payment-lines.ts';
import {
  aboutAttempt,
  type LinePart,
  type OperationKind,
  type OperationState,
  type PaymentEvent,
  paymentOf,
} from '../payment.ts';
import { vatOfAmount } from './vat-of-amount.ts';
import type { Move } from './word-beside-moves.ts';

export type OperationRow = {
  operation_id: number;
  attempt_id: number;
  publisher_id: number;
  order_id: number | null;
  payment_id: number;
  kind: OperationKind;
  reference: string;
  amount_minor: number;
  vat_minor: number;
  parts: LinePart[] | null;
  code: string | null;
  state: OperationState;
  seconds_left: number;
};

const columns = `operation_id, operations.attempt_id, operations.publisher_id, attempts.order_id, payment_id,
  kind, operations.reference, amount_minor, vat_minor, code, operations.state,
  greatest(coalesce(extract(epoch FROM due_at - (SELECT leveret_now())), 0), 0)::float8 AS seconds_left,
  (SELECT jsonb_agg(jsonb_build_object('lineNumber', part.line_number, 'amountMinor', part.amount))
   FROM unnest(line_numbers, line_amounts) AS part (line_number, amount)) AS parts`;

const insertStatement = sql(
  'paymentOperations.insert',
  `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, vat_minor,
     line_numbers, line_amounts, cause, code, due_at, state, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, (SELECT leveret_now()))
   RETURNING operation_id,
     greatest(coalesce(extract(epoch FROM due_at - (SELECT leveret_now())), 0), 0)::float8 AS seconds_left`,
);

export type NewOperation = {
  publisherId: number;
  /** Nothing where no order has taken the payment; then `paymentId` says whose it is. */
  orderId?: number | undefined;
  paymentId?: number | undefined;
  attemptId: number;
  kind: OperationKind;
  amountMinor: number;
  /** Nothing where it is an amount of the whole. */
  parts: readonly LinePart[] | undefined;
  cause: string;
  /** `waits` leaves it until other steps want it; `manual` leaves it to a person. */
  begins: 'now' | 'waits' | 'manual' | Date;
};

/**
 * Writes the intent, with a reference of its own, and reports that it is wanted where it begins by itself.
 * The caller holds the locks of the payment. Answers the operation's id.
 */
export async function insertOperation(transaction: Transaction, operation: NewOperation): Promise<number> {
  const { publisherId, orderId, attemptId, kind, amountMinor, parts, cause, begins } = operation;
  const lines = orderId === undefined ? [] : await findPaymentLines(transaction, publisherId, orderId);
  const [row] = await transaction.query<{ operation_id: number; seconds_left: number }>(insertStatement, [
    attemptId,
    publisherId,
    kind,
    newReference(),
    amountMinor,
    vatOfAmount(lines, amountMinor, parts),
    parts?.map((part) => part.lineNumber) ?? null,
    parts?.map((part) => part.amountMinor) ?? null,
    cause,
    begins === 'waits' ? 'waits' : null,
    begins instanceof Date ? begins : null,
    begins === 'manual' ? 'by_hand' : 'created',
  ]);
  if (!row) throw new Error('the operation was not written');
  if (begins === 'now' || begins instanceof Date) {
    await transaction.report([
      operationWanted({ ...operation, operationId: row.operation_id }, row.seconds_left),
    ]);
  }
  return row.operation_id;
}

type Wanted = Pick<
  NewOperation,
  'publisherId' | 'orderId' | 'paymentId' | 'attemptId' | 'kind' | 'amountMinor'
> & {
  operationId: number;
};

/** The event that sends an operation on its way, at once or when it is due. */
export function operationWanted(operation: Wanted, secondsLeft = 0): PaymentEvent {
  const { operationId, kind, amountMinor } = operation;
  return {
    name: 'operation wanted',
    ...aboutAttempt(operation),
    operationId,
    kind,
    amountMinor,
    ...(secondsLeft > 0 && { afterSeconds: secondsLeft }),
  };
}

const lockStatement = sql(
  'paymentOperations.lock',
  `SELECT ${columns} FROM payment_operations operations JOIN payment_attempts attempts USING (attempt_id)
   WHERE operations.publisher_id = $1 AND operation_id = $2 AND kind IN ('capture', 'cancel', 'refund')
   FOR UPDATE OF operations`,
);

/** Locks an operation, after order and attempt were locked. */
export async function lockOperation(
  transaction: Transaction,
  publisherId: number,
  operationId: number,
): Promise<OperationRow | undefined> {
  const [row] = await transaction.query<OperationRow>(lockStatement, [publisherId, operationId]);
  return row;
}

const lockMovesStatement = sql(
  'paymentOperations.lockMoves',
  `SELECT operation_id AS "operationId", kind, amount_minor AS "amountMinor", state, code
   FROM payment_operations
   WHERE publisher_id = $1 AND attempt_id = $2 AND kind IN ('capture', 'cancel', 'refund')
   ORDER BY operation_id FOR UPDATE`,
);

/** Locks all operations with the money of an attempt, the oldest first, after the payment was locked. */
export function lockMoves(
  transaction: Transaction,
  { publisherId, attemptId }: { publisherId: number; attemptId: number },
): Promise<Move[]> {
  return transaction.query<Move>(lockMovesStatement, [publisherId, attemptId]);
}

const moveStatement = sql(
  'paymentOperations.move',
  `UPDATE payment_operations SET state = $3, code = $4,
     sent_at = CASE WHEN $3 = 'sent' THEN (SELECT leveret_now()) ELSE sent_at END,
     ended_at = CASE WHEN $3 IN ('succeeded', 'failed') THEN (SELECT leveret_now()) END
   WHERE publisher_id = $1 AND operation_id = $2`,
);

/** Moves an operation to another state, or notes another word about the same one. */
export async function moveOperation(
  transaction: Transaction,
  operation: Pick<OperationRow, 'publisher_id' | 'operation_id'>,
  state: OperationState,
  code: string | null = null,
): Promise<void> {
  await transaction.query(moveStatement, [operation.publisher_id, operation.operation_id, state, code]);
}

const renewStatement = sql(
  'paymentOperations.renewReference',
  'UPDATE payment_operations SET reference = $3 WHERE publisher_id = $1 AND operation_id = $2',
);

/** What was surely not done, and will not be under its reference, goes on under another. */
export async function renewReference(
  transaction: Transaction,
  operation: Pick<OperationRow, 'publisher_id' | 'operation_id'>,
): Promise<void> {
  const values = [operation.publisher_id, operation.operation_id, newReference()];
  await transaction.query(renewStatement, values);
}

/** Whose operation a row is, as events name it. */
export function aboutOperation(row: OperationRow) {
  return {
    ...paymentOf(row),
    attemptId: row.attempt_id,
    operationId: row.operation_id,
  };
}

/** It moved the money: what follows for lines and cases is the journey's. */
export async function settleOperation(transaction: Transaction, row: OperationRow): Promise<void> {
  await moveOperation(transaction, row, 'succeeded');
  await transaction.report<PaymentEvent>([
    { name: 'operation settled', ...aboutOperation(row), kind: row.kind },
  ]);
}
