import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import { isBlank } from '../kit/clean-text.ts';
import type { Warning } from '../kit/http/read-input.ts';
import { type Currency, formatMajor, isCurrency } from '../kit/money.ts';
import { collectRefusals, type Refusals } from '../kit/refusals.ts';
import type { Client, Publisher } from '../publishers/publisher.ts';
import type { NewLine, NewOrder } from './new-order.ts';
import type { OrderBody, OrderLineBody } from './order-body.ts';
import { paymentMethodRules } from './payment-methods.ts';
import { isBelowLargest, priceLine, readAmount } from './price-line.ts';
import { readOrderDate } from './read-order-date.ts';
import { readParty } from './read-party.ts';
import { readPrepayment } from './read-prepayment.ts';

export type OrderReader = {
  client: Client;
  catalogue: CatalogueSnapshot;
  credentialHash: Buffer;
  /** Signs what was paid before registration. */
  paymentResultKey: Buffer;
  now: Date;
  warnings: Warning[];
};

type Reading = OrderReader & { publisher: Publisher; refusals: Refusals; currency: Currency };

/**
 * Turns the request into an order that can be saved: every rule that needs no database beyond the catalogue
 * snapshot is checked here. Throws one problem that names each broken rule.
 */
export function readNewOrder(reader: OrderReader, body: OrderBody): NewOrder {
  const refusals = collectRefusals(reader.warnings);
  const currency = readCurrency(reader, refusals, body);
  const reading: Reading = { ...reader, refusals, currency, publisher: reader.client.publisher };
  checkMethod(refusals, body);
  const { country, ...payer } = readPayer(reading, body);
  const lines = body.orderLines.flatMap((line, index) => readLine(reading, body, line, index, country) ?? []);
  const orderedAt = readOrderDate(reading, 'moment', 'orderDate', body.orderDate);
  refusals.throwIfAny();
  const amountMinor = sumLines(reading, body, lines);
  const prepayment = readPrepayment(reading, body, amountMinor);
  refusals.throwIfAny();
  return {
    client: reader.client,
    externalOrderId: body.externalOrderId,
    customerNumber: body.payer.customerNumber,
    uniqueUserId: body.uniqueUserId,
    paymentMethod: body.paymentMethod,
    prepaid: body.prepaid ?? false,
    recurring: body.recurring ?? false,
    merchantId: body.merchantId,
    amountMinor,
    currency: reading.currency,
    orderedAt,
    attributes: attributesOf(body),
    payer,
    lines,
    prepayment,
    catalogueVersion: reader.catalogue.version,
  };
}

function readCurrency(reader: OrderReader, refusals: Refusals, body: OrderBody): Currency {
  const code = body.currency?.toUpperCase() ?? reader.client.publisher.currency;
  if (isCurrency(code)) return code;
  refusals.refuse('currency_differs', 'currency', `currency ${code} is not supported`);
  return reader.client.publisher.currency;
}

function checkMethod(refusals: Refusals, body: OrderBody): void {
  const method = body.paymentMethod;
  const recurring = body.recurring ?? false;
  const prepaid = body.prepaid ?? false;
  if (method === undefined) {
    if (prepaid) {
      refusals.refuse(
        'input_is_invalid',
        'paymentMethod',
        'paymentMethod is required with prepaid=true: it says how the order was paid',
      );
    }
    return;
  }
  const rules = paymentMethodRules[method];
  if (recurring && rules.recurring === 'refused') {
    refusals.refuse('method_cannot_recur', 'recurring', `paymentMethod ${method} cannot recur`);
  }
  if (!recurring && rules.recurring === 'required') {
    refusals.refuse('method_must_recur', 'recurring', `paymentMethod ${method} needs recurring=true`);
  }
  if (prepaid && rules.prepaid === 'refused') {
    refusals.refuse('method_cannot_be_prepaid', 'prepaid', `paymentMethod ${method} cannot be prepaid`);
  }
  if (!prepaid && rules.prepaid === 'required') {
    refusals.refuse('method_must_be_prepaid', 'prepaid', `paymentMethod ${method} needs prepaid=true`);
  }
}

