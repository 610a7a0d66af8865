import { type Arrival, isPersons } from '../kit/http/arrival.ts';
import type { VisitDecision } from './visit.ts';

/** What is known of a visit at the address with an order's number, which can be guessed. */
export type BareVisit = {
  /** The client of the order lets its orders be opened so. */
  opens: boolean;
  /** Where the visitor is to be sent back to: an address of the client's list, none, or another. */
  wayBack: 'given' | 'none' | 'refused';
  /**
   * `own`: this browser began at the address that nobody can guess, or holds the order. `reader`: somebody is
   * logged in whose order it is. Else anybody.
   */
  visitor: 'own' | 'reader' | 'anybody';
  /** What the state of the order calls for. */
  calls: VisitDecision['kind'];
  /** Another browser has begun to pay, and holds the order. */
  isHeld: boolean;
  /** The client lets anybody complete what owes nothing here. */
  completes: boolean;
  /** A button of our page was pressed, with our nonce. */
  isPressed: boolean;
  arrival: Arrival;
};

export type BareDecision =
  /** As an order that is not there. */
  | 'unknown'
  | 'no way back'
  | 'way back refused'
  /** As at the address that nobody can guess. */
  | 'go on'
  /** Another browser's: nothing of it is shown. */
  | 'elsewhere'
  /** It would complete without a payment, which nobody may do from here. */
  | 'not here'
  | 'ask to complete'
  | 'complete'
  /** A choice to press; nothing is begun. */
  | 'ask to pay'
  | 'pay as a guest';

/**
 * Decides what opening an order by its number does. A stranger who guesses numbers completes, stops, ends and
 * learns nothing that a buyer has begun; a stranger may pay for an order that nobody has begun.
 */
export function decideBareVisit(visit: BareVisit): BareDecision {
  if (!visit.opens) return 'unknown';
  if (visit.wayBack === 'refused') return 'way back refused';
  if (visit.visitor === 'own') return 'go on';
  if (visit.wayBack === 'none') return 'no way back';
  switch (visit.calls) {
    case 'done':
    case 'stopped':
      return visit.visitor === 'reader' ? 'go on' : 'elsewhere';
    case 'complete':
      if (visit.visitor !== 'reader' && !visit.completes) return 'not here';
      return visit.isPressed ? 'complete' : 'ask to complete';
    case 'refused':
      return 'go on';
    case 'pay':
      if (visit.visitor === 'reader') return 'go on';
      if (visit.isHeld) return 'elsewhere';
      return visit.isPressed || isPersons(visit.arrival) ? 'pay as a guest' : 'ask to pay';
  }
}
