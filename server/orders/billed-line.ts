import type { OrderState } from './order.ts';

/** A line of an order with the bill that it is on, where there is one. */
export type BilledLine = {
  order_id: number;
  line_number: number;
  spec_type: string;
  product_code: string | null;
  article_ref: string | null;
  description: string;
  amount_minor: number;
  vat_minor: number;
  starts_at: Date | null;
  ended_reason: string | null;
  invoice_number: number | null;
  issued_at: Date | null;
  invoice_state: string | null;
};

/** `notInvoiced` and `invoiced` are the original's words; of others nothing is known. */
export type InvoiceStatus = 'notInvoiced' | 'invoiced' | 'credited';

/** A bill counts from when it has its number. */
export function invoiceStatusOf({ invoice_state }: Pick<BilledLine, 'invoice_state'>): InvoiceStatus {
  switch (invoice_state) {
    case 'issued':
      return 'invoiced';
    case 'credited':
      return 'credited';
    default:
      return 'notInvoiced';
  }
}

/** `waiting` is the original's word; of others nothing is known. */
export type DeliveryStatus = 'waiting' | 'delivered' | 'cancelled';

/**
 * Where the delivery of a line stands, as far as the server delivers: it opens access. What goes by post is
 * not followed.
 */
export function deliveryStatusOf(
  line: Pick<BilledLine, 'starts_at' | 'ended_reason'>,
  order: { state: OrderState },
  now: Date,
): DeliveryStatus {
  if (line.ended_reason !== null || order.state === 'stopped') return 'cancelled';
  const hasBegun = line.starts_at === null || line.starts_at <= now;
  return order.state === 'completed' && hasBegun ? 'delivered' : 'waiting';
}
