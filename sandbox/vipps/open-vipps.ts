import type { World } from '../kit/world.ts';
import { expirePayment, settlePayment } from './epayment/decide-payment.ts';
import { chargeOf, type Payment } from './epayment/payment.ts';
import type { Pinned } from './idempotency.ts';
import { type Agreement, chargeOfAgreement } from './recurring/agreement.ts';
import { chargeOfCharge, type RecurringCharge } from './recurring/charge.ts';
import { expireAgreement } from './recurring/decide-agreement.ts';
import { processCharge, showInApp } from './recurring/process-charge.ts';
import { openShelf, type Shelf } from './shelf.ts';
import type { Token } from './token.ts';
import type { Timed, Vipps } from './vipps.ts';
import { openNotices } from './webhooks/notices.ts';
import type { Registration } from './webhooks/registration.ts';

const timed: Readonly<Record<Timed['what'], (vipps: Vipps, id: string) => void>> = {
  'expire payment': expirePayment,
  'settle payment': settlePayment,
  'expire agreement': expireAgreement,
  'show charge': showInApp,
  'process charge': processCharge,
};

/** Opens the records of Vipps MobilePay and declares the work that it promises. */
export function openVipps(world: World): Vipps {
  const shelf = <T>(kind: string, keyOf: (record: T) => string) =>
    openShelf<T>(world.journal, `vipps ${kind}`, keyOf);
  const registrations = shelf<Registration>('registration', (registration) => registration.id);
  const tokens = shelf<Token>('token', (token) => token.value);
  const pinned = shelf<Pinned>('pinned answer', (answer) => answer.key);
  const payments = shelf<Payment>('payment', (payment) => payment.reference);
  const agreements = shelf<Agreement>('agreement', (agreement) => agreement.id);
  const charges = shelf<RecurringCharge>('charge', (charge) => charge.id);
  const vipps: Vipps = {
    world,
    registrations,
    tokens,
    pinned,
    payments: booking(payments, (payment) => world.ledger.bookCharge(chargeOf(payment))),
    agreements: booking(agreements, (agreement) => {
      // With a first payment it is that payment which is booked.
      if (agreement.initialChargeId === undefined) world.ledger.bookCharge(chargeOfAgreement(agreement));
    }),
    charges: booking(charges, (charge) => world.ledger.bookCharge(chargeOfCharge(charge))),
    notices: openNotices(world, registrations),
    later: world.dueWork.kind<Timed>('vipps', async ({ what, id }) => timed[what](vipps, id)),
    // Registrations are configuration and tokens are in clients' hands: both outlive what happened.
    forget() {
      for (const part of [pinned, payments, agreements, charges, vipps.notices]) part.forget();
    },
  };
  return vipps;
}

function booking<T>(shelf: Shelf<T>, book: (record: T) => void): Shelf<T> {
  return {
    ...shelf,
    put(record) {
      shelf.put(record);
      book(record);
    },
  };
}
