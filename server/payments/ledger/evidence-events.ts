import type { AttemptState, PaymentEvent, Purpose } from '../payment.ts';

/** Where the order of a payment stands when evidence about the payment is applied. */
export type OrderStands = {
  state: 'registered' | 'paying' | 'completed' | 'stopped';
  isCancelAsked: boolean;
  /** The money that came is another amount than the order costs. */
  isAnotherAmount?: boolean;
};

export type Follows = Extract<
  PaymentEvent['name'],
  | 'payment pending'
  | 'payment unknown'
  | 'payment secured'
  | 'payment failed'
  | 'give-back due'
  | 'late money'
  | 'surplus money'
  | 'unattached payment secured'
  | 'renewal secured'
  | 'invoice paid'
  | 'method secured'
  | 'attempt ended without money'
>;

/**
 * What is reported when an attempt has come to a state by evidence: the one place where it follows from what
 * the payment is for, and from where its order stands. Money is never ignored and never kept twice.
 */
export function eventsOfEvidence(
  purpose: Purpose,
  order: OrderStands | undefined,
  target: AttemptState,
  /** A person has given the money back already: it is booked, and completes nothing. */
  isRefunded = false,
): readonly Follows[] {
  const isOrders = purpose === 'order' && order !== undefined;
  if (target === 'secured' && isRefunded) return isOrders ? ['payment failed'] : [];
  switch (target) {
    case 'pending':
      return ['payment pending'];
    case 'unknown':
      return ['payment unknown'];
    case 'secured':
      return eventsOfMoney(purpose, order);
    case 'declined':
    case 'aborted':
    case 'expired':
      return isOrders ? ['attempt ended without money'] : [];
    case 'created':
    case 'sent':
    case 'discarded':
      return [];
  }
}

function eventsOfMoney(purpose: Purpose, order: OrderStands | undefined): readonly Follows[] {
  switch (purpose) {
    case 'order':
      return order ? eventsOfOrdersMoney(order) : ['unattached payment secured'];
    case 'renewal':
      return ['renewal secured'];
    case 'invoice':
      return ['invoice paid'];
    case 'method':
      return ['method secured'];
  }
}

/** Another amount pays no order, late or in time: it goes back. */
function eventsOfOrdersMoney(order: OrderStands): readonly Follows[] {
  const { state, isCancelAsked, isAnotherAmount = false } = order;
  switch (state) {
    case 'registered':
    case 'paying':
      if (isCancelAsked) return ['payment failed', 'give-back due'];
      return isAnotherAmount ? ['give-back due'] : ['payment secured'];
    case 'completed':
      return ['surplus money'];
    case 'stopped':
      return isAnotherAmount ? ['give-back due'] : ['late money'];
  }
}
