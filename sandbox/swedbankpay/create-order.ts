import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, refuse, refuseBody } from './answer.ts';
import { isPurchase, isUnscheduled, type PurchaseRequest, type UnscheduledRequest } from './contract.ts';
import { fateOf } from './magic-values.ts';
import type { PaymentOrder } from './payment-order.ts';
import { forbidden, inputError, type Problem, problem, referenceUsed } from './problem.ts';
import { type Origin, showOrder } from './show-order.ts';
import type { SwedbankPay } from './swedbank-pay.ts';
import { payOrder } from './try-to-pay.ts';

const demoPayeeId = '5cabf558-5283-482f-b252-4d58e06f6f3b';
const created = 201;

/** `POST /psp/paymentorders`: an order for a buyer at a screen, or a charge of a stored card. */
export function createOrder(swedbank: SwedbankPay, origin: Origin, body: unknown): Answer {
  const operation: unknown = (body as { paymentorder?: { operation?: unknown } } | undefined)?.paymentorder
    ?.operation;
  if (operation === 'UnscheduledPurchase') {
    if (!isUnscheduled(body)) return refuseBody(isUnscheduled.errors);
    return chargeToken(swedbank, origin, body.paymentorder);
  }
  if (!isPurchase(body)) return refuseBody(isPurchase.errors);
  return startOrder(swedbank, origin, body.paymentorder);
}

function startOrder(swedbank: SwedbankPay, origin: Origin, asked: PurchaseRequest['paymentorder']): Answer {
  const instrument = asked.instrument ?? 'CreditCard';
  const refusal = refusalOf(swedbank, asked) ?? refusalOfInstrument(asked);
  if (refusal) return refuse(refusal);
  const { completeUrl, cancelUrl, callbackUrl } = asked.urls;
  const order: PaymentOrder = {
    ...newOrder(swedbank, asked),
    operation: 'Purchase',
    instrument,
    urls: { completeUrl, cancelUrl: cancelUrl ?? completeUrl, callbackUrl: callbackUrl ?? null },
    wantsToken: asked.generateUnscheduledToken ?? false,
  };
  swedbank.save(order);
  return { status: created, body: showOrder(order, origin, []) };
}

/** A charge without a buyer: the answer is all that comes of it, as there is no callback for cards. */
function chargeToken(
  swedbank: SwedbankPay,
  origin: Origin,
  asked: UnscheduledRequest['paymentorder'],
): Answer {
  const refusal = refusalOf(swedbank, asked) ?? refusalOfToken(swedbank, asked.unscheduledToken);
  if (refusal) return refuse(refusal);
  const order: PaymentOrder = {
    ...newOrder(swedbank, asked),
    operation: 'UnscheduledPurchase',
    instrument: 'CreditCard',
    urls: { completeUrl: '', cancelUrl: '', callbackUrl: null },
    wantsToken: false,
  };
  const fate = fateOf(order);
  if (fate) {
    swedbank.save({ ...order, status: 'Failed', failed: fate, decidedAt: order.created });
    return refuse(fate);
  }
  const paid = payOrder(swedbank, order);
  swedbank.save(paid);
  return { status: created, body: showOrder(paid, origin, ['paid', 'financialTransactions']) };
}

type Asked = PurchaseRequest['paymentorder'] | UnscheduledRequest['paymentorder'];

function refusalOf(swedbank: SwedbankPay, asked: Asked): Problem | undefined {
  if (asked.payeeInfo.payeeId !== demoPayeeId) return forbidden('The payee is not known');
  if (swedbank.isUsed(asked.payeeInfo.payeeReference)) return referenceUsed;
  if (asked.vatAmount > asked.amount) return inputError('VatAmount', 'VatAmount is above Amount');
  return undefined;
}

function refusalOfInstrument(asked: PurchaseRequest['paymentorder']): Problem | undefined {
  if (asked.instrument !== 'Swish') return undefined;
  if (asked.currency !== 'SEK') return problem('configerror', 403, 'Invalid or missing currency');
  if (asked.generateUnscheduledToken) return inputError('GenerateUnscheduledToken', 'Swish makes no tokens');
  return undefined;
}

function refusalOfToken(swedbank: SwedbankPay, token: string): Problem | undefined {
  const order = swedbank.orderOfToken(token);
  if (!order) return inputError('UnscheduledToken', 'The given UnscheduledToken does not exist.', 404);
  if (!order.isTokenDeleted) return undefined;
  const detail = 'The given UnscheduledToken is inactive.';
  return problem('paymentorders/paymenttokeninactive', 422, detail, 'UnscheduledToken');
}

function newOrder(
  swedbank: SwedbankPay,
  asked: Asked,
): Omit<PaymentOrder, 'operation' | 'instrument' | 'urls' | 'wantsToken'> {
  const { payeeInfo } = asked;
  return {
    guid: randomUUID(),
    pageToken: randomBytes(32).toString('hex'),
    created: swedbank.world.clock.timestamp(),
    status: 'Initialized',
    currency: asked.currency,
    amount: asked.amount,
    vatAmount: asked.vatAmount,
    description: asked.description,
    payeeName: payeeInfo.payeeName ?? '',
    payeeReference: payeeInfo.payeeReference,
    orderReference: payeeInfo.orderReference ?? '',
    mobile: asked.payer?.msisdn ?? '',
    unscheduledToken: null,
    isTokenDeleted: false,
    card: null,
    inSwish: null,
    failedAttempts: [],
    failed: null,
    abortReason: null,
    decidedAt: null,
    transactions: [],
    failuresInRow: 0,
  };
}
