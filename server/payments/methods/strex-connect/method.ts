import type { PaymentMethod } from '../../port/payment-method.ts';
import { askTransaction } from './ask.ts';
import { charge, confirm } from './charge.ts';
import { checkSettings } from './check-settings.ts';
import { strexConnectDemo } from './demo.ts';
import { refund } from './refund.ts';
import { addresses, settings } from './settings.ts';
import { sendCode } from './start.ts';

// A reader answers within half an hour, mostly at once; what is open after it is slow to change.
const questions = [2, 5, 10, 20, ...Array.from({ length: 60 }, (_, nth) => 40 + nth * 30), 2110, 2410];

/**
 * SMS billing at the operators' own gateway. Our reference is the transaction's id: it can be read, it is
 * taken once, and it can be reversed. No report is promised for a transaction, so it is asked about.
 */
export const strexConnect: PaymentMethod = {
  name: 'strex-connect',
  provider: 'Strex',
  texts: {
    nb: 'På mobilregningen',
    nn: 'På mobilrekninga',
    sv: 'På mobilräkningen',
    da: 'Over mobilregningen',
    fi: 'Puhelinlaskulla',
    en: 'On your phone bill',
  },
  payWith: {
    nb: 'på mobilregningen',
    nn: 'på mobilrekninga',
    sv: 'på mobilräkningen',
    da: 'over mobilregningen',
    fi: 'puhelinlaskulla',
    en: 'on your phone bill',
  },
  mark: 'phone bill',
  settings,
  addresses,
  demo: { merchantId: 'strex', settingsFor: strexConnectDemo },
  needs: { mobile: true },
  chargesByMobile: true,
  money: 'taken at once',
  // The id of a reversal begins with a minus sign.
  referencePattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,49}$/,
  currencies: ['NOK'],
  askAfterSeconds: questions,
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
  testSettings: checkSettings,
};
