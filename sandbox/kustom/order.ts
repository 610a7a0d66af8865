import type { FaultKind } from '../kit/faults.ts';
import type { CheckoutRequest, Purchase } from './contract.ts';

export type Movement = {
  id: string;
  amountMinor: number;
  at: string;
  description: string;
  reference: string;
};

export type FraudStatus = 'ACCEPTED' | 'PENDING' | 'REJECTED';

/** An order in order management, from the moment when the buyer completed it. */
export type Managed = {
  status: 'AUTHORIZED' | 'PART_CAPTURED' | 'CAPTURED' | 'CANCELLED' | 'EXPIRED';
  fraudStatus: FraudStatus;
  /** It was accepted once, whatever happened afterwards. */
  wasAccepted: boolean;
  createdAt: string;
  expiresAtMilliseconds: number;
  remainingMinor: number;
  captures: Movement[];
  refunds: Movement[];
  acknowledgedAt: string | null;
};

/** One purchase: a checkout session, and what came of it. An order made with a token has no session. */
export type KustomOrder = {
  id: string;
  purchase: Purchase & { purchase_country: string };
  session:
    | { request: CheckoutRequest; origin: string; wasDenied: boolean; touchedAtMilliseconds: number }
    | undefined;
  state: 'incomplete' | 'complete' | 'aborted' | 'expired';
  startedAt: string;
  completedAt: string | null;
  email: string;
  recurringToken: string | null;
  managed: Managed | undefined;
  /** What was to go wrong with its notices, drawn when it was made. */
  noticeFaults: FaultKind[];
};

/** What a buyer agreed to be charged for later. */
export type CustomerToken = {
  token: string;
  email: string;
  country: string;
  status: 'ACTIVE' | 'CANCELLED';
};

export function sumOf(movements: Movement[]): number {
  return movements.reduce((total, one) => total + one.amountMinor, 0);
}
