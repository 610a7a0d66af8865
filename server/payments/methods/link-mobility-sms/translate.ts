import type { BuyerReason } from '../../buyer-step.ts';
import type { Evidence } from '../../port/provider-answer.ts';

type Meaning = Pick<Evidence, 'meaning' | 'isUnresolvable' | 'reason'>;

const temporary = [1000, 1005, 1007, 1008, 1011, 1012, 1013];
const billed = [1001, 1009];
/** Wrong addresses, barred subscribers, charging refusals, and contents that cannot be sent. */
const refusals = [
  [2000, 2003],
  [2100, 2107],
  [2200, 2207],
  [3000, 3002],
  [4000, 4007],
] as const;
const notBilled = [0, 1, 2, 3, 6, 104, 105, 1003, 1004, 1006];
/** Refusals that a buyer can do something about; all others are `declined`. */
const reasons: Partial<Record<number, BuyerReason>> = {
  3: 'try again later',
  2104: 'not eligible',
  2105: 'barred',
  2107: 'barred',
  2201: 'insufficient funds',
  2202: 'barred',
  2203: 'not eligible',
  2204: 'not eligible',
  2206: 'not eligible',
  2207: 'over the limit',
};

/**
 * What the result code of a delivery report says about the money. 1009 is billed though not delivered,
 * which for a charge is paid; 4, 5 and 1010, and any code that is not documented, are unknown billing.
 * Source: LINK Mobility, SMS REST API, MT and delivery reports 1.18.
 */
export function meaningOfReport(resultCode: number): Meaning {
  if (billed.includes(resultCode)) return { meaning: 'secured' };
  if (temporary.includes(resultCode)) return { meaning: 'pending' };
  if (resultCode === 1002) return { meaning: 'expired', reason: 'timed out' };
  const isRefusal = refusals.some(([first, last]) => resultCode >= first && resultCode <= last);
  if (isRefusal || notBilled.includes(resultCode)) {
    return { meaning: 'declined', reason: reasons[resultCode] ?? 'declined' };
  }
  return { meaning: 'unknown', isUnresolvable: true };
}
