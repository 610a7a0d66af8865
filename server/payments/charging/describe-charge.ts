import type { Transaction } from '../../database/transaction.ts';
import { findChargeFacts, type OrderToPay } from '../ledger/attempts-store.ts';
import { findOrderContent } from '../lines/find-payment-lines.ts';
import type { ChargeRequest } from '../port/payment-request.ts';
import { type Addresses, describePayment, returnAddress } from './describe-payment.ts';

export type NamedAttempt = { reference: string; noticeToken: string; adapter: string; merchantId: string };

/** The request to charge an order, the same but for the time whenever it is made for one attempt. */
export async function describeCharge(
  context: { settings: Addresses },
  transaction: Transaction,
  order: OrderToPay,
  attempt: NamedAttempt,
  secondsLeft: number,
): Promise<ChargeRequest> {
  const content = await findOrderContent(transaction, order);
  return {
    ...describePayment(context.settings, order, content, attempt),
    validitySeconds: Math.max(1, Math.ceil(secondsLeft)),
    ...(await findChargeFacts(transaction, order, attempt)),
    returnUrl: returnAddress(context.settings, attempt.noticeToken),
  };
}
