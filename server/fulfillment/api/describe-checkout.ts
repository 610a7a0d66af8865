import type {
  CheckoutDue,
  CheckoutOrder,
  CheckoutRenewal,
  CheckoutWithdrawal,
} from '@leveret/pages/parts/checkout-model.js';
import { firstAndMore } from '../../kit/first-and-more.ts';
import { dateFormat, formatPercent } from '../../kit/formats.ts';
import { formatAmount } from '../../kit/money.ts';
import {
  type WithdrawalRight,
  withdrawalRight,
  withdrawalSettingsOf,
} from '../../orders/withdrawal-right.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import type { OrderToBuy } from '../find-checkout.ts';
import type { VisitedOrder } from '../find-visited-order.ts';
import type { Due } from '../what-is-due.ts';

export type ToDescribe = {
  order: Pick<VisitedOrder, 'amountMinor' | 'currency' | 'seller'>;
  bought: OrderToBuy;
  publisher: Pick<Publisher, 'country' | 'timeZone' | 'settings'>;
  due: Due;
  language: string;
  /** False where the address can be guessed: nothing then tells what others buy, and of whom they are. */
  showsPurchase: boolean;
};

/** What pressing the button makes the buyer owe. */
export const dueOnPage = {
  money: 'now',
  agreement: 'after trial',
  invoice: 'by invoice',
  prepayment: 'paid before',
  'proof elsewhere': 'paid before',
  'nothing owed': 'nothing',
} as const satisfies Record<Due, CheckoutDue>;

/** What is bought and on which terms, in the words and figures of a language. */
export function describeCheckout(given: ToDescribe): CheckoutOrder {
  const { bought, order, language, showsPurchase } = given;
  const amount = (minor: number) => formatAmount(minor, order.currency, language);
  const [renewal, ...otherRenewals] = renewalsOf(given);
  return {
    lines: !showsPurchase
      ? []
      : bought.lines.map((line) => ({
          description: line.description,
          quantity: line.quantity,
          unitPrice: amount(line.unitPriceMinor),
          vatRate: formatPercent(line.vatBasisPoints, language),
          sum: amount(line.amountMinor),
        })),
    totalVat: showsPurchase ? amount(sumOf(bought.lines.map((line) => line.vatMinor))) : undefined,
    renewal,
    otherRenewals,
    withdrawal: withdrawalOf(given),
    earlyStart: earlyStartOf(given),
  };
}

/** One for the lines that renew with the first, and one for those of each other length. */
function renewalsOf({ bought, order, publisher, language, showsPurchase }: ToDescribe): CheckoutRenewal[] {
  const { terms, periods } = bought.renewals ?? {};
  if (!terms) return [];
  const { contactEmail, contactPhone } = order.seller;
  const all = [terms, ...(terms.others ?? [])];
  const isNamed = all.length > 1 && showsPurchase;
  return all.map(({ productName: first, more = 0, amountMinor, period, leastTerm }) => {
    const ends = bought.lines.flatMap(({ lineNumber, endsAt }) => {
      const own = periods?.get(lineNumber);
      return endsAt && own?.unit === period.unit && own.count === period.count ? endsAt.getTime() : [];
    });
    return {
      product: isNamed ? firstAndMore({ first, more }, language) : undefined,
      price: formatAmount(amountMinor, order.currency, language),
      period,
      firstDay:
        ends.length === 0 ? undefined : dayOf(new Date(Math.min(...ends)), publisher.timeZone, language),
      leastTerm,
      stopAt: contactEmail || contactPhone || undefined,
    };
  });
}

function withdrawalOf(given: ToDescribe): CheckoutWithdrawal | undefined {
  const { bought, showsPurchase } = given;
  const rights = rightsOf(given, bought.asksEarlyStart);
  const days = rights.find((right) => right.right === 'yes')?.days;
  const hasGift = bought.lines.some(
    ({ isGift, lineNumber }) =>
      isGift && rights.some((right) => right.lineNumber === lineNumber && right.right === 'yes'),
  );
  const without = rights.flatMap((right) =>
    right.right === 'no' ? [{ description: descriptionOf(given, right), why: reasons[right.why] }] : [],
  );
  if (showsPurchase) return { days, ...(hasGift && { hasGift }), without };
  return days === undefined || without.length > 0 ? undefined : { days, without };
}

const reasons = {
  'not offered': 'not offered',
  'buyer outside the EEA': 'not offered',
  'bought for a business': 'not offered',
  'single issue': 'single issue',
  'digital content begun': 'digital content begun',
} as const;

function rightsOf({ bought, publisher }: ToDescribe, earlyStart: boolean): WithdrawalRight[] {
  const { lines, buyerCountry, isBusiness } = bought;
  const settings = withdrawalSettingsOf(publisher);
  return withdrawalRight({
    lines,
    completedAt: undefined,
    publisher: settings,
    buyerCountry,
    isBusiness,
    earlyStart,
  });
}

function descriptionOf({ bought }: ToDescribe, { lineNumber }: WithdrawalRight): string {
  return bought.lines.find((line) => line.lineNumber === lineNumber)?.description ?? '';
}

/**
 * What the buyer may agree to: that digital content begins and has no right of withdrawal any more, or that
 * the used days of a subscription are paid. Nothing where it was agreed on before, or changes nothing.
 */
function earlyStartOf(given: ToDescribe): CheckoutOrder['earlyStart'] {
  const { bought, due, publisher, showsPurchase } = given;
  const isPaidHere = due === 'money' || due === 'agreement' || due === 'invoice';
  if (!isPaidHere || bought.asksEarlyStart || !showsPurchase) return undefined;
  const rights = rightsOf(given, false);
  const withWish = rightsOf(given, true);
  const keeps = (list: readonly WithdrawalRight[], lineNumber: number) =>
    list.some((right) => right.lineNumber === lineNumber && right.right === 'yes');
  const withRight = bought.lines.filter((line) => keeps(rights, line.lineNumber));
  const endsRight = withRight.some((line) => !keeps(withWish, line.lineNumber));
  const paysDays =
    publisher.settings.withdrawalRefund === 'less used days' &&
    withRight.some((line) => line.isDigital && line.endsAt !== undefined && line.amountMinor > 0);
  if (endsRight) return paysDays ? 'both' : 'ends the right';
  return paysDays ? 'used days are paid' : undefined;
}

function dayOf(moment: Date, timeZone: string, language: string): string {
  return dateFormat(language, { dateStyle: 'long', timeZone }).format(moment);
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