function readPayer(reading: Reading, body: OrderBody): ReturnType<typeof readParty> {
  const { refusals } = reading;
  const payer = readParty(reading, body.payer, 'payer');
  const { lastName = '', companyName = '', emails = [], phoneNumbers = [] } = body.payer;
  if (isBlank(lastName) && isBlank(companyName)) {
    refusals.refuse('payer_is_incomplete', 'payer.lastName', 'payer needs lastName or companyName');
  }
  if ([...emails, ...phoneNumbers].every(isBlankContact)) {
    refusals.refuse('payer_is_incomplete', 'payer.emails', 'payer needs one of emails and phoneNumbers');
  }
  if (body.paymentMethod && paymentMethodRules[body.paymentMethod].needsMobile && !payer.mobile) {
    refusals.refuse(
      'mobile_is_required',
      'payer.phoneNumbers',
      'payment by SMS needs a mobile number of the payer',
    );
  }
  return payer;
}

function isBlankContact(given: string | Record<string, string>): boolean {
  if (typeof given === 'string') return isBlank(given);
  const { phoneNumberType: _type, ...address } = given;
  return isBlank(Object.values(address).join(''));
}

function readLine(
  reading: Reading,
  body: OrderBody,
  line: OrderLineBody,
  index: number,
  payerCountry: string | undefined,
): NewLine | undefined {
  const field = `orderLines[${index}]`;
  const { refusals } = reading;
  const isFree = body.paymentMethod === 'free';
  const priced = priceLine({ ...reading, isFree }, line, field);
  const receiver = line.receiver && readParty(reading, line.receiver, `${field}.receiver`, payerCountry);
  const startField = `${field}.startInfo.startDate`;
  const startsAt = readOrderDate(reading, 'start', startField, line.startInfo?.startDate);
  if (
    line.allowAccessProduct !== undefined &&
    line.productSpecType !== 'issue' &&
    line.allowAccessSeconds === undefined
  ) {
    refusals.refuse(
      'input_is_invalid',
      `${field}.allowAccessSeconds`,
      `${field}.allowAccessSeconds is required with allowAccessProduct`,
    );
  }
  if (!priced) return undefined;
  return {
    specType: line.productSpecType,
    offerCode: priced.offerCode,
    offerNumber: priced.offerNumber,
    productCode: priced.productCode,
    issueCode: priced.issueCode,
    articleRef: priced.articleRef,
    description: priced.description,
    quantity: priced.quantity,
    unitPriceMinor: priced.unitPriceMinor,
    discountMinor: priced.discountMinor,
    amountMinor: priced.amountMinor,
    vatBasisPoints: priced.vatBasisPoints,
    vatMinor: priced.vatMinor,
    captureWhen: priced.captureWhen ?? 'access',
    periodLength: priced.periodLength,
    periodType: priced.periodType,
    allowAccessProduct: line.allowAccessProduct,
    allowAccessCategoryType: line.allowAccessCategoryType,
    allowAccessSeconds: line.allowAccessSeconds,
    startsAt,
    receiver,
    attributes: lineAttributes(line),
  };
}

function sumLines(reading: Reading, body: OrderBody, lines: readonly NewLine[]): number {
  const sum = lines.reduce((total, line) => total + line.amountMinor, 0);
  if (!isBelowLargest(reading, sum, 'orderLines')) return sum;
  if (body.orderAmount === undefined) return sum;
  const given = readAmount(reading, body.orderAmount, 'orderAmount');
  if (given !== undefined && given !== sum) {
    const [said, lines] = [formatMajor(given, reading.currency), formatMajor(sum, reading.currency)];
    reading.refusals.refuse(
      'amount_differs_from_lines',
      'orderAmount',
      `orderAmount is ${said}, the lines come to ${lines}`,
    );
  }
  return sum;
}

function attributesOf(body: OrderBody): Record<string, unknown> {
  const { marketingCouponCode, marketingCouponNumber, campaignParameters, companyCode, customerReference } =
    body;
  const { seller, salesMethod, acceptedTerms } = body;
  return {
    marketingCouponCode,
    marketingCouponNumber,
    campaignParameters,
    companyCode,
    customerReference,
    seller,
    salesMethod,
    acceptedTerms,
  };
}

function lineAttributes(line: OrderLineBody): Record<string, unknown> {
  const { promotionCode, categoryCode, voucherCode, rewardPartnerId, rewardId, articleDetail, startInfo } =
    line;
  return {
    promotionCode,
    categoryCode,
    voucherCode,
    rewardPartnerId,
    rewardId,
    articleDetail,
    startIssue: startInfo?.startIssue,
  };
}
