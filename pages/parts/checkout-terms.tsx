import type { NoWithdrawal } from '../texts/checkout/checkout-shape.ts';
import type { PageTexts, Period } from '../texts/text-shape.ts';
import {
  type CheckoutOrder,
  type CheckoutRenewal,
  type CheckoutWithdrawal,
  renewalsOf,
} from './checkout-model.ts';
import { type Fact, Facts } from './facts.tsx';
import type { Seller } from './seller-foot.tsx';

/** Renewal, right of withdrawal and seller: what the buyer is to know directly before ordering. */
export function CheckoutTerms(props: {
  order: CheckoutOrder;
  isFree: boolean;
  seller: Seller | undefined;
  texts: PageTexts;
}): JSX.Element {
  const { order, isFree, seller, texts } = props;
  const { checkout } = texts;
  const { withdrawal } = order;
  const sells = sellerText(seller, texts);
  const facts: Fact[] = [
    ...renewalsOf(order).map((one) => ({
      name: one.product === undefined ? checkout.renewal : `${checkout.renewal}: ${one.product}`,
      ...renewalFact(one, texts),
    })),
    ...(withdrawal ? [{ name: checkout.withdrawal, value: withdrawalText(withdrawal, isFree, texts) }] : []),
    ...(sells === '' ? [] : [{ name: checkout.seller, value: sells }]),
  ];
  return facts.length === 0 ? '' : <Facts facts={facts} />;
}

/** The address at which it is stopped ends the sentences, and is a link. */
function renewalFact(
  { price, period, firstDay, leastTerm, stopAt }: CheckoutRenewal,
  { checkout, agreement, language }: PageTexts,
): Omit<Fact, 'name'> {
  const howToStop = checkout.howToStop(stopAt, leastTerm !== undefined);
  const value = [
    checkout.renews({ price, every: agreement.every(period), firstDay }),
    leastTerm ? checkout.leastTerm(lengthOf(leastTerm, language)) : checkout.noLeastTerm,
    stopAt === undefined ? howToStop : howToStop.slice(0, -stopAt.length),
  ].join(' ');
  return { value, contact: stopAt };
}

/** `3 months`, in words of the language. */
function lengthOf({ unit, count }: Period, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** The days, and behind them what has none and why; a reason that holds for the whole order names no line. */
function withdrawalText(
  { days, hasGift, without }: CheckoutWithdrawal,
  isFree: boolean,
  { checkout }: PageTexts,
): string {
  const whys = [...new Set(without.map(({ why }) => why))];
  const isWhole = days === undefined && whys.length === 1;
  const namesOf = (why: NoWithdrawal) =>
    without.filter((line) => line.why === why).map(({ description }) => description);
  return [
    ...(days === undefined ? [] : [checkout.mayWithdraw(days, isFree)]),
    ...(days !== undefined && hasGift === true ? [checkout.gift] : []),
    ...whys.map((why) => checkout.mayNotWithdraw[why](isWhole ? undefined : namesOf(why).join(', '))),
  ].join(' ');
}

function sellerText(seller: Seller | undefined, { shared }: PageTexts): string {
  if (seller === undefined) return '';
  const { legalName, organisationNumber } = seller;
  const number = organisationNumber && shared.organisationNumber(organisationNumber);
  return [legalName, number].filter((part) => part !== '').join(', ');
}
