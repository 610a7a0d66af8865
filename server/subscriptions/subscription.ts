import type { OrderId, PublisherId } from '../kit/ids.ts';

type OfSubscription = { publisherId: PublisherId; orderId: OrderId; subscriptionId: number };

export type SubscriptionEvent =
  /** Only reported where an endpoint hears it; the first period's start says the same inside. */
  | ({ name: 'subscription started'; lineNumber: number; product: string } & OfSubscription)
  /** Periods are numbered from 1 and half-open: one ends at the moment the next may start. */
  | ({ name: 'subscription period started'; periodNumber: number } & OfSubscription)
  /** It will not renew. Whether the current period still opens is the rule for access. */
  | ({ name: 'subscription ended'; lineNumber: number; access: SubscriptionEnd } & OfSubscription);

export type SubscriptionEnd = 'end_now' | 'end_at_period_end';
