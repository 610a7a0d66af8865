import assert from 'node:assert/strict';
import type { MoneyFixture } from './money.ts';

/** A row of what moves money after a payment is secured. */
export type PlantedOperation = {
  kind: 'capture' | 'cancel' | 'refund';
  state?: 'created' | 'sent' | 'unknown' | 'by_hand' | 'succeeded' | 'failed';
  amount?: number;
  /** Hours from now; already due unless said. */
  due?: number;
  code?: string;
  /** The one line that it is of; the whole amount is that line's. */
  line?: number;
  isSent?: boolean;
};

/** Writes operations of an attempt as they may stand at some moment, and answers their ids. */
export async function plantOperations(
  { node }: MoneyFixture,
  attemptId: number,
  operations: readonly PlantedOperation[],
): Promise<number[]> {
  const made: number[] = [];
  for (const { kind, state = 'created', amount = 100, due, code, line, isSent = false } of operations) {
    const [row] = await node.rows<{ operation_id: number }>(
      `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, vat_minor,
         line_numbers, line_amounts, code, due_at, state, created_at, sent_at)
       SELECT attempt_id, publisher_id, $2, gen_random_uuid(), $3::bigint, $3::bigint / 5,
         CASE WHEN $6::smallint IS NOT NULL THEN ARRAY[$6::smallint] END,
         CASE WHEN $6::smallint IS NOT NULL THEN ARRAY[$3::bigint] END,
         $4, leveret_now() + $5::integer * interval '1 hour', $7, leveret_now(),
         CASE WHEN $8 THEN leveret_now() END
       FROM payment_attempts WHERE attempt_id = $1 RETURNING operation_id`,
      [attemptId, kind, amount, code ?? null, due ?? null, line ?? null, state, isSent],
    );
    assert.ok(row);
    made.push(row.operation_id);
  }
  return made;
}

/** Each operation as `state amount`, with its code and the hours until it is due where it has them. */
export async function standOf({ node }: MoneyFixture, attemptId: number): Promise<string[]> {
  type Row = { amount_minor: number; state: string; code: string | null; due: number | null };
  const rows = await node.rows<Row>(
    `SELECT amount_minor, state, code,
       round(extract(epoch FROM due_at - leveret_now()) / 3600)::integer AS due
     FROM payment_operations WHERE attempt_id = $1 AND kind <> 'charge' ORDER BY operation_id`,
    [attemptId],
  );
  return rows.map(({ amount_minor: amount, state, code, due }) =>
    [`${state} ${amount}`, ...(code === null ? [] : [code]), ...(due === null ? [] : [`in ${due} h`])].join(
      ' ',
    ),
  );
}

/** An order of 100.00 that is reserved, with these operations under way or done. */
export async function reservedWith(fixture: MoneyFixture, operations: readonly PlantedOperation[] = []) {
  const orderId = await fixture.reserved([100], ['dispatched']);
  const { attempt_id: attemptId } = await fixture.booksOf(orderId);
  const { publisherId } = fixture.node.client.publisher;
  const operationIds = await plantOperations(fixture, attemptId, operations);
  return { publisherId, orderId, attemptId, operationIds, operationId: operationIds[0] ?? 0 };
}
