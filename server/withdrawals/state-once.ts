import { runOnce } from '../database/idempotency-keys.ts';
import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import { orderId } from '../kit/ids.ts';
import { correctedTo } from '../orders/find-correction.ts';
import type { OrderState } from '../orders/order.ts';
import { receiveWithdrawal, type Statement } from './receive-withdrawal.ts';
import type { CheckReason, RefundBy, WithdrawalState } from './withdrawal.ts';
import type { WithdrawalRow } from './withdrawals-store.ts';

/** What a page tells of a statement that was kept; it says the same when it is sent again. */
export type KeptStatement = {
  receivedAt: Date;
  state: WithdrawalState;
  reason: CheckReason | undefined;
  named: number[] | undefined;
  /** The lines that are withdrawn by it. */
  lines: number[];
  refundMinor: number;
  refundBy: RefundBy | undefined;
  /** Of the order, before. */
  orderState: OrderState;
};

/** `told` is what the form said, which is the same each time it is sent. */
type Key = {
  orderId: number;
  /** Whose the order was when its page was read. */
  correctedTo: string | undefined;
  proof: 'link' | 'session';
  key: string;
  told: object;
};

const lockState = sql(
  'orders.lockStateToWithdraw',
  'SELECT state FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
);
const findCorrection = sql(
  'orders.findCorrection',
  `SELECT ${correctedTo('$1', '$2::bigint')} AS corrected_to`,
);

/**
 * Keeps a proven statement of a page, once for the key of its summary. Answers nothing, and keeps nothing,
 * where the order was given to another address since its page was read: a correction waits for the same lock.
 */
export async function stateOnce(
  { database }: { database: Database },
  statement: Statement,
  { orderId: id, correctedTo: readFor, proof, key, told }: Key,
): Promise<KeptStatement | undefined> {
  const { publisherId } = statement.publisher;
  const once = onceOf(statement, `withdraw from order ${id}`, key, told);
  const kept = await database.transaction('state-withdrawal', async (transaction) => {
    const [before] = await transaction.query<{ state: OrderState }>(lockState, [publisherId, id]);
    type Correction = { corrected_to: string | null };
    const [now] = await transaction.query<Correction>(findCorrection, [publisherId, id]);
    if (!before || (now?.corrected_to ?? undefined) !== readFor) return undefined;
    return runOnce(transaction, once, async () => {
      const row = await receiveWithdrawal(transaction, statement, { id: orderId(id), proof });
      return { status: 202, body: keptOf(row, before.state) };
    });
  });
  return kept && readKept(kept.body);
}

/** The keys of pages stand beside those of clients, under a name that no client has. */
export function onceOf({ publisher }: Statement, operation: string, key: string, told: object) {
  const clientId = `pages of publisher ${publisher.publisherId}`;
  return { clientId, operation, key, bodyText: JSON.stringify({ ...told, publisher: undefined }) };
}

function keptOf(row: WithdrawalRow, orderState: OrderState) {
  return {
    receivedAt: row.recorded_at.toISOString(),
    state: row.state,
    reason: row.reason,
    named: row.named_lines,
    lines: row.lines,
    refundMinor: row.refund_minor,
    refundBy: row.refund_by,
    orderState,
  };
}

function readKept(body: object): KeptStatement {
  const kept = body as ReturnType<typeof keptOf>;
  const { receivedAt, reason, named, refundBy, ...rest } = kept;
  return {
    ...rest,
    receivedAt: new Date(receivedAt),
    reason: reason ?? undefined,
    named: named ?? undefined,
    refundBy: refundBy ?? undefined,
  };
}
