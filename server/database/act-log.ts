import { cidrAround } from '../kit/network-of.ts';
import { type Queryable, sql } from './statement.ts';
import type { Transaction } from './transaction.ts';

// The customer of an order is found here, so that no room has to know it for this.
const insertAct = sql(
  'acts.insert',
  `INSERT INTO acts (publisher_id, at, by_kind, by_id, scope, operation_id, subject_kind, subject_id,
     order_id, customer_number, reason, facts, request_id, address)
   VALUES ($1, (SELECT leveret_now()), $2, $3, $4, $5, $6, $7, $8,
     coalesce($13::bigint, (SELECT customer_number FROM orders WHERE publisher_id = $1 AND order_id = $8)),
     $9, $10, $11, $12)`,
);

export type Act = {
  publisherId: number;
  /** Which one of what the call acts on; nothing where there is only one. */
  subjectId?: string | number | undefined;
  orderId?: number | undefined;
  /** Where it is not the customer of the order. */
  customerNumber?: number | undefined;
  reason?: string | undefined;
  /** What was asked for. Ids, sums and words of ours: never what names a person, or a secret. */
  facts?: Readonly<Record<string, unknown>>;
};

type Acting = Queryable & Pick<Transaction, 'origin'>;

/**
 * Keeps an act in the transaction of its effect, where the work began with a call of which acts are kept;
 * whatever the server does of itself leaves none.
 */
export async function writeAct(transaction: Acting, act: Act): Promise<void> {
  const { by, call } = transaction.origin ?? {};
  if (by === undefined || call === undefined || 'none' in call.act) return;
  await transaction.query(insertAct, [
    act.publisherId,
    by.kind,
    'id' in by ? String(by.id) : null,
    call.scope ?? null,
    call.operationId,
    call.act.on,
    act.subjectId === undefined ? null : String(act.subjectId),
    act.orderId ?? null,
    act.reason ?? null,
    JSON.stringify(act.facts ?? {}),
    call.requestId ?? null,
    call.address === undefined ? null : (cidrAround(call.address) ?? null),
    act.customerNumber ?? null,
  ]);
}
