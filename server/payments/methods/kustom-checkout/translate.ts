import { cutText } from '../../../kit/cut-text.ts';
import type { BuyerReason } from '../../buyer-step.ts';
import type { Evidence, ProviderMoney } from '../../port/provider-answer.ts';
import type { KustomManagedOrder } from './read-order.ts';

type Meaning = Pick<Evidence, 'meaning' | 'code' | 'reason' | 'attention'>;

/**
 * What an order in order management says of the money. `wasSecured`: we have known it as secured before, and
 * what happens afterwards is for a person to see.
 * Source: Kustom, Order Management API, `fraud_status` and `status` of an order.
 */
export function meaningOfOrder(order: KustomManagedOrder, wasSecured: boolean): Meaning {
  switch (order.fraud_status) {
    case 'ACCEPTED':
      return meaningOfStatus(order, wasSecured);
    case 'PENDING':
      return order.status === 'CANCELLED'
        ? ended('aborted', order)
        : { meaning: 'pending', code: 'fraud review' };
    case 'REJECTED':
    case 'STOPPED':
      return wasSecured || order.captured_amount > 0
        ? { meaning: 'secured', code: order.fraud_status, attention: 'fraud reversed' }
        : { meaning: 'declined', code: `fraud ${order.fraud_status}`, reason: 'declined' };
    default:
      return { meaning: 'unknown', code: `fraud status ${wordOf(order.fraud_status)}` };
  }
}

function meaningOfStatus(order: KustomManagedOrder, wasSecured: boolean): Meaning {
  const isSecured = wasSecured || order.captured_amount > 0;
  switch (order.status) {
    case 'AUTHORIZED':
    case 'PART_CAPTURED':
    case 'CAPTURED':
      return { meaning: 'secured', code: order.status };
    case 'CANCELLED':
      return isSecured ? { meaning: 'secured', code: order.status } : ended('aborted', order);
    case 'EXPIRED':
    case 'CLOSED':
      // What never had anything to reserve may be closed at once.
      if (order.status === 'CLOSED' && owedNothing(order)) return { meaning: 'secured', code: order.status };
      if (!isSecured) return ended('expired', order);
      return order.captured_amount > 0
        ? { meaning: 'secured', code: order.status }
        : { meaning: 'secured', code: order.status, attention: 'authorization lost' };
    default:
      return { meaning: 'unknown', code: `status ${wordOf(order.status)}` };
  }
}

function owedNothing(order: KustomManagedOrder): boolean {
  return (order.original_order_amount ?? order.order_amount) === 0;
}

function ended(meaning: 'aborted' | 'expired', order: KustomManagedOrder): Meaning {
  return { meaning, code: order.status, reason: meaning === 'aborted' ? 'cancelled' : 'timed out' };
}

/** The totals so far: what is neither taken nor still reserved of what was authorized was let go. */
export function moneyOf(order: KustomManagedOrder): ProviderMoney {
  const authorizedMinor = Math.max(order.original_order_amount ?? 0, order.order_amount);
  const capturedMinor = order.captured_amount;
  return {
    authorizedMinor,
    capturedMinor,
    refundedMinor: order.refunded_amount,
    cancelledMinor: Math.max(0, authorizedMinor - capturedMinor - order.remaining_authorized_amount),
  };
}

/** Whether a checkout session may still be paid; `gone` has come to an end without the buyer. */
export function meaningOfSession(status: string): 'open' | 'complete' | 'aborted' | 'unknown' {
  switch (status) {
    case 'checkout_incomplete':
      return 'open';
    case 'checkout_complete':
    case 'created':
      return 'complete';
    // The word is not documented; any that speaks of aborting is taken for it.
    default:
      return /abort/i.test(status) ? 'aborted' : 'unknown';
  }
}

type TokenRefusal = { reason: BuyerReason; isStopped: boolean };

/**
 * Why a token cannot be charged. Source: Kustom, "Place order from customer token", its table of errors.
 * Every other refusal declines too, without a reason for the buyer.
 */
export const tokenRefusals: Readonly<Record<string, TokenRefusal>> = {
  TOKEN_NOT_FOUND: { reason: 'not eligible', isStopped: true },
  TOKEN_SUSPENDED: { reason: 'not eligible', isStopped: false },
  TOKEN_CANCELLED: { reason: 'cancelled', isStopped: true },
  TOKEN_FORBIDDEN: { reason: 'not eligible', isStopped: false },
  UNAVAILABLE_PAYMENT_METHOD: { reason: 'not eligible', isStopped: false },
  PAYMENT_METHOD_CURRENCY_MISMATCH: { reason: 'not eligible', isStopped: false },
  PAYMENT_METHOD_FAILED: { reason: 'declined', isStopped: false },
};

/** The provider's own word as it may stand in a code: letters only, and short. */
function wordOf(text: string): string {
  return cutText(text.replace(/[^A-Za-z_]/g, ''), 30) || 'missing';
}
