import type { Answer } from '../answer.ts';
import { isAboveCeiling } from './limits.ts';
import { refuse } from './problem.ts';

type Pricing = { type: string; currency: string; amount?: number; suggestedMaxAmount?: number };

/** Why a price cannot be agreed on, or nothing: each type has a field of its own, and a ceiling. */
export function checkPricing({ type, currency, amount, suggestedMaxAmount }: Pricing): Answer | undefined {
  if (amount !== undefined && type !== 'LEGACY') return refuse('unsupported-feature', 'pricing.amount');
  if (suggestedMaxAmount !== undefined && type !== 'VARIABLE') {
    return refuse('unsupported-feature', 'pricing.suggestedMaxAmount');
  }
  if (isAboveCeiling(currency, amount)) return refuse('validation-error', 'pricing.amount');
  if (isAboveCeiling(currency, suggestedMaxAmount)) {
    return refuse('invalid-suggested-max-amount', 'pricing.suggestedMaxAmount');
  }
  return undefined;
}
