import type { PaymentMethod as PaymentMethodName } from '../../orders/payment-methods.ts';
import { agreementTermsOf, type RenewingLine } from '../lines/agreement-terms.ts';
import { methods } from '../methods/list.ts';
import type { AgreementObstacle } from '../port/payment-method.ts';

/** What is to be agreed on: what renews, and what is paid at once, in minor units of one currency. */
export type WantedAgreement = { lines: readonly RenewingLine[]; currency: string; firstPaymentMinor: number };

const nothingRenews: AgreementObstacle = {
  rule: 'renewal_period_not_supported',
  text: 'needs a line that renews, and there is none',
};

/**
 * Why no buyer could agree to pay so by a method; nothing where one could at any of its adapters. Whoever
 * sells learns it, so that no buyer does.
 */
export function findAgreementObstacle(
  method: PaymentMethodName,
  { lines, currency, firstPaymentMinor }: WantedAgreement,
): AgreementObstacle | undefined {
  const rules = (methods[method] ?? []).map((adapter) => adapter.refuseAgreement);
  if (rules.length === 0 || rules.includes(undefined)) return undefined;
  const terms = agreementTermsOf(lines);
  if (!terms) return nothingRenews;
  const { amountMinor, period, first, otherPeriods } = terms;
  const offer = { amountMinor, period, first, otherPeriods, currency, firstPaymentMinor };
  const obstacles = rules.map((refuse) => refuse?.(offer));
  return obstacles.includes(undefined) ? undefined : obstacles[0];
}
