import { hash } from 'node:crypto';
import { type Database, isConstraintBreach, type Transaction } from '../database/transaction.ts';
import { createBatch } from '../kit/batch.ts';
import { accountId, customerNumber, type OrderId, orderId } from '../kit/ids.ts';
import type { By } from '../kit/origin.ts';
import { Problem } from '../kit/problem.ts';
import type { NewOrder, Registration } from './new-order.ts';
import type { OrderEvent } from './order.ts';
import { type InsertedOrder, insertLines, insertOrders, insertParties, releaseKeys } from './orders-store.ts';

export type RegisterOutcome =
  | { kind: 'registered'; orderId: OrderId; expiresAt: Date }
  | { kind: 'catalogue_is_stale' | 'user_is_unknown' | 'key_exists' | 'payment_already_used' };

export type RegisterLane = (registration: Registration) => Promise<RegisterOutcome>;

export function contentHash(bodyText: string): Buffer {
  return hash('sha256', bodyText, 'buffer');
}

/**
 * Saves orders, many concurrent calls in one transaction. What only the database can know (a used key, a
 * paid transaction, an unknown user, a newer catalogue) comes back as an outcome of that one order; what a
 * step of the journey refuses, as its problem.
 */
export function createRegisterLane(context: { database: Database }): RegisterLane {
  return createBatch<Registration, RegisterOutcome>({
    run: (registrations) => registerOrders(context.database, registrations),
    maxSize: 256,
    ownerOf: ({ order }) => order.client.publisher.publisherId,
    isFaultOfOne: (error) => error instanceof Problem || isConstraintBreach(error),
  });
}

export function registerOrders(
  database: Database,
  registrations: readonly Registration[],
): Promise<RegisterOutcome[]> {
  const callers = new Map<number, By>();
  const work = async (transaction: Transaction) => {
    const inserted = await insertOrders(transaction, registrations);
    const placed = inserted.filter((row) => row.outcome === 'registered');
    for (const row of placed) callers.set(row.order_id, at(registrations, row).by);
    if (placed.length > 0) {
      const orders = placed.map((row) => ({ orderId: row.order_id, order: at(registrations, row).order }));
      await insertLines(transaction, orders);
      await insertParties(transaction, orders);
      await transaction.report(placed.map((row) => registeredEvent(at(registrations, row).order, row)));
    }
    await releaseKeys(transaction, inserted, registrations);
    return inserted.map(outcomeOf);
  };
  return database.transaction('register-orders', work, callers);
}

function at(registrations: readonly Registration[], row: InsertedOrder): Registration {
  const registration = registrations[row.ordinal - 1];
  if (!registration) throw new Error('the database answered an order that was not given');
  return registration;
}

function outcomeOf(row: InsertedOrder): RegisterOutcome {
  return row.outcome === 'registered'
    ? { kind: 'registered', orderId: orderId(row.order_id), expiresAt: row.expires_at }
    : { kind: row.outcome };
}

function registeredEvent(order: NewOrder, row: InsertedOrder): OrderEvent {
  return {
    name: 'order registered',
    publisherId: order.client.publisher.publisherId,
    orderId: orderId(row.order_id),
    clientId: order.client.clientId,
    customerNumber: customerNumber(row.customer_number),
    ...(row.account_id !== null && { accountId: accountId(row.account_id) }),
    ...(order.paymentMethod && { paymentMethod: order.paymentMethod }),
    prepaid: order.prepaid,
    amountMinor: order.amountMinor,
    currency: order.currency,
  };
}
