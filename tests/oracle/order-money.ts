import type { Books } from './read-books.ts';
import type { Ledgers } from './read-ledgers.ts';
import { groupBy, type Story } from './story.ts';

type Attempt = Books['attempts'][number];
type Charge = Ledgers['charges'][number];

/** What the providers hold of one order: taken and not given back, and reserved. */
export type OrderMoney = { takenMinor: number; returnedMinor: number; reservedMinor: number };

/** The ledgers' side of every attempt, found by our reference. */
export type LedgerMoney = {
  chargesOf(attempt: Pick<Attempt, 'reference'>): readonly Charge[];
  takenOf(charge: Charge): number;
  returnedOf(charge: Charge): number;
  ofOrder(orderId: number): OrderMoney;
};

export function readLedgerMoney({ books, ledgers }: Pick<Story, 'books' | 'ledgers'>): LedgerMoney {
  const charges = groupBy(ledgers.charges, (charge) => charge.reference);
  const refunds = groupBy(ledgers.refunds, (refund) => refund.chargeId);
  const attempts = groupBy(books.attempts, (attempt) => attempt.order_id);
  const chargesOf: LedgerMoney['chargesOf'] = ({ reference }) => charges.of(reference);
  const returnedOf: LedgerMoney['returnedOf'] = ({ id }) =>
    refunds.of(id).reduce((sum, refund) => sum + refund.amountMinor, 0);
  return {
    chargesOf,
    takenOf,
    returnedOf,
    ofOrder(orderId) {
      const own = attempts.of(orderId).flatMap((attempt) => [...chargesOf(attempt)]);
      const sum = (amountOf: (charge: Charge) => number) => own.reduce((all, one) => all + amountOf(one), 0);
      return {
        takenMinor: sum(takenOf),
        returnedMinor:
          sum(returnedOf) + attempts.of(orderId).reduce((all, one) => all + one.refunded_manually_minor, 0),
        reservedMinor: sum((one) => (one.state === 'reserved' ? one.amountMinor - takenOf(one) : 0)),
      };
    },
  };
}

function takenOf({ state, amountMinor, capturedMinor }: Charge): number {
  return state === 'charged' ? (capturedMinor ?? amountMinor) : 0;
}

/** What an order still costs its buyer. */
export function heldMinor({ takenMinor, returnedMinor, reservedMinor }: OrderMoney): number {
  return takenMinor - returnedMinor + reservedMinor;
}
