import { publicNameOf } from '../callbacks/event-names.ts';
import { type Currency, isCurrency, toMajor } from '../kit/money.ts';
import type { CheckoutRow } from './find-checkouts.ts';
import type { OrderRow } from './find-order.ts';
import type { AskedRow, GrantRow, LineRow, MoneyRow } from './find-order-details.ts';
import { originalStatusOf } from './order.ts';
import { type OrderInWords, tellEntry } from './tell-entry.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** What lists and the whole view of an order share. Times are RFC 3339 in our own endpoints. */
export function orderSummary(row: OrderRow) {
  const currency = currencyOf(row);
  return {
    orderId: row.order_id,
    externalOrderId: row.external_order_id,
    orderStatus: originalStatusOf(row.state),
    state: row.state,
    stoppedReason: row.stopped_reason,
    paymentMethod: row.payment_method,
    merchantId: row.merchant_id,
    prepaid: row.prepaid,
    recurring: row.recurring,
    orderAmount: toMajor(row.amount_minor, currency),
    currency,
    customerNumber: row.customer_number,
    uniqueUserId: row.unique_user_id,
    clientId: row.client_id,
    orderedAt: row.ordered_at.toISOString(),
    registeredAt: row.registered_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    cancelAskedAt: row.cancel_asked_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export function currencyOf(row: Pick<OrderRow, 'order_id' | 'currency'>): Currency {
  if (!isCurrency(row.currency))
    throw new Error(`the currency ${row.currency} of order ${row.order_id} is unknown`);
  return row.currency;
}

export function showLine(line: LineRow, currency: Currency) {
  return {
    lineNumber: line.line_number,
    productSpecType: line.spec_type,
    productSpecCode: line.offer_code,
    productSpecNo: line.offer_number,
    product: line.product_code,
    issue: line.issue_code,
    articleRef: line.article_ref,
    description: line.description,
    quantity: line.quantity,
    unitPrice: toMajor(line.unit_price_minor, currency),
    discount: toMajor(line.discount_minor, currency),
    amount: toMajor(line.amount_minor, currency),
    vatPercent: line.vat_basis_points / 100,
    vatAmount: toMajor(line.vat_minor, currency),
    captured: toMajor(line.captured_minor, currency),
    capturePending: toMajor(line.capture_pending_minor, currency),
    refunded: toMajor(line.refunded_minor, currency),
    refundPending: toMajor(line.refund_pending_minor, currency),
    endedReason: line.ended_reason,
  };
}

export function showGrant(grant: GrantRow) {
  return {
    lineNumber: grant.line_number,
    kind: grant.kind,
    product: grant.product_code,
    issue: grant.issue_code,
    articleRef: grant.article_ref,
    categoryType: grant.category_type,
    startsAt: grant.starts_at.toISOString(),
    endsAt: grant.ends_at?.toISOString() ?? null,
    revokedAt: grant.revoked_at?.toISOString() ?? null,
  };
}

export function showPayment(money: MoneyRow | undefined, currency: Currency) {
  if (money?.captured_minor === null || money === undefined) return null;
  return {
    authorized: toMajor(money.authorized_minor ?? 0, currency),
    captured: toMajor(money.captured_minor, currency),
    refunded: toMajor(money.refunded_minor ?? 0, currency),
    cancelled: toMajor(money.cancelled_minor ?? 0, currency),
    disputed: toMajor(money.disputed_minor ?? 0, currency),
    capturePending: toMajor(money.capture_pending_minor, currency),
    refundPending: toMajor(money.refund_pending_minor, currency),
  };
}

/** The paid transaction that the publisher named; a stopped order has released it for another order. */
export function showPrepayment(row: AskedRow | undefined) {
  if (!row?.transaction_id) return null;
  const { amount, ...evidence } = row.evidence ?? {};
  return {
    ...evidence,
    // Kept as it was written, in decimal text; shown as the other amounts are.
    ...(amount !== undefined && { amount: Number(amount) }),
    transactionId: row.transaction_id,
    isReleased: row.released_at !== null,
  };
}

/** What was asked for when the order was completed; the first request stands. */
export function showCompletion(row: AskedRow | undefined) {
  if (!row?.asked_at) return null;
  return {
    callbackUrl: row.callback_url,
    credential: row.credential,
    returnUrl: row.return_url,
    errorUrl: row.error_url,
    linkLifetimeSeconds: row.link_lifetime_seconds,
    askedAt: row.asked_at.toISOString(),
  };
}

/** What the buyer was shown when the button was pressed. */
export function showCheckout(row: CheckoutRow, currency: Currency) {
  return {
    at: row.pressed_at.toISOString(),
    textVersion: row.text_version,
    textSha256: row.text_sha256,
    language: row.language,
    paymentMethod: row.payment_method,
    amount: toMajor(row.amount_minor, currency),
    earlyStart: row.early_start,
    text: row.text,
  };
}

export function showInvoice(money: MoneyRow | undefined, currency: Currency) {
  if (!money?.invoice_state) return null;
  return {
    state: money.invoice_state,
    invoiceNumber: money.invoice_number,
    kid: money.kid,
    dueOn: money.due_on,
    credited: toMajor(money.credited_minor ?? 0, currency),
  };
}

/** What the order itself already says is not repeated in each of its events. */
const saidByOrder = new Set([
  'clientId',
  'customerNumber',
  'paymentMethod',
  'prepaid',
  'amountMinor',
  'currency',
]);

/** What the sentences of a timeline tell of the order. */
export function orderInWords(order: OrderRow, lines: readonly LineRow[]): OrderInWords {
  return {
    amountMinor: order.amount_minor,
    currency: currencyOf(order),
    lines: lines.map((line) => ({
      lineNumber: line.line_number,
      name: line.description,
      quantity: line.quantity,
    })),
  };
}

export function showTimelineEntry({ at, what, facts }: TimelineEntry, order: OrderInWords) {
  const { amountMinor } = facts;
  const shown = Object.entries(facts).filter(([name]) => !saidByOrder.has(name));
  return {
    at: at.toISOString(),
    name: publicNameOf(what),
    what,
    text: tellEntry(what, facts, order),
    ...(typeof amountMinor === 'number' && { amount: toMajor(amountMinor, order.currency) }),
    ...Object.fromEntries(shown),
  };
}
