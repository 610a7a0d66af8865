import { accountId, clientId, customerNumber, orderId, publisherId } from '../kit/ids.ts';
import type { OrderFacts } from './order.ts';
import { type PaymentMethod, paymentMethods } from './payment-methods.ts';

/** The columns behind `OrderFacts`, for RETURNING and SELECT on `orders`. */
export const factColumns = `orders.publisher_id, orders.order_id, orders.client_id, orders.customer_number,
  orders.account_id, orders.payment_method, orders.prepaid, orders.amount_minor, orders.currency`;

export type FactRow = {
  publisher_id: number;
  order_id: number;
  client_id: string;
  customer_number: number;
  account_id: number | null;
  payment_method: string | null;
  prepaid: boolean;
  amount_minor: number;
  currency: string;
};

export function eventFacts(row: FactRow): OrderFacts {
  const method = readPaymentMethod(row.payment_method);
  return {
    publisherId: publisherId(row.publisher_id),
    orderId: orderId(row.order_id),
    clientId: clientId(row.client_id),
    customerNumber: customerNumber(row.customer_number),
    ...(row.account_id !== null && { accountId: accountId(row.account_id) }),
    ...(method && { paymentMethod: method }),
    prepaid: row.prepaid,
    amountMinor: row.amount_minor,
    currency: row.currency,
  };
}

export function readPaymentMethod(name: string | null): PaymentMethod | undefined {
  return paymentMethods.find((method) => method === name);
}
