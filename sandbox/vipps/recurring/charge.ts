import { createHash } from 'node:crypto';
import type { Charge, ChargeState } from '../../kit/ledger.ts';

export type ChargeStatus =
  | 'PENDING'
  | 'DUE'
  | 'PROCESSING'
  | 'RESERVED'
  | 'CHARGED'
  | 'PARTIALLY_CAPTURED'
  | 'FAILED'
  | 'CANCELLED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED';

export type ChargeEvent = {
  occurred: string;
  event: 'CREATE' | 'RESERVE' | 'CAPTURE' | 'REFUND' | 'CANCEL' | 'FAIL';
  amount: number;
  idempotencyKey: string;
  success: boolean;
};

/** One payment of an agreement. */
export type RecurringCharge = {
  id: string;
  agreementId: string;
  msn: string;
  type: 'INITIAL' | 'RECURRING' | 'UNSCHEDULED';
  transactionType: 'DIRECT_CAPTURE' | 'RESERVE_CAPTURE';
  status: ChargeStatus;
  amount: number;
  currency: string;
  description: string;
  /** When it is to be taken; the batch of that day begins at 08:00 UTC. */
  dueAtMilliseconds: number;
  retryDays: number;
  externalId?: string;
  failureReason?: string;
  createdAt: string;
  decidedAt: string | null;
  mobile?: string;
  captured: number;
  refunded: number;
  cancelled: number;
  history: ChargeEvent[];
};

/** The answer to `GET /recurring/v3/agreements/{agreementId}/charges/{chargeId}`. */
export function showCharge(charge: RecurringCharge): object {
  const { captured, refunded, cancelled, dueAtMilliseconds, failureReason } = charge;
  const { id, agreementId, amount, currency, description, retryDays, status, type, transactionType } = charge;
  return {
    ...{ id, agreementId, amount, currency, description, retryDays, status, type, transactionType },
    due: new Date(dueAtMilliseconds).toISOString(),
    externalId: charge.externalId ?? null,
    transactionId: transactionIdOf(id),
    ...(failureReason !== undefined && { failureReason, failureDescription: 'See the app.' }),
    summary: { captured, refunded, cancelled },
    history: charge.history,
  };
}

/** Ten digits that stay the same for a charge. */
export function transactionIdOf(chargeId: string): string {
  const print = createHash('sha256').update(chargeId).digest();
  return String(1_000_000_000 + (print.readUInt32BE(0) % 1_000_000_000) * 8);
}

/** Is the money of it neither taken nor surely not to be taken? */
export function isOpen(charge: RecurringCharge): boolean {
  return charge.status === 'PENDING' || charge.status === 'DUE' || charge.status === 'PROCESSING';
}

/** What an agreement begins with is booked under the agreement, every other charge under its own id. */
export function ledgerIdOf(charge: RecurringCharge): string {
  return charge.type === 'INITIAL' ? charge.agreementId : charge.id;
}

/** The charge as the ledger has it. */
export function chargeOfCharge(charge: RecurringCharge): Charge {
  return {
    provider: 'vipps',
    id: ledgerIdOf(charge),
    reference: charge.id,
    destination: charge.mobile === undefined ? '' : `+${charge.mobile}`,
    amountMinor: charge.amount,
    currency: charge.currency,
    state: bookedState(charge),
    capturedMinor: charge.captured,
    description: charge.description,
    acceptedAt: charge.createdAt,
    bookedAt: charge.decidedAt,
    details: {
      kind: charge.type === 'INITIAL' ? 'agreement' : 'charge',
      agreementId: charge.agreementId,
      status: charge.status,
    },
  };
}

function bookedState(charge: RecurringCharge): ChargeState {
  if (charge.captured > 0) return 'charged';
  if (isOpen(charge)) return 'unknown';
  if (charge.status === 'RESERVED') return 'reserved';
  return charge.history.some((event) => event.event === 'RESERVE') ? 'released' : 'declined';
}
