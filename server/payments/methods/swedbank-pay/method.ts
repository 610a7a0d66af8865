import type { NoticeReading } from '../../port/notice.ts';
import type { PaymentMethod } from '../../port/payment-method.ts';
import { askOrder } from './ask.ts';
import { abortOrder, releaseOrder } from './cancel.ts';
import { captureOrder } from './capture.ts';
import { chargeToken, stopToken } from './charge.ts';
import { checkSettings, remarksOn } from './check-settings.ts';
import { swedbankPayDemo } from './demo.ts';
import { reverseOrder } from './refund.ts';
import { addresses, settings } from './settings.ts';
import { startOrder } from './start.ts';
import { longestDescription } from './translate.ts';

const account = {
  account: 'swedbank-pay',
  provider: 'Swedbank Pay',
  settings,
  addresses,
  needs: { mobile: false },
  /** One reference for each operation, never used again; source: Swedbank Pay, payee reference. */
  referencePattern: /^[A-Za-z0-9]{1,30}$/,
  longestDescription,
  // A callback is a fail-safe that ends after 21 minutes, so what is open is asked about all the time.
  askAfterSeconds: [15, 30, 60, 120, 240, 480, 900, 1500, 1900],
  ask: askOrder,
  refund: reverseOrder,
  /** Callbacks are not signed: they only say that this attempt's order is worth reading. */
  readNotice: (): NoticeReading => ({ kind: 'ask', about: 'the attempt of the address' }),
  testSettings: checkSettings,
  remarksOn,
} satisfies Partial<PaymentMethod>;

/** Cards, by Swedbank Pay's payment orders: the money is reserved, and captured when it is delivered. */
export const swedbankPayCard: PaymentMethod = {
  ...account,
  name: 'swedbank-pay-card',
  texts: { nb: 'Kort', nn: 'Kort', sv: 'Kort', da: 'Kort', fi: 'Kortti', en: 'Card' },
  payWith: { nb: 'med kort', nn: 'med kort', sv: 'med kort', da: 'med kort', fi: 'kortilla', en: 'by card' },
  mark: 'card',
  demo: { settingsFor: swedbankPayDemo },
  money: 'reserved',
  start: (context, request) => startOrder(context, 'CreditCard', request),
  charge: chargeToken,
  chargeRepeats: false,
  chargeNeedsAgreement: true,
  capture: captureOrder,
  // Payment Orders 3.1: `capture` is offered as long as `remainingCaptureAmount` is above zero.
  captures: 'in parts',
  cancel: (context, attempt, operation) =>
    operation.scope === 'reserved' ? releaseOrder(context, attempt, operation) : abortOrder(context, attempt),
  stopAgreement: stopToken,
};

/** Swish, by the same payment orders: the money moves at once, and there is nothing to capture or release. */
export const swedbankPaySwish: PaymentMethod = {
  ...account,
  name: 'swedbank-pay-swish',
  texts: { nb: 'Swish', nn: 'Swish', sv: 'Swish', da: 'Swish', fi: 'Swish', en: 'Swish' },
  payWith: {
    nb: 'med Swish',
    nn: 'med Swish',
    sv: 'med Swish',
    da: 'med Swish',
    fi: 'Swishillä',
    en: 'with Swish',
  },
  mark: 'app',
  money: 'taken at once',
  currencies: ['SEK'],
  async start(context, request) {
    if (!request.agreement) return startOrder(context, 'Swish', request);
    return { kind: 'refused', code: 'no agreements', reason: 'not eligible', raw: '' };
  },
  async cancel(context, attempt, { scope }) {
    if (scope === 'unpaid only') return abortOrder(context, attempt);
    return { kind: 'failed', code: 'nothing is reserved', raw: '' };
  },
};
