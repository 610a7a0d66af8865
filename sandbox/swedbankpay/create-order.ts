import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, refuse, refuseBody } from './answer.ts';
import {
  isPurchase,
  isUnscheduled,
  isVerify,
  type PurchaseRequest,
  type UnscheduledRequest,
  type VerifyRequest,
} from './contract.ts';
import { fateOf } from './magic-values.ts';
import { findPayee } from './payees.ts';
import type { PaymentOrder } from './payment-order.ts';
import { forbidden, inputError, type Problem, problem, referenceUsed } from './problem.ts';
import { type Origin, showOrder } from './show-order.ts';
import type { SwedbankPay } from './swedbank-pay.ts';
import { payOrder } from './try-to-pay.ts';

/** So the documents show it, and not as 201. */
const made = 200;

/** `POST /psp/paymentorders`: an order for a buyer at a screen, a card to keep, or a charge of a kept one. */
export function createOrder(swedbank: SwedbankPay, origin: Origin, body: unknown): Answer {
  const operation: unknown = (body as { paymentorder?: { operation?: unknown } } | undefined)?.paymentorder
    ?.operation;
  if (operation === 'UnscheduledPurchase') {
    if (!isUnscheduled(body)) return refuseBody(isUnscheduled.errors);
    return chargeToken(swedbank, origin, body.paymentorder);
  }
  if (operation === 'Verify') {
    if (!isVerify(body)) return refuseBody(isVerify.errors);
    return startOrder(swedbank, origin, body.paymentorder);
  }
  if (!isPurchase(body)) return refuseBody(isPurchase.errors);
  const refusal = refusalOfInstrument(body.paymentorder);
  return refusal ? refuse(refusal) : startOrder(swedbank, origin, body.paymentorder);
}

type AtScreen = PurchaseRequest['paymentorder'] | VerifyRequest['paymentorder'];

function startOrder(swedbank: SwedbankPay, origin: Origin, asked: AtScreen): Answer {
  const refusal = refusalOf(swedbank, asked);
  if (refusal) return refuse(refusal);
  const { completeUrl, cancelUrl, callbackUrl = null } = asked.urls;
  const order: PaymentOrder = {
    ...newOrder(swedbank, asked),
    operation: asked.operation,
    instrument: asked.operation === 'Verify' ? 'CreditCard' : (asked.instrument ?? 'CreditCard'),
    urls: { completeUrl, cancelUrl, callbackUrl },
    wantsToken: asked.generateUnscheduledToken ?? false,
  };
  swedbank.save(order);
  return { status: made, body: showOrder(order, origin, []) };
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
  return { status: made, body: showOrder(paid, origin, ['paid', 'financialTransactions']) };
}

type Asked = AtScreen | UnscheduledRequest['paymentorder'];

function refusalOf(swedbank: SwedbankPay, asked: Asked): Problem | undefined {
  const { payeeId, payeeReference } = asked.payeeInfo;
  const payee = findPayee(payeeId);
  if (!payee) return forbidden('The payee is not known');
  if (payee.settlesItself && !/^\d{12}$/.test(payeeReference)) {
    return inputError('PayeeReference', 'PayeeReference must be 12 digits');
  }
  if (swedbank.isUsed(payeeReference)) return referenceUsed;
  if ('amount' in asked && asked.vatAmount > asked.amount)
    return inputError('VatAmount', 'VatAmount is above Amount');
  return undefined;
}

function refusalOfInstrument(asked: PurchaseRequest['paymentorder']): Problem | undefined {
  if (asked.instrument && findPayee(asked.payeeInfo.payeeId)?.mayNameInstrument === false) {
    return forbidden('Instrument mode is not part of the agreement');
  }
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
    amount: 'amount' in asked ? asked.amount : 0,
    vatAmount: 'amount' in asked ? asked.vatAmount : 0,
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
