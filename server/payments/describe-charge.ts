import type { Transaction } from '../database/transaction.ts';
import { type OrderToPay, wasCharged } from './attempts-store.ts';
import { type Addresses, describePayment, returnAddress } from './describe-payment.ts';
import { findOrderContent } from './find-payment-lines.ts';
import type { ChargeRequest } from './port/payment-request.ts';

export type NamedAttempt = { reference: string; noticeToken: string; adapter: string; merchantId: string };

/** The request to charge an order, the same each time it is made for one attempt. */
export async function describeCharge(
  context: { settings: Addresses },
  transaction: Transaction,
  order: OrderToPay,
  attempt: NamedAttempt,
  secondsLeft: number,
): Promise<ChargeRequest> {
  const content = await findOrderContent(transaction, order);
  const { agreement: _, ...payment } = describePayment(context.settings, order, content, attempt);
  return {
    ...payment,
    validitySeconds: Math.max(1, Math.ceil(secondsLeft)),
    isFirstCharge: !(await wasCharged(transaction, order, attempt)),
    returnUrl: returnAddress(context.settings, attempt.noticeToken),
  };
}
