import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import type { Currency } from '../kit/money.ts';
import type { ProblemCode } from '../kit/problem-codes.ts';
import type { Refusals } from '../kit/refusals.ts';
import {
  findAgreementObstacle,
  type WantedAgreement,
} from '../payments/agreements/find-agreement-obstacle.ts';
import { type AccountsFor, accountsOf, type HowPaid, type Reading as MethodReading } from './check-method.ts';
import type { NewLine } from './new-order.ts';
import { mayRecurAs, type PaymentMethod, paymentMethods } from './payment-methods.ts';

type Reading = MethodReading & { catalogue: CatalogueSnapshot; currency: Currency; refusals: Refusals };
type NewSale = Pick<
  NewLine,
  'description' | 'quantity' | 'amountMinor' | 'periodLength' | 'periodType' | 'offerCode' | 'offerNumber'
>;

/** A line as far as it decides by which methods it can be paid. */
export type SoldLine = {
  amountMinor: number;
  /** The methods that its offer is sold by; any where it names none. */
  soldBy: readonly PaymentMethod[] | undefined;
  /** What it renews at; nothing where it buys no period. */
  renewal: WantedAgreement['lines'][number] | undefined;
};

export type SaleObstacle = { rule: ProblemCode; field: 'paymentMethod' | 'orderLines'; message: string };

/**
 * Refuses a method that an offer is not sold by, and one whose provider takes no agreement on what renews:
 * the buyer could never pay. What was paid elsewhere needs no agreement here.
 */
export function checkAgreement(reading: Reading, how: HowPaid, lines: readonly NewSale[]): void {
  const sold = lines.map((line) => soldLineOf(reading.catalogue, line));
  const { canBeChosen } = accountsOf(reading);
  for (const { rule, field, message } of findSaleObstacles(how, sold, reading.currency, canBeChosen)) {
    reading.refusals.refuse(rule, field, message);
  }
}

/**
 * Why what is sold cannot be paid as the order says. Where the buyer chooses, one of the methods that are set
 * up must be left; where none is set up yet, that is warned of elsewhere.
 */
export function findSaleObstacles(
  { paymentMethod, merchantId, recurring, prepaid }: HowPaid,
  lines: readonly SoldLine[],
  currency: Currency,
  canBeChosen: AccountsFor['canBeChosen'],
): SaleObstacle[] {
  if (prepaid) return [];
  const against = (method: PaymentMethod) => obstaclesOf(method, recurring, lines, currency);
  if (paymentMethod !== undefined) return against(paymentMethod);
  const owesNothing = lines.every(({ amountMinor }) => amountMinor === 0);
  if (owesNothing && !(recurring && lines.some(({ renewal }) => renewal))) return [];
  const choices = paymentMethods.filter(
    (method) => mayRecurAs(method, recurring) && canBeChosen(method, merchantId),
  );
  const obstacles = choices.map((method) => against(method)[0]);
  const [first] = obstacles;
  if (!first || obstacles.includes(undefined)) return [];
  const told = obstacles.map((obstacle) => obstacle?.message).join('; ');
  const message = `no method is left by which a buyer could pay: ${told}`;
  return [{ rule: first.rule, field: 'orderLines', message }];
}

function obstaclesOf(
  method: PaymentMethod,
  recurring: boolean,
  lines: readonly SoldLine[],
  currency: Currency,
): SaleObstacle[] {
  const notSold = lines.flatMap(({ soldBy }, index): SaleObstacle[] => {
    if (!soldBy || soldBy.includes(method)) return [];
    const message = `orderLines[${index}] is sold by ${soldBy.join(', ')}, and not by ${method}`;
    return [{ rule: 'method_is_not_offered', field: 'paymentMethod', message }];
  });
  if (!recurring) return notSold;
  const firstPaymentMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const renewing = lines.flatMap(({ renewal }) => renewal ?? []);
  const obstacle = findAgreementObstacle(method, { lines: renewing, currency, firstPaymentMinor });
  if (!obstacle) return notSold;
  const message = `paymentMethod ${method} ${obstacle.text}`;
  return [...notSold, { rule: obstacle.rule, field: 'orderLines', message }];
}

/** A line renews as its offer says, and not at all where it buys no period. */
function soldLineOf(catalogue: CatalogueSnapshot, line: NewSale): SoldLine {
  const { description, quantity, amountMinor, periodLength, periodType, offerCode, offerNumber } = line;
  const isOffer = offerCode !== undefined && offerNumber !== undefined;
  const offer = isOffer ? catalogue.findOffer(offerCode, offerNumber) : undefined;
  const sold = { amountMinor, soldBy: offer?.paymentMethods };
  if (periodLength === undefined || periodType === undefined) return { ...sold, renewal: undefined };
  const renewal = {
    description,
    amountMinor,
    periodLength,
    periodType,
    renewalMinor: offer?.renewal ? offer.renewal.priceMinor * quantity : amountMinor,
    renewalLength: offer?.renewal?.periodLength ?? periodLength,
    renewalType: offer?.renewal?.periodType ?? periodType,
  };
  return { ...sold, renewal };
}
