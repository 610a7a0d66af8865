import type { Secrets } from '../config/secrets.ts';
import { orderId } from '../kit/ids.ts';
import { agreementPage } from '../payments/agreements/agreement-address.ts';
import type { MessageContent } from './channels/message-channel.ts';
import type { MessageLanes } from './message-lanes.ts';
import type { MessageRow } from './messages-store.ts';
import { receiptOfOrder } from './receipt-of-order.ts';
import { renderMessage } from './render-message.ts';
import { withdrawalLinkIn } from './withdrawal-link.ts';

/** What the addresses in a receipt are made of. */
export type AddressContext = { settings: { publicUrl: string }; secrets: Pick<Secrets, 'orderAddress'> };

export type ReceiptContext = AddressContext & { messageLanes: MessageLanes };

/** Writes the receipt of an order. What it tells of an order that has completed does not change. */
export async function composeReceipt(context: ReceiptContext, row: MessageRow): Promise<MessageContent> {
  const { channel, language } = row;
  const { messageLanes, settings, secrets } = context;
  const { publicUrl } = settings;
  const order = orderId(row.order_id ?? 0);
  const found = await messageLanes.findReceipt({ publisherId: row.publisher_id, orderId: order });
  if (!found) throw new Error('the order of a receipt is not completed');
  const { reference } = found.order;
  const stopUrl =
    reference === null ? undefined : `${publicUrl}${agreementPage(secrets.orderAddress, reference)}`;
  const withdrawUrl = withdrawalLinkIn(context, row);
  const values = receiptOfOrder(found, found.rights, { stopUrl, withdrawUrl }, language);
  return renderMessage({ message: 'receipt', values, channel, language });
}
