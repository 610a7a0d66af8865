import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { accountId, orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { AccountEvent } from './account.ts';
import { recordAssignments } from './record-assignments.ts';

type LinkSpent = Extract<AccountEvent, { name: 'login link spent' }>;

const assignStatement = sql(
  'orders.assignIfNone',
  `UPDATE orders SET account_id = credentials.account_id
   FROM login_links JOIN credentials ON credentials.publisher_id = login_links.publisher_id
     AND credentials.credential_key = login_links.credential_key
   WHERE login_links.link_id = ANY ($1::bigint[]) AND orders.order_id = login_links.order_id
     AND orders.account_id IS NULL AND orders.state <> 'stopped'
   RETURNING orders.publisher_id, orders.order_id, orders.account_id`,
);

type Row = { publisher_id: number; order_id: number; account_id: number };

/** An order that nobody has yet is tied to the reader who proved the credential that it was sent to. */
export const assignUserIfNone: NowStep<unknown, Transaction, LinkSpent> = {
  stepName: 'assignUserIfNone',
  reports: ['user assigned'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<Row>(assignStatement, [events.map((event) => event.linkId)]);
    await recordAssignments(
      transaction,
      rows.map((row) => ({
        publisherId: publisherId(row.publisher_id),
        orderId: orderId(row.order_id),
        accountId: accountId(row.account_id),
        by: 'reader' as const,
        assignedBy: 'reader',
      })),
    );
  },
};
