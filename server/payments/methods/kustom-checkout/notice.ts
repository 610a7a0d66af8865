import type { Notice, NoticeReading } from '../../port/notice.ts';
import type { MethodSettings } from '../../port/payment-method.ts';
import { readValidation } from './read-order.ts';

/**
 * Kustom signs nothing, so that a push or a notification only leads to asking, about the attempt whose
 * unguessable address it came to. A validation asks whether the purchase may be completed as it stands.
 */
export function readNotice(_settings: MethodSettings, notice: Notice): NoticeReading {
  switch (notice.topic) {
    case 'push':
    case 'notification':
      return { kind: 'ask', about: 'the attempt of the address' };
    case 'validation': {
      const purchase = readValidation(notice.body);
      if (!purchase) return { kind: 'refused', reason: 'not understood' };
      const { order_amount: amountMinor, purchase_currency: currency } = purchase;
      return { kind: 'may this be paid', amountMinor, currency: currency.toUpperCase() };
    }
    default:
      return { kind: 'ignored' };
  }
}
