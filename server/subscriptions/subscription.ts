import type { OrderId, PublisherId } from '../kit/ids.ts';

/** Periods are numbered from 1 and half-open: one ends at the moment the next may start. */
export type SubscriptionEvent = {
  name: 'subscription period started';
  publisherId: PublisherId;
  orderId: OrderId;
  subscriptionId: number;
  periodNumber: number;
};
