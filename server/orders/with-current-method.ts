import type { Refusals } from '../kit/refusals.ts';
import type { CurrentBody, OrderBody } from './order-body.ts';
import { formerMethods, type PaymentMethod, paymentMethodRules } from './payment-methods.ts';

/**
 * An order whose method is named as it was before, by the name that it has now: its evidence goes along, and
 * a warning says so. Evidence in the form of before is read for those names alone.
 */
export function withCurrentMethod(refusals: Pick<Refusals, 'warn'>, given: OrderBody): CurrentBody {
  const { paymentMethod: named, paymentInfo, ...body } = given;
  const current = named === undefined ? undefined : currentName(named);
  if (named === undefined || current === undefined || current === named) {
    if (paymentInfo) {
      const message = 'paymentInfo was not used: it belongs to methods by their former names';
      refusals.warn('payment_info_is_not_used', 'paymentInfo', message);
    }
    return { ...body, ...(current && { paymentMethod: current }) };
  }
  const message = `paymentMethod ${named} is a former name and was read as ${current}`;
  refusals.warn('former_name', 'paymentMethod', message);
  const { paymentInfo: field } = paymentMethodRules[current];
  const evidence = field && paymentInfo && { [field]: paymentInfo };
  return { ...body, ...evidence, paymentMethod: current };
}

function currentName(name: NonNullable<OrderBody['paymentMethod']>): PaymentMethod {
  switch (name) {
    case 'creditcard':
    case 'masterpass':
      return formerMethods[name];
    default:
      return name;
  }
}
