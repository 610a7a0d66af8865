import { runOnce } from '../database/idempotency-keys.ts';
import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import { orderId } from '../kit/ids.ts';
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
type Key = { orderId: number; proof: 'link' | 'session'; key: string; told: object };

const findState = sql(
  'orders.findStateToWithdraw',
  'SELECT state FROM orders WHERE publisher_id = $1 AND order_id = $2',
);

/** Keeps a proven statement of a page, once for the key of its summary. */
export async function stateOnce(
  { database }: { database: Database },
  statement: Statement,
  { orderId: id, proof, key, told }: Key,
): Promise<KeptStatement> {
  const { publisherId } = statement.publisher;
  const once = onceOf(statement, `withdraw from order ${id}`, key, told);
  const { body } = await database.transaction('state-withdrawal', (transaction) =>
    runOnce(transaction, once, async () => {
      const [before] = await transaction.query<{ state: OrderState }>(findState, [publisherId, id]);
      const row = await receiveWithdrawal(transaction, statement, { id: orderId(id), proof });
      return { status: 202, body: keptOf(row, before?.state ?? 'registered') };
    }),
  );
  return readKept(body);
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
