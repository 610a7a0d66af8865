import { cleanCode } from '../kit/clean-text.ts';
import { type Currency, formatMajor } from '../kit/money.ts';
import type { Refusals } from '../kit/refusals.ts';
import { listAdapters, namesServedBy } from '../payments/merchants/find-method.ts';
import type { Client } from '../publishers/publisher.ts';
import { judgePaymentInfo } from './judge-payment-info.ts';
import { namesNoTransaction } from './names-no-transaction.ts';
import type { NewOrder } from './new-order.ts';
import type { CurrentBody } from './order-body.ts';
import { type PaymentMethodRules, paymentMethodRules, paymentMethods, takerOf } from './payment-methods.ts';
import { isOurTransaction, type PaymentResult, verifyPaymentResult } from './payment-result.ts';
import { readAmount } from './price-line.ts';
import { readOrderDate } from './read-order-date.ts';

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
export async function readPrepayment(
  reading: Reading,
  body: CurrentBody,
  amountMinor: number,
): Promise<NewOrder['prepayment']> {
  const field = body.paymentMethod && paymentMethodRules[body.paymentMethod].paymentInfo;
  tellOfUnused(reading, body, body.prepaid ? field : undefined);
  if (!body.prepaid || !body.paymentMethod || !field) return undefined;
  const info = body[field];
  // What a publisher's own provider signed means nothing to us.
  const canBeOurs = takerOf(body.paymentMethod) !== 'publisher';
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
  const { signature } = info;
  const transactionId = cleanCode(info.transactionId);
  if (namesNoTransaction(transactionId)) {
    const message = `${field}.transactionId names no transaction: ${transactionId || 'it is blank'}`;
    reading.refusals.refuse('input_is_invalid', `${field}.transactionId`, message);
    return undefined;
  }
  const isSigned = canBeOurs && signature !== undefined;
  const { refusals, currency } = reading;
  const said: Said = {
    field,
    transactionId,
    signature: signature ?? '',
    amountMinor: info.amount === undefined ? undefined : readAmount(reading, info.amount, `${field}.amount`),
    currency: info.currency?.toUpperCase(),
  };
  if (isSigned || mustBeOurs || isOurTransaction(transactionId)) {
    await checkSigned(reading, body, said, amountMinor);
  } else {
    if (differs(said.amountMinor, amountMinor)) {
      const message = 'the paid amount differs from the amount of the order';
      refusals.warn('paid_amount_differs', `${field}.amount`, message);
    }
    if (differs(said.currency, currency)) {
      const message = `the order is in ${currency}, and ${said.currency} was paid`;
      refusals.warn('paid_currency_differs', `${field}.currency`, message);
    }
  }
  const paidTime = readOrderDate(
    { ...reading, publisher: reading.client.publisher },
    'moment',
    `${field}.paidTime`,
    info.paidTime,
  )?.getTime();
  const evidence = { ...info, transactionId, paidTime };
  return { transactionId, provider: field, adapters: adaptersAt(field), evidence };
}

/** The adapters of all methods whose transactions go by the same payment info. */
function adaptersAt(field: InfoField): string[] {
  const names = paymentMethods.filter((name) => paymentMethodRules[name].paymentInfo === field);
  return listAdapters().flatMap((adapter) =>
    namesServedBy(adapter).some((served) => names.some((name) => name === served)) ? adapter.name : [],
  );
}

/** Tells of each payment info that is not read; `used` is that of the method of a prepaid order. */
function tellOfUnused({ refusals }: Reading, body: CurrentBody, used: InfoField | undefined): void {
  for (const field of infoFields) {
    if (body[field] === undefined) continue;
    const judged = judgePaymentInfo({
      isPrepaid: body.prepaid === true,
      isOfMethod: field === used,
      hasOfMethod: used !== undefined && body[used] !== undefined,
      methodHasInfo: used !== undefined,
    });
    if (judged === 'used') continue;
    if (judged === 'refused') {
      const meant = `${field} belongs to another paymentMethod; send the payment as ${used}`;
      refusals.refuse('payment_info_differs', field, meant);
      continue;
    }
    const why = judged === 'not prepaid' ? 'the order is not prepaid' : 'it belongs to another paymentMethod';
    refusals.warn('payment_info_is_not_used', field, `${field} was not used: ${why}`);
  }
}

type InfoField = NonNullable<PaymentMethodRules['paymentInfo']>;
const infoFields = new Set(Object.values(paymentMethodRules).flatMap((rules) => rules.paymentInfo ?? []));

/** What the payment info says in the open, beside the signature. */
type Said = {
  field: string;
  transactionId: string;
  signature: string;
  amountMinor: number | undefined;
  currency: string | undefined;
};

function differs<Value>(said: Value | undefined, wanted: Value): boolean {
  return said !== undefined && said !== wanted;
}

async function checkSigned(
  { refusals, ...reading }: Reading,
  body: CurrentBody,
  said: Said,
  amountMinor: number,
): Promise<void> {
  const field = `${said.field}.signature`;
  const verified = await verifyPaymentResult(reading.paymentResultKey, said.signature, reading.now);
  if (verified.kind === 'forged' || verified.result.clientId !== reading.client.clientId) {
    const message = `${field} is not a signature of ours for this client`;
    return refusals.refuse('payment_result_is_forged', field, message);
  }
  if (verified.kind === 'expired') {
    return refusals.refuse('payment_result_is_expired', field, `${field} is no longer good`);
  }
  for (const { name, paid, wanted } of findDifferences(reading, body, said, amountMinor, verified.result)) {
    const message = `${name} is ${wanted} in the order, and ${paid} was paid`;
    refusals.refuse('payment_result_differs', name, message);
  }
}

type Difference = { name: string; paid: string; wanted: string };

function findDifferences(
  { currency }: Pick<Reading, 'currency'>,
  body: CurrentBody,
  { field, transactionId, amountMinor: saidMinor, currency: saidCurrency }: Said,
  amountMinor: number,
  result: PaymentResult,
): Difference[] {
  const major = (minor: number) => formatMajor(minor, currency);
  const compared: Difference[] = [
    { name: `${field}.transactionId`, paid: result.transactionId, wanted: transactionId },
    { name: 'paymentMethod', paid: result.paymentMethod, wanted: String(body.paymentMethod) },
    { name: 'recurring', paid: String(result.recurring), wanted: String(body.recurring ?? false) },
    { name: 'currency', paid: result.currency, wanted: currency },
    { name: 'orderAmount', paid: major(result.amountMinor), wanted: major(amountMinor) },
    // The signature decides, so what stands beside it may be left out, but not say otherwise.
    {
      name: `${field}.amount`,
      paid: major(result.amountMinor),
      wanted: major(saidMinor ?? result.amountMinor),
    },
    { name: `${field}.currency`, paid: result.currency, wanted: saidCurrency ?? result.currency },
  ];
  return compared.filter(({ paid, wanted }) => paid !== wanted);
}
