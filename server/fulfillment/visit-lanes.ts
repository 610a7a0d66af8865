import { explainDatabaseError } from '../database/explain-database-error.ts';
import type { Queryable } from '../database/statement.ts';
import { createBatch } from '../kit/batch.ts';
import type { OrderId, PublisherId } from '../kit/ids.ts';
import { type BrowserPayment, findBrowserPayments } from '../payments/charging/find-browser-payment.ts';
import { findVisitedOrders, type VisitedOrder } from './find-visited-order.ts';

/**
 * What every visit reads, by one statement for all that come at the same time: buyers who load their pages
 * again and again hold one connection for each, however many they are.
 */
export type VisitLanes = {
  findOrder(id: OrderId): Promise<VisitedOrder | undefined>;
  /** The last try of a buyer at a screen. */
  findPayment(order: PayableKey): Promise<BrowserPayment | undefined>;
};

type PayableKey = { publisherId: PublisherId; orderId: OrderId };

export function createVisitLanes({ database }: { database: Queryable }): VisitLanes {
  const lane = <Key, Found>(
    find: (keys: Key[]) => Promise<(Found | undefined)[]>,
    ownerOf?: (key: Key) => unknown,
  ) =>
    createBatch<Key, { found: Found | undefined }>({
      run: async (keys) => (await find(keys)).map((found) => ({ found })),
      maxSize: 256,
      // What cannot be read of one order stops no other buyer.
      isFaultOfOne: (error) => explainDatabaseError(error) === undefined,
      ...(ownerOf && { ownerOf }),
    });
  const orders = lane((ids: OrderId[]) => findVisitedOrders(database, ids));
  const payments = lane(
    (keys: PayableKey[]) => findBrowserPayments(database, keys),
    (key) => key.publisherId,
  );
  return {
    findOrder: async (id) => (await orders(id)).found,
    findPayment: async (order) => (await payments(order)).found,
  };
}
