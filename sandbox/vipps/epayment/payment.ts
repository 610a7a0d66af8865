import type { Charge, ChargeState } from '../../kit/ledger.ts';

export type PaymentState = 'CREATED' | 'AUTHORIZED' | 'ABORTED' | 'EXPIRED' | 'TERMINATED';
export type PaymentEventName = PaymentState | 'CAPTURED' | 'CANCELLED' | 'REFUNDED';

export type PaymentEvent = {
  name: PaymentEventName;
  pspReference: string;
  amountMinor: number;
  timestamp: string;
  idempotencyKey?: string;
  success: boolean;
};

/** A payment of the ePayment API. Its state says what the buyer did; the sums say where the money is. */
export type Payment = {
  reference: string;
  msn: string;
  pspReference: string;
  /** The unguessable part of the landing page's address. */
  token: string;
  amountMinor: number;
  currency: string;
  description: string;
  userFlow: 'WEB_REDIRECT' | 'PUSH_MESSAGE';
  returnUrl?: string;
  redirectUrl?: string;
  /** Digits only; whose app asks. */
  mobile?: string;
  state: PaymentState;
  /** Approved, and the bank has not answered yet. */
  isProcessing?: boolean;
  createdAt: string;
  decidedAt: string | null;
  authorizedMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  cancelledMinor: number;
  events: PaymentEvent[];
};

/** The answer to `GET /epayment/v1/payments/{reference}`. */
export function showPayment(payment: Payment): object {
  return {
    ...showTotals(payment),
    paymentMethod: { type: 'WALLET' },
    profile: {},
    ...(payment.redirectUrl && { redirectUrl: payment.redirectUrl }),
    ...(payment.authorizedMinor > 0 && { captureGuaranteedUntil: guaranteedUntil(payment) }),
  };
}

/** The answer to a capture, cancellation or refund, and a part of every other. */
export function showTotals(payment: Payment): object {
  const sum = (value: number) => ({ currency: payment.currency, value });
  return {
    amount: sum(payment.amountMinor),
    state: payment.state,
    aggregate: {
      authorizedAmount: sum(payment.authorizedMinor),
      cancelledAmount: sum(payment.cancelledMinor),
      capturedAmount: sum(payment.capturedMinor),
      refundedAmount: sum(payment.refundedMinor),
    },
    pspReference: payment.pspReference,
    reference: payment.reference,
  };
}

/** An event as it stands in the log, and with the sales unit in a notice. */
export function showEvent(payment: Payment, event: PaymentEvent): object {
  const { amountMinor, ...rest } = event;
  return {
    reference: payment.reference,
    ...rest,
    amount: { currency: payment.currency, value: amountMinor },
  };
}

/** The payment as the ledger has it. */
export function chargeOf(payment: Payment): Charge {
  return {
    provider: 'vipps',
    id: payment.reference,
    reference: payment.reference,
    destination: payment.mobile === undefined ? '' : `+${payment.mobile}`,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    state: bookedState(payment),
    capturedMinor: payment.capturedMinor,
    description: payment.description,
    acceptedAt: payment.createdAt,
    bookedAt: payment.decidedAt,
    details: { kind: 'payment', userFlow: payment.userFlow, state: payment.state },
  };
}

function bookedState(payment: Payment): ChargeState {
  if (payment.state === 'CREATED') return 'unknown';
  if (payment.state !== 'AUTHORIZED') return 'declined';
  if (payment.capturedMinor > 0) return 'charged';
  return payment.cancelledMinor === payment.authorizedMinor ? 'released' : 'reserved';
}

/** Visa's seven days, the shortest guarantee there is. */
function guaranteedUntil(payment: Payment): string {
  return new Date(Date.parse(payment.decidedAt ?? payment.createdAt) + 7 * 24 * 3_600_000).toISOString();
}
