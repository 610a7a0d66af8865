import { type Answer, refuse, refuseBody } from './answer.ts';
import { isAbort, isTokenDeletion } from './contract.ts';
import type { PaymentOrder } from './payment-order.ts';
import { notFound, problem } from './problem.ts';
import { type Origin, showOrder } from './show-order.ts';
import type { SwedbankPay } from './swedbank-pay.ts';
import { endUnpaid } from './try-to-pay.ts';

/** `PATCH` of an order: ends it before anything is paid, unless the buyer is in the Swish app. */
export function abortOrder(
  swedbank: SwedbankPay,
  origin: Origin,
  order: PaymentOrder,
  body: unknown,
): Answer {
  if (!isAbort(body)) return refuseBody(isAbort.errors);
  if (order.status !== 'Initialized' || order.inSwish) {
    return refuse(problem('paymentorders/operationnotallowed', 409, 'The order cannot be aborted now'));
  }
  const ended = endUnpaid(swedbank, order, 'Payment aborted by payee');
  return { status: 200, body: showOrder(ended, origin, []) };
}

/** `PATCH` of a buyer's token: it can never be charged again. */
export function deleteToken(swedbank: SwedbankPay, token: string, body: unknown): Answer {
  if (!isTokenDeletion(body)) return refuseBody(isTokenDeletion.errors);
  const order = swedbank.orderOfToken(token);
  if (!order) return refuse(notFound);
  swedbank.save({ ...order, isTokenDeleted: true });
  return { status: 200, body: { token, instrument: 'CreditCard' } };
}
