import type { Secrets } from '../config/secrets.ts';
import type { Queryable } from '../database/statement.ts';
import { orderId } from '../kit/ids.ts';
import { findWithdrawalRights } from '../orders/find-withdrawal-rights.ts';
import { agreementPage } from '../payments/agreements/agreement-address.ts';
import type { MessageContent } from './channels/message-channel.ts';
import { findReceipt } from './find-receipt.ts';
import type { MessageRow } from './messages-store.ts';
import { receiptOfOrder } from './receipt-of-order.ts';
import { renderMessage } from './render-message.ts';
import { withdrawalLinkIn } from './withdrawal-link.ts';

export type ReceiptContext = {
  database: Queryable;
  settings: { publicUrl: string };
  secrets: Pick<Secrets, 'orderAddress'>;
};

/** Writes the receipt of an order. What it tells of an order that has completed does not change. */
export async function composeReceipt(context: ReceiptContext, row: MessageRow): Promise<MessageContent> {
  const { channel, language } = row;
  const { database, settings, secrets } = context;
  const { publicUrl } = settings;
  const order = orderId(row.order_id ?? 0);
  const found = await findReceipt(database, row.publisher_id, order);
  const rights = await findWithdrawalRights(database, row.publisher_id, order);
  const { reference } = found.order;
  const stopUrl =
    reference === null ? undefined : `${publicUrl}${agreementPage(secrets.orderAddress, reference)}`;
  const withdrawUrl = withdrawalLinkIn(context, row);
  const values = receiptOfOrder(found, rights, { stopUrl, withdrawUrl }, language);
  return renderMessage({ message: 'receipt', values, channel, language });
}
