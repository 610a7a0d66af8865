import type { Transaction } from '../../database/transaction.ts';
import { findInvoiceLeft } from '../../invoices/find-invoice-left.ts';
import type { OrderId } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import { findOrder, type OrderRow } from '../../orders/find-order.ts';
import type { Client } from '../../publishers/publisher.ts';
import { lockOrder } from '../attempts-store.ts';
import { findLineMoney, type LineMoney } from '../find-line-money.ts';
import { type AccessRule, type LinePart, orderOf, type PaymentEvent, type RefundedLine } from '../payment.ts';
import { type AttemptMoney, lockMoney } from './attempt-money.ts';
import { moneyOf, mustRefundWhole, refundMoney, releaseMoney } from './move-money.ts';
import { type RefundWish, readRefund, type WishedMoney } from './read-refund.ts';
import { mostToGiveBack, type Share, splitRefund } from './split-refund.ts';

/**
 * Accepts a refund of a completed order, under the lock of the order, then of its attempts: what is on the
 * way and what is done never exceeds what was captured. What is only reserved is released instead, and what
 * a method cannot refund waits for a person. Refuses with `not_found`, `order_is_stopped`,
 * `order_is_not_completed`, `nothing_to_refund`, `refund_exceeds_payment`, `refund_by_hand` (paid where the
 * server cannot refund), `refund_must_be_whole` (the method gives back all or nothing), and what `readRefund`
 * refuses. Answers the ids of the operations that it began; none where an invoice is credited.
 */
export async function refundOrder(
  transaction: Transaction,
  client: Client,
  id: OrderId,
  wish: RefundWish,
): Promise<number[]> {
  const { publisherId, settings } = client.publisher;
  const about = { publisherId, orderId: id };
  await lockOrder(transaction, publisherId, id);
  const order = await findOrder(transaction, publisherId, id);
  if (!order) throw new Problem('not_found');
  if (order.state === 'stopped') throw new Problem('order_is_stopped');
  if (order.state !== 'completed') throw new Problem('order_is_not_completed');
  const attempts = await lockMoney(transaction, publisherId, id);
  const lines = await findLineMoney(transaction, publisherId, id);
  const mostMinor = await mostOf(transaction, order, attempts);
  const wished = readRefund(wish, lines, order.currency, mostMinor);
  if (wished.amountMinor === 0) throw new Problem('nothing_to_refund');
  const isInvoice = attempts.length === 0;
  const operationIds = isInvoice ? [] : await giveBack(transaction, about, attempts, wished, lines);
  const accepted = { by: isInvoice ? 'credit note' : 'operations', wish, wished, lines } as const;
  await transaction.report([acceptedEvent(about, accepted, settings.accessAfterRefund)]);
  return operationIds;
}

/** All that can go back. An order without an attempt of ours is paid by invoice, elsewhere, or not at all. */
async function mostOf(
  transaction: Transaction,
  order: OrderRow,
  attempts: readonly AttemptMoney[],
): Promise<number> {
  if (attempts.length > 0) return mostToGiveBack(attempts);
  if (order.prepaid && order.amount_minor > 0) throw new Problem('refund_by_hand');
  return findInvoiceLeft(transaction, order.publisher_id, order.order_id);
}

type OfOrder = { publisherId: number; orderId: number };

async function giveBack(
  transaction: Transaction,
  about: OfOrder,
  attempts: readonly AttemptMoney[],
  wished: WishedMoney,
  lines: readonly LineMoney[],
): Promise<number[]> {
  const releaseMinor = wished.lines ? uncaptured(wished.lines, lines) : wished.amountMinor;
  const shares = splitRefund(attempts, wished.amountMinor, releaseMinor);
  if (!shares) throw new Problem('refund_exceeds_payment');
  refuseParts(shares);
  const [only] = shares;
  if (shares.length === 1 && only && wished.lines) {
    const parts = shareLines(wished.lines, lines, only);
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

/** How much of the lines was not taken yet, where their money is reserved. */
function uncaptured(wished: readonly RefundedLine[], lines: readonly LineMoney[]): number {
  return wished.reduce((sum, line) => sum + Math.min(line.amountMinor, untaken(line, lines)), 0);
}

function untaken({ lineNumber }: RefundedLine, lines: readonly LineMoney[]): number {
  const line = lines.find((one) => one.line_number === lineNumber);
  return line ? Math.max(0, line.amount - line.captured - line.given_back) : 0;
}

type Parts = { released: LinePart[]; refunded: LinePart[] };

/** Which lines are released and which refunded, so that both come to the share's amounts. */
function shareLines(wished: readonly RefundedLine[], lines: readonly LineMoney[], share: Share): Parts {
  let left = share.releaseMinor;
  const untakenFirst = wished.toSorted((one, other) => untaken(other, lines) - untaken(one, lines));
  const split = untakenFirst.map(({ lineNumber, amountMinor }) => {
    const released = Math.min(amountMinor, left);
    left -= released;
    return { lineNumber, released, refunded: amountMinor - released };
  });
  const pick = (name: 'released' | 'refunded') =>
    split.flatMap((line) => (line[name] > 0 ? { lineNumber: line.lineNumber, amountMinor: line[name] } : []));
  return { released: pick('released'), refunded: pick('refunded') };
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
  const now = await moneyOf(transaction, about, money.attempt_id);
  const refunded = await refundMoney(transaction, about, now, 'refund by hand', {
    amountMinor: refundMinor,
    parts: parts?.refunded,
  });
  return [released, refunded].filter((id) => id !== undefined);
}

type Accepted = {
  by: 'operations' | 'credit note';
  wish: RefundWish;
  wished: WishedMoney;
  lines: readonly LineMoney[];
};

/** Whole lines follow the publisher's rule; who gets a part back keeps what was bought, unless asked. */
function acceptedEvent(
  about: OfOrder,
  { by, wish, wished, lines }: Accepted,
  rule: AccessRule,
): PaymentEvent {
  const { amountMinor, isWhole } = wished;
  const ofOrder = lines.map((line) => ({ lineNumber: line.line_number, amountMinor: 0, isWhole }));
  const refunded = wished.lines ?? ofOrder;
  return {
    name: 'refund accepted',
    ...orderOf(about),
    by,
    amountMinor,
    lines: refunded.map((line) => ({ ...line, access: wish.access ?? (line.isWhole ? rule : 'keep') })),
    ...(wish.reason !== undefined && { reason: wish.reason }),
  };
}
