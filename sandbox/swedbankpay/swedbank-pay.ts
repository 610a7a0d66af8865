import type { World } from '../kit/world.ts';
import type { Callbacks } from './callbacks.ts';
import type { PaymentOrder } from './payment-order.ts';

/** A payment that waits in the app since this time. */
export type SwishWait = { guid: string; since: string };

/** Swedbank Pay's side of the sandbox. */
export type SwedbankPay = {
  world: World;
  callbacks: Callbacks;
  /** Keeps an order as it is now, and books what it says of money. */
  save(order: PaymentOrder): void;
  order(guid: string): PaymentOrder | undefined;
  orders(): PaymentOrder[];
  orderOfPage(pageToken: string): PaymentOrder | undefined;
  /** The order that a buyer's token was made by. */
  orderOfToken(unscheduledToken: string): PaymentOrder | undefined;
  isUsed(payeeReference: string): boolean;
  nextNumber(): number;
  promiseSwishTimeout(atMilliseconds: number, wait: SwishWait): void;
  forget(): void;
};
