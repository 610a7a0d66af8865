import type { OrderId, PublisherId } from '../kit/ids.ts';

/** An order was completed before the publisher said where to call back, or whom to send a login link. */
export type CompletionEvent =
  | { name: 'callback asked late'; publisherId: PublisherId; orderId: OrderId }
  | { name: 'login link asked late'; publisherId: PublisherId; orderId: OrderId };
