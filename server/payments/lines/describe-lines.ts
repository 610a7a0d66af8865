import { firstAndMoreWithin } from '../../kit/first-and-more.ts';
import type { PaymentMethod } from '../port/payment-method.ts';
import type { PaymentLine } from '../port/payment-request.ts';

const longestOfMost = 50;

/** All that is paid for, in as many letters as the provider shows: `The guide and 2 more`. */
export function describeLines(
  lines: readonly Pick<PaymentLine, 'name'>[],
  language: string,
  method?: Pick<PaymentMethod, 'longestDescription'>,
): string {
  const names = { first: lines[0]?.name ?? 'payment', more: lines.length - 1 };
  return firstAndMoreWithin(names, language, method?.longestDescription ?? longestOfMost);
}
