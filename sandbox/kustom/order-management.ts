import { randomUUID } from 'node:crypto';
import { type Answer, done, noSuchOrder, refuse } from './answer.ts';
import type { ApiCall } from './api-call.ts';
import { checkMovedLines } from './check-amounts.ts';
import { describeErrors, isCaptureRequest, isReferencesRequest, isRefundRequest } from './contract.ts';
import type { Kustom } from './kustom.ts';
import { type KustomOrder, type Managed, type Movement, sumOf } from './order.ts';
import { showCapture, showManagedOrder } from './show-order.ts';
import { authorizationMilliseconds } from './time-passes.ts';

type ManagedOrder = KustomOrder & { managed: Managed };

/** An operation on an order that was completed; others are not there. */
function onManaged(
  act: (kustom: Kustom, order: ManagedOrder, call: ApiCall) => Answer,
): (kustom: Kustom, call: ApiCall) => Answer {
  return (kustom, call) => {
    const order = kustom.order(call.id);
    return order?.managed ? act(kustom, { ...order, managed: order.managed }, call) : noSuchOrder();
  };
}

export const readManagedOrder = onManaged((_kustom, order) => ({
  status: 200,
  body: showManagedOrder(order, order.managed),
}));

export const listCaptures = onManaged((_kustom, { managed }) => ({
  status: 200,
  body: managed.captures.map(showCapture),
}));

/** After this no push comes any more. */
export const acknowledgeOrder = onManaged((kustom, order) => {
  change(kustom, order, acknowledged(kustom, order.managed));
  return done;
});

/** Takes reserved money. A capture counts as an acknowledgement. */
export const captureOrder = onManaged((kustom, order, { body, origin }) => {
  if (!isCaptureRequest(body)) return badValue(describeErrors(isCaptureRequest.errors));
  const amountMinor = body.captured_amount;
  const wrong = checkMovedLines(body.order_lines, amountMinor);
  if (wrong !== undefined) return badValue(wrong);
  const { managed } = order;
  const isOpen = managed.fraudStatus === 'ACCEPTED' && isAuthorized(managed);
  if (!isOpen || amountMinor > managed.remainingMinor) {
    return refuse(403, 'CAPTURE_NOT_ALLOWED', 'Capture not allowed');
  }
  const capture = movement(kustom, amountMinor, body);
  const remainingMinor = managed.remainingMinor - amountMinor;
  change(kustom, order, {
    ...acknowledged(kustom, managed),
    status: remainingMinor === 0 ? 'CAPTURED' : 'PART_CAPTURED',
    captures: [...managed.captures, capture],
    remainingMinor,
  });
  return created(`${origin}/kustom/ordermanagement/v1/orders/${order.id}/captures`, 'capture-id', capture);
});

export const refundOrder = onManaged((kustom, order, { body, origin }) => {
  if (!isRefundRequest(body)) return badValue(describeErrors(isRefundRequest.errors));
  const amountMinor = body.refunded_amount;
  const wrong = checkMovedLines(body.order_lines, amountMinor);
  if (wrong !== undefined) return badValue(wrong);
  const { managed } = order;
  if (sumOf(managed.refunds) + amountMinor > sumOf(managed.captures)) {
    return refuse(403, 'REFUND_NOT_ALLOWED', 'Refund not allowed');
  }
  const refund = movement(kustom, amountMinor, body);
  change(kustom, order, { ...managed, refunds: [...managed.refunds, refund] });
  kustom.world.ledger.bookRefund({
    provider: 'kustom',
    id: refund.id,
    chargeId: order.id,
    reference: refund.reference,
    amountMinor,
    currency: order.purchase.purchase_currency.toUpperCase(),
    bookedAt: refund.at,
  });
  return created(`${origin}/kustom/ordermanagement/v1/orders/${order.id}/refunds`, 'refund-id', refund);
});

export const cancelOrder = onManaged((kustom, order) => {
  const { managed } = order;
  if (managed.status !== 'AUTHORIZED') return refuse(403, 'CANCEL_NOT_ALLOWED', 'Cancel not possible');
  change(kustom, order, { ...managed, status: 'CANCELLED', remainingMinor: 0 });
  return done;
});

/** Lets go of what is left after a capture. */
export const releaseRemaining = onManaged((kustom, order) => {
  const { managed } = order;
  if (managed.captures.length === 0) return refuse(403, 'NOT_ALLOWED', 'There are no captures');
  change(kustom, order, { ...managed, status: 'CAPTURED', remainingMinor: 0 });
  return done;
});

export const extendAuthorization = onManaged((kustom, order) => {
  const { managed } = order;
  if (!isAuthorized(managed)) return refuse(403, 'NOT_ALLOWED', 'The order is not open');
  const expiresAtMilliseconds = kustom.world.clock.now() + authorizationMilliseconds;
  change(kustom, order, { ...managed, expiresAtMilliseconds });
  return done;
});

export const changeReferences = onManaged((kustom, order, { body }) => {
  if (!isReferencesRequest(body)) return badValue(describeErrors(isReferencesRequest.errors));
  if (order.managed.status === 'CANCELLED') return refuse(403, 'NOT_ALLOWED', 'The order is cancelled');
  kustom.keep({ ...order, purchase: { ...order.purchase, ...body } });
  return done;
});

function change(kustom: Kustom, order: ManagedOrder, managed: Managed): void {
  kustom.keep({ ...order, managed });
}

function acknowledged(kustom: Kustom, managed: Managed): Managed {
  return { ...managed, acknowledgedAt: managed.acknowledgedAt ?? kustom.world.clock.timestamp() };
}

function isAuthorized({ status }: Managed): boolean {
  return status === 'AUTHORIZED' || status === 'PART_CAPTURED';
}

function movement(
  kustom: Kustom,
  amountMinor: number,
  { description = '', reference = '' }: { description?: string; reference?: string },
): Movement {
  return { id: randomUUID(), amountMinor, at: kustom.world.clock.timestamp(), description, reference };
}

function created(folder: string, header: string, { id }: Movement): Answer {
  return { status: 201, headers: { location: `${folder}/${id}`, [header]: id } };
}

function badValue(message: string): Answer {
  return refuse(400, 'BAD_VALUE', message);
}
