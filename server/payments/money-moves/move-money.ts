import type { Transaction } from '../../database/transaction.ts';
import { findAdapter } from '../merchants/find-method.ts';
import { aboutAttempt, type LinePart, type PaymentEvent } from '../payment.ts';
import {
  type AttemptMoney,
  canRelease,
  freeToCapture,
  freeToRefund,
  freeToRelease,
} from './attempt-money.ts';
import { insertOperation } from './operations-store.ts';
import { withdrawPlanned } from './withdraw-planned.ts';

type OfPayment = Omit<Parameters<typeof aboutAttempt>[0], 'attemptId'>;

/** Whether so much of an attempt cannot go back by itself, but all of it still can. */
export function mustRefundWhole(money: AttemptMoney, amountMinor: number): boolean {
  const isUntouched = money.refunded + money.refunding === 0;
  return refundsWholeOnly(money) && isUntouched && isPart(money, amountMinor);
}

function refundsWholeOnly({ adapter }: AttemptMoney): boolean {
  return findAdapter(adapter)?.refundsWholeOnly === true;
}

function isPart(money: AttemptMoney, amountMinor: number): boolean {
  return amountMinor < money.captured + money.capturing;
}

/** Whether the adapter of an attempt can give captured money back by itself. */
export function canRefund(adapter: string): boolean {
  return findAdapter(adapter)?.refund !== undefined;
}

/**
 * Writes the release of reserved money, all that is free unless said, and takes back captures that were only
 * planned for it. Answers the operation's id, or nothing where nothing is to be released.
 */
export async function releaseMoney(
  transaction: Transaction,
  payment: OfPayment,
  money: AttemptMoney,
  cause: string,
  wanted: { amountMinor: number; parts: readonly LinePart[] | undefined } = {
    amountMinor: freeToRelease(money),
    parts: undefined,
  },
): Promise<number | undefined> {
  const { amountMinor, parts } = wanted;
  if (amountMinor <= 0) return undefined;
  const planned = Math.max(0, amountMinor - freeToCapture(money));
  const lineNumbers = parts?.map((part) => part.lineNumber) ?? [];
  if (planned > 0)
    await withdrawPlanned(transaction, money.attempt_id, { amountMinor: planned, lineNumbers });
  const of = aboutAttempt({ ...payment, attemptId: money.attempt_id });
  const release = { ...of, kind: 'cancel' as const, amountMinor, parts, cause };
  const isAll = canRelease({ ...money, releasing: money.releasing + amountMinor });
  return insertOperation(transaction, { ...release, begins: isAll ? 'now' : 'waits' });
}

/**
 * Writes the refund of captured money, all that is free unless said. Where the method has no refund, or none
 * of a part, it waits for a person. Answers the operation's id, or nothing where nothing is to go back.
 */
export async function refundMoney(
  transaction: Transaction,
  payment: OfPayment,
  money: AttemptMoney,
  cause: 'refund by hand' | 'give-back due' | 'surplus money',
  wanted: { amountMinor: number; parts: readonly LinePart[] | undefined } = {
    amountMinor: freeToRefund(money),
    parts: undefined,
  },
): Promise<number | undefined> {
  if (wanted.amountMinor <= 0) return undefined;
  const isBeyond = refundsWholeOnly(money) && isPart(money, wanted.amountMinor);
  const isManual = isBeyond || !canRefund(money.adapter);
  const about = aboutAttempt({ ...payment, attemptId: money.attempt_id });
  const operationId = await insertOperation(transaction, {
    ...about,
    ...wanted,
    kind: 'refund',
    cause: cause === 'refund by hand' ? 'refund asked' : cause,
    begins: isManual ? 'manual' : 'now',
  });
  if (isManual) {
    const manual = { name: 'refund by hand', ...about, operationId, kind: cause } as const;
    await transaction.report<PaymentEvent>([manual]);
  }
  return operationId;
}
