import { orderId, publisherId } from '../kit/ids.ts';
import type { MessageEvent } from './message.ts';

/** The columns behind `FailedRow`, for RETURNING. */
export const failedColumns = 'message_id, publisher_id, order_id, link_id, channel';

export type FailedRow = {
  message_id: number;
  publisher_id: number;
  order_id: number | null;
  link_id: number | null;
  channel: 'sms' | 'email';
};

/** `reason` holds codes only, never the words of a server. */
export function failedEvent(row: FailedRow, reason: string): MessageEvent {
  return {
    name: 'message failed',
    publisherId: publisherId(row.publisher_id),
    ...(row.order_id !== null && { orderId: orderId(row.order_id) }),
    messageId: row.message_id,
    ...(row.link_id !== null && { linkId: row.link_id }),
    channel: row.channel,
    reason,
  };
}
