import type { PaymentMethod } from '../../port/payment-method.ts';
import { charge } from './charge.ts';
import { checkSettings } from './check-settings.ts';
import { linkMobilitySmsDemo } from './demo.ts';
import { readNotice } from './notice.ts';
import { addresses, settings } from './settings.ts';

/**
 * SMS billing: a charge without a text, by LINK Mobility over Strex. The delivery report decides. There is
 * neither idempotency nor a status query, so an answer that is lost is never followed by a second charge.
 */
export const linkMobilitySms: PaymentMethod = {
  name: 'link-mobility-sms',
  provider: 'LINK Mobility',
  settings,
  addresses,
  demo: { settingsFor: linkMobilitySmsDemo },
  needs: { mobile: true },
  chargesByMobile: true,
  money: 'taken at once',
  referencePattern: /^[\x20-\x7e]{1,60}$/,
  currencies: ['NOK'],
  askAfterSeconds: [],
  silenceSeconds: 600,
  charge,
  readNotice,
  testSettings: checkSettings,
};
