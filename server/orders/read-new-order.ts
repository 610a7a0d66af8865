import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import type { Warning } from '../kit/http/read-input.ts';
import { type Currency, formatMajor, isCurrency } from '../kit/money.ts';
import { collectRefusals, type Refusals } from '../kit/refusals.ts';
import type { Client } from '../publishers/publisher.ts';
import type { NewLine, NewOrder, NewParty } from './new-order.ts';
import type { OrderBody, OrderLineBody } from './order-body.ts';
import { paymentMethodRules } from './payment-methods.ts';
import { isBelowLargest, priceLine, readAmount } from './price-line.ts';
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

type Reading = OrderReader & { refusals: Refusals; currency: Currency };

/**
 * Turns the request into an order that can be saved: every rule that needs no database beyond the catalogue
 * snapshot is checked here. Throws one problem that names each broken rule.
 */
export function readNewOrder(reader: OrderReader, body: OrderBody): NewOrder {
  const refusals = collectRefusals(reader.warnings);
  const reading: Reading = { ...reader, refusals, currency: readCurrency(reader, refusals, body) };
  checkMethod(refusals, body);
  const payer = readPayer(reading, body);
  const lines = body.orderLines.flatMap((line, index) => readLine(reading, body, line, index) ?? []);
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
    orderedAt: readDate(body.orderDate),
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

function readPayer(reading: Reading, body: OrderBody): NewParty {
  const { refusals } = reading;
  const payer = readParty({ ...reading, publisher: reading.client.publisher }, body.payer, 'payer');
  if (!body.payer.lastName && !body.payer.companyName) {
    refusals.refuse('payer_is_incomplete', 'payer.lastName', 'payer needs lastName or companyName');
  }
  if (!body.payer.emails?.length && !body.payer.phoneNumbers?.length) {
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

function readLine(
  reading: Reading,
  body: OrderBody,
  line: OrderLineBody,
  index: number,
): NewLine | undefined {
  const field = `orderLines[${index}]`;
  const { client, refusals } = reading;
  const isFree = body.paymentMethod === 'free';
  const priced = priceLine({ ...reading, publisher: client.publisher, isFree }, line, field);
  const receiver =
    line.receiver &&
    readParty({ ...reading, publisher: client.publisher }, line.receiver, `${field}.receiver`);
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
    startsAt: readDate(line.startInfo?.startDate),
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

function readDate(epochMilliseconds: number | undefined): Date | undefined {
  return epochMilliseconds === undefined ? undefined : new Date(epochMilliseconds);
}
