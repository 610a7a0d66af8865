import type { Transaction } from '../../database/transaction.ts';
import type { OrderId, PublisherId } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import { lockOrder } from '../ledger/attempts-store.ts';
import { findLineMoney, type LineMoney } from '../lines/find-line-money.ts';
import { type AccessRule, orderOf, type PaymentEvent } from '../payment.ts';
import { type AttemptMoney, lockMoney } from './attempt-money.ts';
import { findMoneyLeft } from './find-money-left.ts';
import { mustRefundWhole, refundMoney, releaseMoney } from './move-money.ts';
import { type RefundRequest, type RequestedMoney, readRefund } from './read-refund.ts';
import { type Parts, shareLines, uncapturedOf } from './share-lines.ts';
import { type Share, splitRefund } from './split-refund.ts';

/**
 * Accepts a refund of a completed order, under the lock of the order, then of its attempts: what is on the
 * way and what is done never exceeds what was captured. What is only reserved is released instead, and what
 * a method cannot refund waits for a person. Refuses with `not_found`, `order_is_stopped`,
 * `order_is_not_completed`, `nothing_to_refund`, `refund_exceeds_payment`, `refund_by_hand` (paid where the
 * server cannot refund, or not confirmed yet), `refund_must_be_whole` (the method gives back all or nothing),
 * and what `readRefund` refuses. Answers the ids of the operations that it began; none where an invoice is
 * credited.
 */
export async function refundOrder(
  transaction: Transaction,
  publisher: { publisherId: PublisherId; accessAfterRefund: AccessRule },
  id: OrderId,
  request: RefundRequest,
): Promise<number[]> {
  const { publisherId, accessAfterRefund } = publisher;
  const about = { publisherId, orderId: id };
  const order = await lockOrder(transaction, publisherId, id);
  if (!order) throw new Problem('not_found');
  if (order.state === 'stopped') throw new Problem('order_is_stopped');
  if (order.state !== 'completed') throw new Problem('order_is_not_completed');
  const { by, leftMinor, attempts } = await findMoneyLeft(transaction, order);
  if (by === 'elsewhere' || by === 'unconfirmed') throw new Problem('refund_by_hand');
  const lines = await findLineMoney(transaction, publisherId, id);
  const requested = readRefund(request, lines, order.currency, leftMinor);
  if (requested.amountMinor === 0) throw new Problem('nothing_to_refund');
  const isInvoice = attempts.length === 0;
  const operationIds = isInvoice
    ? []
    : await refundOrVoid(transaction, about, attempts, request, requested, lines);
  const accepted = { refundBy: isInvoice ? 'credit note' : 'operations', request, requested, lines } as const;
  await transaction.report([acceptedEvent(about, accepted, accessAfterRefund)]);
  return operationIds;
}

type OfOrder = { publisherId: number; orderId: number };

async function refundOrVoid(
  transaction: Transaction,
  about: OfOrder,
  attempts: readonly AttemptMoney[],
  { partsByHand }: RefundRequest,
  requested: RequestedMoney,
  lines: readonly LineMoney[],
): Promise<number[]> {
  const releaseMinor = requested.lines ? uncapturedOf(requested.lines, lines) : requested.amountMinor;
  const shares = splitRefund(attempts, requested.amountMinor, releaseMinor);
  if (!shares) throw new Problem('refund_exceeds_payment');
  if (partsByHand === undefined) refuseParts(shares);
  const [only] = shares;
  if (shares.length === 1 && only && requested.lines) {
    const parts = shareLines(requested.lines, lines, only.releaseMinor);
    return moveShare(transaction, about, only, parts);
  }
  const ids: number[] = [];
  for (const share of shares) ids.push(...(await moveShare(transaction, about, share, undefined)));
  return ids;
}

/** After a part went back some other way, the rest waits for a person instead. */
function refuseParts(shares: readonly Share[]): void {
  const part = shares.find((one) => one.refundMinor > 0 && mustRefundWhole(one.money, one.refundMinor));
  if (part) throw new Problem('refund_must_be_whole');
}

async function moveShare(
  transaction: Transaction,
  about: OfOrder,
  { money, releaseMinor, refundMinor }: Share,
  parts: Parts | undefined,
): Promise<number[]> {
  const released = await releaseMoney(transaction, about, money, 'refund asked', {
    amountMinor: releaseMinor,
    parts: parts?.released,
  });
  const now = await lockMoney(transaction, about.publisherId, money.attempt_id);
  const refunded = await refundMoney(transaction, about, now ?? money, 'refund by hand', {
    amountMinor: refundMinor,
    parts: parts?.refunded,
  });
  return [released, refunded].filter((id) => id !== undefined);
}

type Accepted = {
  refundBy: 'operations' | 'credit note';
  request: RefundRequest;
  requested: RequestedMoney;
  lines: readonly LineMoney[];
};

/** Whole lines follow the publisher's rule; who gets a part back keeps what was bought, unless asked. */
function acceptedEvent(
  about: OfOrder,
  { refundBy, request, requested, lines }: Accepted,
  rule: AccessRule,
): PaymentEvent {
  const { amountMinor, isWhole } = requested;
  const ofOrder = lines.map((line) => ({ lineNumber: line.line_number, amountMinor: 0, isWhole }));
  const refunded = requested.lines ?? ofOrder;
  return {
    name: 'refund accepted',
    ...orderOf(about),
    refundBy,
    amountMinor,
    lines: refunded.map((line) => ({ ...line, access: request.access ?? (line.isWhole ? rule : 'keep') })),
    ...(request.reason !== undefined && { reason: request.reason }),
  };
}
