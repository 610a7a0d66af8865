import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import { revokeGrants, revoking } from './revoke-grants.ts';

type OrderStopped = Extract<OrderEvent, { name: 'order stopped' }>;

const ofOrders = revoking(
  'grants.revokeOfOrders',
  'order_stopped',
  'unnest($1::integer[], $2::bigint[]) AS stopped (publisher_id, order_id)',
  'publisher_id, order_id',
);

/** A stopped order opens nothing. What other orders gave the same reader stays. */
export const revokeAccess: NowStep<unknown, Transaction, OrderStopped> = {
  stepName: 'revokeAccess',
  reports: ['access revoked'],
  run: (_context, transaction, events) =>
    revokeGrants(transaction, ofOrders, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
    ]),
};
