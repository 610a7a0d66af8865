import { randomUUID } from 'node:crypto';
import { refusedAmounts } from '../magic-values.ts';
import type { Vipps } from '../vipps.ts';
import { type ChargeEvent, isOpen, type RecurringCharge } from './charge.ts';
import { tellCharge } from './tell.ts';

/** Keeps a changed charge with the event that changed it; answers what is kept. */
export function noteCharge(
  vipps: Vipps,
  charge: RecurringCharge,
  event: ChargeEvent['event'],
  amount: number,
  key: string = randomUUID(),
): RecurringCharge {
  const occurred = vipps.world.clock.timestamp();
  const entry: ChargeEvent = { occurred, event, amount, idempotencyKey: key, success: event !== 'FAIL' };
  const kept = { ...charge, history: [...charge.history, entry] };
  vipps.charges.put(kept);
  return kept;
}

/** Would the bank refuse it? By the amount, as in the test environment. */
export function isRefused(charge: RecurringCharge): boolean {
  return refusedAmounts[charge.amount] !== undefined;
}

/** Takes the money of an open charge, or reserves it where that was agreed. */
export function payCharge(vipps: Vipps, charge: RecurringCharge): void {
  const decidedAt = vipps.world.clock.timestamp();
  if (charge.transactionType === 'RESERVE_CAPTURE') {
    const kept = noteCharge(vipps, { ...charge, status: 'RESERVED', decidedAt }, 'RESERVE', charge.amount);
    return tellCharge(vipps, kept, 'reserved');
  }
  const paid = { ...charge, status: 'CHARGED', decidedAt, captured: charge.amount } as const;
  tellCharge(vipps, noteCharge(vipps, paid, 'CAPTURE', charge.amount), 'captured');
}

/** An open charge fails for good. */
export function failCharge(vipps: Vipps, charge: RecurringCharge, failureReason: string): void {
  const decidedAt = vipps.world.clock.timestamp();
  const failed = { ...charge, status: 'FAILED', decidedAt, failureReason } as const;
  tellCharge(vipps, noteCharge(vipps, failed, 'FAIL', charge.amount), 'failed');
}

/** Gives up what is not taken of a charge; false when nothing is left to give up. */
export function cancelCharge(vipps: Vipps, charge: RecurringCharge, key?: string): boolean {
  const left = charge.amount - charge.captured - charge.cancelled;
  const isPart = charge.status === 'PARTIALLY_CAPTURED';
  if (!isPart && charge.status !== 'RESERVED' && !isOpen(charge)) return false;
  const decidedAt = charge.decidedAt ?? vipps.world.clock.timestamp();
  const status = isPart ? 'CHARGED' : 'CANCELLED';
  const cancelled = charge.cancelled + left;
  tellCharge(
    vipps,
    noteCharge(vipps, { ...charge, status, decidedAt, cancelled }, 'CANCEL', left, key),
    'canceled',
  );
  return true;
}
