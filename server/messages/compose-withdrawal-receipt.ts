import { type Queryable, sql } from '../database/statement.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import type { Proof, RefundBy, WithdrawalState } from '../withdrawals/withdrawal.ts';
import type { MessageContent } from './channels/message-channel.ts';
import type { AddressContext } from './compose-receipt.ts';
import type { MessageRow } from './messages-store.ts';
import { sellerRows } from './receipt-of-order.ts';
import { renderMessage } from './render-message.ts';
import { withdrawalLinkIn } from './withdrawal-link.ts';
import type { StatementRow, WithdrawalReceiptValues } from './withdrawal-receipt-values.ts';

const findStatement = sql(
  'messages.findWithdrawalReceipt',
  `SELECT stated.order_id, order_reference, stated.name, remark, proof, stated.state, refund_minor, refund_by,
     recorded_at, orders.currency, orders.state AS order_state,
     coalesce(orders.ended_at < recorded_at, false) AS had_ended, publishers.name AS publisher_name,
     publishers.time_zone, publishers.settings,
     (SELECT string_agg(description, ', ' ORDER BY line_number) FROM order_lines
      WHERE order_lines.order_id = stated.order_id AND line_number = ANY (
        CASE WHEN stated.state = 'accepted' AND cardinality(stated.lines) > 0 THEN stated.lines
          ELSE stated.named_lines END)) AS line_names,
     (SELECT count(*)::integer FROM order_lines WHERE order_lines.order_id = stated.order_id)
       = coalesce(cardinality(CASE WHEN stated.state = 'accepted' THEN stated.lines END),
         cardinality(stated.named_lines), -1) AS is_all
   FROM withdrawals stated JOIN publishers ON publishers.publisher_id = stated.publisher_id
     LEFT JOIN orders ON orders.order_id = stated.order_id
   WHERE stated.publisher_id = $1 AND stated.withdrawal_id = ANY ($2::bigint[])
   ORDER BY stated.withdrawal_id`,
);

type Row = {
  order_id: number | null;
  order_reference: string;
  name: string;
  remark: string | null;
  proof: Proof;
  state: WithdrawalState;
  refund_minor: number;
  refund_by: RefundBy | null;
  recorded_at: Date;
  currency: string | null;
  order_state: string | null;
  /** The order had come to its end before. */
  had_ended: boolean;
  publisher_name: string;
  time_zone: string;
  settings: object;
  line_names: string | null;
  is_all: boolean;
};

/** Writes the receipt of statements: to who has proven nothing, only what they wrote. */
export async function composeWithdrawalReceipt(
  context: AddressContext & { database: Queryable },
  message: MessageRow,
): Promise<MessageContent> {
  const { channel, language, publisher_id: publisherId, facts } = message;
  const ids = Array.isArray(facts['withdrawalIds']) ? facts['withdrawalIds'].map(Number) : [];
  const rows = await context.database.query<Row>(findStatement, [publisherId, ids]);
  const [first] = rows;
  if (!first) throw new Error('the statement of a receipt is gone');
  const isOwn = facts['as'] === 'own';
  const values: WithdrawalReceiptValues = {
    publisherName: first.publisher_name,
    order: first.order_reference,
    statements: rows.map(isOwn ? ownStatement : strangersStatement),
    confirms: isOwn && rows.some(({ proof }) => proof === 'none') ? confirmsOf(context, message) : [],
    seller: sellerRows(publisherSettingsOf(first.settings), first.publisher_name),
  };
  return renderMessage({ message: 'withdrawal-receipt', values, channel, language });
}

function strangersStatement(row: Row): StatementRow {
  return {
    publisherName: row.publisher_name,
    at: { at: row.recorded_at, timeZone: row.time_zone, hasTime: true },
    name: row.name,
    order: row.order_reference,
    hasWhat: row.remark === null ? 'no' : 'yes',
    what: row.remark ?? '',
    outcome: 'unproven',
    hasRefund: 'no',
    amount: { amountMinor: 0, currency: row.currency ?? 'NOK' },
    by: 'us',
  };
}

function ownStatement(row: Row): StatementRow {
  const told = strangersStatement(row);
  if (row.proof === 'none') return { ...told, outcome: 'toconfirm' };
  const hasLines = row.line_names !== null && !row.is_all;
  const { refund_minor: amountMinor, refund_by: by, currency } = row;
  return {
    ...told,
    ...(hasLines && { hasWhat: 'yes' as const, what: row.line_names ?? '' }),
    outcome: outcomeOf(row),
    ...(by !== null && currency !== null && { hasRefund: 'yes', amount: { amountMinor, currency }, by }),
  };
}

/** Where the order's own address says that it is the buyer. */
function confirmsOf(context: AddressContext, message: MessageRow): { url: string }[] {
  const url = withdrawalLinkIn(context, message);
  return url === undefined ? [] : [{ url }];
}

function outcomeOf({ state, order_state, had_ended }: Row): StatementRow['outcome'] {
  switch (state) {
    case 'accepted':
      if (order_state === 'completed') return 'accepted';
      return had_ended ? 'stopped' : 'cancelled';
    case 'repeated':
      return 'repeated';
    case 'to_check':
    case 'refused':
      return 'looked';
  }
}
