import { type KustomOrder, type Managed, type Movement, sumOf } from './order.ts';

const statuses = {
  incomplete: 'checkout_incomplete',
  complete: 'checkout_complete',
  // Not documented: what a session is called that its merchant has aborted.
  aborted: 'aborted',
} as const;

/** A session as the checkout API shows it; nothing for one that is gone. */
export function showCheckoutOrder(order: KustomOrder): Record<string, unknown> | undefined {
  if (!order.session || order.state === 'expired') return undefined;
  const { request, origin, touchedAtMilliseconds } = order.session;
  return {
    order_id: order.id,
    status: statuses[order.state],
    ...request,
    billing_address: { ...request.billing_address, email: order.email },
    html_snippet: snippet(origin, order.id),
    started_at: order.startedAt,
    last_modified_at: new Date(touchedAtMilliseconds).toISOString(),
    ...(order.completedAt !== null && { completed_at: order.completedAt }),
    ...(order.recurringToken !== null && { recurring_token: order.recurringToken }),
  };
}

/** A container and, as in theirs, an inline script that loads another, which puts the checkout's frame in. */
function snippet(origin: string, id: string): string {
  return `<div id="kco-container"><script type="text/javascript">
    (function (page, container) {
      var loaded = page.createElement('script');
      loaded.src = '${origin}/kustom/checkout.js';
      loaded.setAttribute('data-frame', '${origin}/pay/kustom/${id}');
      page.getElementById(container).appendChild(loaded);
    })(document, 'kco-container');
  </script></div>`;
}

/** An order as order management shows it. */
export function showManagedOrder(order: KustomOrder, managed: Managed): Record<string, unknown> {
  const { purchase } = order;
  return {
    order_id: order.id,
    status: managed.status,
    fraud_status: managed.fraudStatus,
    order_amount: purchase.order_amount,
    original_order_amount: purchase.order_amount,
    captured_amount: sumOf(managed.captures),
    refunded_amount: sumOf(managed.refunds),
    remaining_authorized_amount: managed.remainingMinor,
    purchase_currency: purchase.purchase_currency,
    purchase_country: purchase.purchase_country,
    locale: purchase.locale,
    order_lines: purchase.order_lines,
    merchant_reference1: purchase.merchant_reference1,
    merchant_reference2: purchase.merchant_reference2,
    created_at: managed.createdAt,
    expires_at: new Date(managed.expiresAtMilliseconds).toISOString(),
    klarna_reference: order.id.slice(0, 8).toUpperCase(),
    captures: managed.captures.map(showCapture),
    refunds: managed.refunds.map(showRefund),
  };
}

export function showCapture(capture: Movement): Record<string, unknown> {
  const { id, amountMinor, at, description, reference } = capture;
  return { capture_id: id, captured_amount: amountMinor, captured_at: at, description, reference };
}

function showRefund(refund: Movement): Record<string, unknown> {
  const { id, amountMinor, at, description, reference } = refund;
  return { refund_id: id, refunded_amount: amountMinor, refunded_at: at, description, reference };
}
