import type { PaymentMethod } from '../../port/payment-method.ts';
import { askTransaction } from './ask.ts';
import { charge, confirm } from './charge.ts';
import { checkSettings } from './check-settings.ts';
import { refund } from './refund.ts';
import { sendCode } from './send-code.ts';
import { addresses, settings } from './settings.ts';

/**
 * SMS billing at the operators' own gateway. Our reference is the transaction's id: it can be read, it is
 * taken once, and it can be reversed. Nothing signs the delivery reports, so they only lead to asking.
 */
export const strexConnect: PaymentMethod = {
  name: 'strex-connect',
  settings,
  addresses,
  needs: { mobile: true },
  money: 'taken at once',
  // The id of a reversal begins with a minus sign.
  referencePattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,49}$/,
  currencies: ['NOK'],
  askAfterSeconds: [3, 8, 15, 30, 60, 120, 300, 600],
  start: sendCode,
  confirm,
  charge,
  chargeRepeats: true,
  ask(context, { reference, amountMinor, money }) {
    const refundedMinor = money.capturedMinor > 0 ? money.refundedMinor : undefined;
    return askTransaction(context, { reference, amountMinor, refundedMinor });
  },
  refund,
  refundsWholeOnly: true,
  readNotice: () => ({ kind: 'ask', about: 'the attempt of the address' }),
  testSettings: checkSettings,
};
