import { type Currency, formatMajor } from '../kit/money.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { Client } from '../publishers/publisher.ts';
import type { NewOrder } from './new-order.ts';
import type { OrderBody } from './order-body.ts';
import { paymentMethodRules } from './payment-methods.ts';
import { isOurTransaction, type PaymentResult, verifyPaymentResult } from './payment-result.ts';
import { readAmount } from './price-line.ts';

type Reading = {
  client: Client;
  currency: Currency;
  paymentResultKey: Buffer;
  now: Date;
  refusals: Refusals;
};

/**
 * Reads the evidence that an order was paid before. The publisher's own is believed, with a warning where it
 * does not fit; what we signed must be ours, in time, and about this very order.
 */
export function readPrepayment(
  reading: Reading,
  body: OrderBody,
  amountMinor: number,
): NewOrder['prepayment'] {
  const field = body.paymentMethod && paymentMethodRules[body.paymentMethod].paymentInfo;
  if (!body.prepaid || !body.paymentMethod || !field) return undefined;
  const info = body[field];
  // What a publisher's own provider signed means nothing to us.
  const canBeOurs = body.paymentMethod !== 'other';
  const mustBeOurs = canBeOurs && reading.client.settings.prepaidMustBeSigned;
  if (!info && mustBeOurs) {
    reading.refusals.refuse('payment_result_is_forged', field, `${field} with our signature is required`);
    return undefined;
  }
  if (!info) {
    reading.refusals.warn(
      'payment_info_is_missing',
      field,
      `a prepaid order should carry ${field}.transactionId as evidence`,
    );
    return undefined;
  }
  const { transactionId, signature } = info;
  const isSigned = canBeOurs && signature !== undefined;
  if (isSigned || mustBeOurs || isOurTransaction(transactionId)) {
    checkSigned(reading, body, { field, transactionId, signature: signature ?? '', amountMinor });
  } else if (
    info.amount !== undefined &&
    readAmount(reading, info.amount, `${field}.amount`) !== amountMinor
  ) {
    reading.refusals.warn(
      'paid_amount_differs',
      `${field}.amount`,
      'the paid amount differs from the amount of the order',
    );
  }
  return { transactionId, evidence: { ...info } };
}

type Signed = { field: string; transactionId: string; signature: string; amountMinor: number };

function checkSigned({ refusals, ...reading }: Reading, body: OrderBody, signed: Signed): void {
  const field = `${signed.field}.signature`;
  const verified = verifyPaymentResult(reading.paymentResultKey, signed.signature, reading.now);
  if (verified.kind === 'forged' || verified.result.clientId !== reading.client.clientId) {
    const message = `${field} is not a signature of ours for this client`;
    return refusals.refuse('payment_result_is_forged', field, message);
  }
  if (verified.kind === 'expired') {
    return refusals.refuse('payment_result_is_expired', field, `${field} is no longer good`);
  }
  for (const { name, paid, wanted } of findDifferences(reading, body, signed, verified.result)) {
    const message = `${name} is ${wanted} in the order, and ${paid} was paid`;
    refusals.refuse('payment_result_differs', name, message);
  }
}

type Difference = { name: string; paid: string; wanted: string };

function findDifferences(
  { currency }: Pick<Reading, 'currency'>,
  body: OrderBody,
  { field, transactionId, amountMinor }: Signed,
  result: PaymentResult,
): Difference[] {
  const compared: Difference[] = [
    { name: `${field}.transactionId`, paid: result.transactionId, wanted: transactionId },
    { name: 'paymentMethod', paid: result.paymentMethod, wanted: String(body.paymentMethod) },
    { name: 'recurring', paid: String(result.recurring), wanted: String(body.recurring ?? false) },
    { name: 'currency', paid: result.currency, wanted: currency },
    {
      name: 'orderAmount',
      paid: formatMajor(result.amountMinor, currency),
      wanted: formatMajor(amountMinor, currency),
    },
  ];
  return compared.filter(({ paid, wanted }) => paid !== wanted);
}
