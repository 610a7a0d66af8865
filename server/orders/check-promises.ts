import { cleanCode } from '../kit/clean-text.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { OrderBody, OrderLineBody } from './order-body.ts';

/** What a reader may have been promised a price or a gift by. */
const promises = ['promotionCode', 'voucherCode', 'rewardPartnerId', 'rewardId'] as const;

type Given = string | number | undefined;
export type LinePromises = Pick<OrderLineBody, (typeof promises)[number]>;
export type MarketingCoupon = Pick<OrderBody, 'marketingCouponCode' | 'marketingCouponNumber'>;

/**
 * The line's promotion, voucher and reward as they are kept. The catalogue cannot look them up, so each is
 * warned of: a reader must not be promised a price that nobody gives. Half a reward names none: refused.
 */
export function readLinePromises(refusals: Refusals, line: LinePromises, field: string): LinePromises {
  const kept = dropEmpty(line, promises);
  refuseHalf(refusals, kept, ['rewardPartnerId', 'rewardId'], `${field}.`);
  for (const name of promises) {
    if (kept[name] === undefined) continue;
    const message = `${field}.${name} is kept, and neither checked nor deducted from the price`;
    refusals.warn('not_checked', `${field}.${name}`, message);
  }
  return kept;
}

/** A marketing coupon is a code and a number: both or neither. It tells of a campaign, not of a price. */
export function readMarketingCoupon(refusals: Refusals, body: MarketingCoupon): MarketingCoupon {
  const pair = ['marketingCouponCode', 'marketingCouponNumber'] as const;
  const kept = dropEmpty(body, pair);
  refuseHalf(refusals, kept, pair, '');
  return kept;
}

function refuseHalf<Name extends string>(
  refusals: Refusals,
  kept: Partial<Record<Name, Given>>,
  [first, second]: readonly [Name, Name],
  prefix: string,
): void {
  if ((kept[first] === undefined) === (kept[second] === undefined)) return;
  const [there, missing] = kept[first] === undefined ? [second, first] : [first, second];
  const field = prefix + missing;
  refusals.refuse('input_is_invalid', field, `${field} is required with ${there}: both or neither`);
}

/** Clients that always send every field mean nothing by an empty text or a zero. */
function dropEmpty<Fields extends object, Name extends keyof Fields & string>(
  given: Fields,
  names: readonly Name[],
): Pick<Fields, Name> {
  const present = names.flatMap((name) => {
    const value = given[name];
    const read = typeof value === 'string' ? cleanCode(value) : value;
    return read === undefined || read === '' || read === 0 || read === '0' ? [] : [[name, read]];
  });
  return Object.fromEntries(present) as Pick<Fields, Name>;
}
