import { publisherId } from '../kit/ids.ts';
import type { CallbackEvent, DeliveryKind } from './callback.ts';

export type QueuedRow = {
  publisher_id: number;
  order_id: number | null;
  delivery_id: number;
  kind: DeliveryKind;
  host: string;
};

/** The event that sends a queued delivery on its way. */
export function queuedEvent(row: QueuedRow): CallbackEvent {
  return {
    name: row.kind === 'callback' ? 'callback queued' : 'webhook queued',
    publisherId: publisherId(row.publisher_id),
    ...(row.order_id === null ? {} : { orderId: row.order_id }),
    deliveryId: row.delivery_id,
    host: row.host,
  };
}
