import type { PaymentMethod } from '../../port/payment-method.ts';
import { askAgreement, stopAgreement } from './agreement.ts';
import { ask } from './ask.ts';
import { cancel } from './cancel.ts';
import { capture } from './capture.ts';
import { charge } from './charge.ts';
import { testSettings } from './check-settings.ts';
import { currenciesIn } from './currencies-in.ts';
import { kustomCheckoutDemo } from './demo.ts';
import { acknowledge } from './move-money.ts';
import { readNotice } from './notice.ts';
import { refund } from './refund.ts';
import { addresses, settings } from './settings.ts';
import { start } from './start.ts';

/**
 * Kustom Checkout, formerly Klarna Checkout: a checkout in a frame of our page, an order to be captured in
 * 28 days, and a token for payments to come. What counts is what order management says.
 */
export const kustomCheckout: PaymentMethod = {
  name: 'kustom-checkout',
  provider: 'Kustom',
  texts: {
    nb: 'Klarna eller kort, med Kustom',
    nn: 'Klarna eller kort, med Kustom',
    sv: 'Klarna eller kort, med Kustom',
    da: 'Klarna eller kort, med Kustom',
    fi: 'Klarna tai kortti (Kustom)',
    en: 'Klarna or card, by Kustom',
  },
  payWith: {
    nb: 'med Klarna eller kort',
    nn: 'med Klarna eller kort',
    sv: 'med Klarna eller kort',
    da: 'med Klarna eller kort',
    fi: 'Klarnalla tai kortilla',
    en: 'with Klarna or card',
  },
  mark: 'several',
  settings,
  addresses,
  demo: { settingsFor: kustomCheckoutDemo },
  needs: { mobile: false },
  // The checkout is told every line with its VAT.
  needsLines: true,
  money: 'reserved',
  currencies: currenciesIn,
  referencePattern: /^[A-Za-z0-9-]{1,255}$/,
  // The buyer comes back, or Kustom pushes after two minutes; a session that nobody pays lives for 48 hours.
  askAfterSeconds: [60, 180, 600, 1800, 3600, 10_800],
  start,
  charge,
  chargeRepeats: false,
  chargeNeedsAgreement: true,
  ask,
  acknowledge,
  capture,
  // Order Management v1: `POST …/captures` any number of times; the order is `PART_CAPTURED` in between.
  captures: 'in parts',
  cancel,
  refund,
  readNotice,
  stopAgreement,
  askAgreement,
  testSettings,
};
