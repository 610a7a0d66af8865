import { type Queryable, sql } from '../database/statement.ts';
import { orderId } from '../kit/ids.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import type { Proof, RefundBy, WithdrawalState } from '../withdrawals/withdrawal.ts';
import { withdrawalLinkOf } from '../withdrawals/withdrawal-address.ts';
import type { MessageContent } from './channels/message-channel.ts';
import type { AddressContext } from './compose-receipt.ts';
import type { MessageRow } from './messages-store.ts';
import { sellerRows } from './receipt-of-order.ts';
import { renderMessage } from './render-message.ts';
import type { WithdrawalReceiptValues } from './withdrawal-receipt-values.ts';

const findStatement = sql(
  'messages.findWithdrawalReceipt',
  `SELECT stated.order_id, order_reference, stated.name, remark, proof, stated.state, refund_minor, refund_by,
     recorded_at, orders.currency, orders.state AS order_state, publishers.name AS publisher_name,
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
   WHERE stated.publisher_id = $1 AND stated.withdrawal_id = $2`,
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
  publisher_name: string;
  time_zone: string;
  settings: object;
  line_names: string | null;
  is_all: boolean;
};

/** Writes the receipt of a statement: to who has proven nothing, only what they wrote. */
export async function composeWithdrawalReceipt(
  context: AddressContext & { database: Queryable },
  message: MessageRow,
): Promise<MessageContent> {
  const { channel, language, publisher_id: publisherId, facts } = message;
  const row = await findReceipt(context.database, publisherId, Number(facts['withdrawalId']));
  const values = facts['as'] === 'own' ? valuesForOwn(context, row) : valuesForStranger(row);
  return renderMessage({ message: 'withdrawal-receipt', values, channel, language });
}

async function findReceipt(database: Queryable, publisherId: number, withdrawalId: number): Promise<Row> {
  const [row] = await database.query<Row>(findStatement, [publisherId, withdrawalId]);
  if (!row) throw new Error('the statement of a receipt is gone');
  return row;
}

function valuesForStranger(row: Row): WithdrawalReceiptValues {
  return {
    publisherName: row.publisher_name,
    at: { at: row.recorded_at, timeZone: row.time_zone, hasTime: true },
    name: row.name,
    order: row.order_reference,
    hasWhat: row.remark === null ? 'no' : 'yes',
    what: row.remark ?? '',
    outcome: 'unproven',
    refunds: [],
    confirms: [],
    seller: sellerRows(publisherSettingsOf(row.settings), row.publisher_name),
  };
}

function valuesForOwn({ settings, secrets }: AddressContext, row: Row): WithdrawalReceiptValues {
  const told = valuesForStranger(row);
  const isProven = row.proof !== 'none';
  if (!isProven) {
    const confirms =
      row.order_id === null
        ? []
        : [{ url: withdrawalLinkOf(settings.publicUrl, secrets.orderAddress, orderId(row.order_id)) }];
    return { ...told, outcome: 'toconfirm', confirms };
  }
  const hasLines = row.line_names !== null && !row.is_all;
  const { refund_minor: amountMinor, refund_by: by, currency } = row;
  return {
    ...told,
    ...(hasLines && { hasWhat: 'yes' as const, what: row.line_names ?? '' }),
    outcome: outcomeOf(row),
    refunds: by !== null && currency !== null ? [{ amount: { amountMinor, currency }, by }] : [],
  };
}

function outcomeOf({ state, order_state }: Row): WithdrawalReceiptValues['outcome'] {
  switch (state) {
    case 'accepted':
      return order_state === 'completed' ? 'accepted' : 'cancelled';
    case 'repeated':
      return 'repeated';
    case 'to_check':
    case 'refused':
      return 'looked';
  }
}
