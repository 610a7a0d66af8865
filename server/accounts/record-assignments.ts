import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { AccountId, OrderId, PublisherId } from '../kit/ids.ts';
import type { AccountEvent } from './account.ts';

export type Assignment = {
  publisherId: PublisherId;
  orderId: OrderId;
  accountId: AccountId;
  by: 'client' | 'reader' | 'staff';
  /** The client's id, or `reader`. */
  assignedBy: string;
};

const insertAssignments = sql(
  'orderAssignments.insert',
  `INSERT INTO order_assignments (order_id, account_id, publisher_id, assigned_by, assigned_at)
   SELECT given.*, (SELECT leveret_now())
   FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::text[]) AS given`,
);

/** Keeps who tied which order to whom, and reports it. */
export async function recordAssignments(
  transaction: Transaction,
  assignments: readonly Assignment[],
): Promise<void> {
  if (assignments.length === 0) return;
  await transaction.query(insertAssignments, [
    assignments.map((one) => one.orderId),
    assignments.map((one) => one.accountId),
    assignments.map((one) => one.publisherId),
    assignments.map((one) => one.assignedBy),
  ]);
  await transaction.report<AccountEvent>(
    assignments.map(({ publisherId, orderId, accountId, by }) => ({
      name: 'user assigned',
      publisherId,
      orderId,
      accountId,
      assignedBy: by,
    })),
  );
}
