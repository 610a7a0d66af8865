import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import { cleanCode } from '../kit/clean-text.ts';
import type { Warning } from '../kit/http/read-input.ts';
import { type Currency, formatMajor, isCurrency } from '../kit/money.ts';
import { collectRefusals, type Refusals } from '../kit/refusals.ts';
import { chargesByMobile } from '../payments/merchants/find-method.ts';
import type { Client, Publisher } from '../publishers/publisher.ts';
import { checkAgreement } from './check-agreement.ts';
import { type Accounts, checkMethod, type HowPaid } from './check-method.ts';
import { readLinePromises, readMarketingCoupon } from './check-promises.ts';
import type { NewLine, NewOrder } from './new-order.ts';
import type { CurrentBody, OrderBody, OrderLineBody } from './order-body.ts';
import { isNamed, isReached } from './payer-facts.ts';
import { takerOf } from './payment-methods.ts';
import { isBelowLargest, priceLine, readAmount } from './price-line.ts';
import { readAcceptedTerms } from './read-accepted-terms.ts';
import { readOrderDate } from './read-order-date.ts';
import { readParty } from './read-party.ts';
import { readPrepayment } from './read-prepayment.ts';
import { withCurrentMethod } from './with-current-method.ts';

export type OrderReader = {
  client: Client;
  catalogue: CatalogueSnapshot;
  credentialHash: Buffer;
  /** Signs what was paid before registration. */
  paymentResultKey: Buffer;
  accounts: Accounts;
  now: Date;
  warnings: Warning[];
};

type Reading = OrderReader & { publisher: Publisher; refusals: Refusals; currency: Currency };

/**
 * Turns the request into an order that can be saved: every rule that needs no database beyond the catalogue
 * snapshot is checked here. Throws one problem that names each broken rule.
 */
export async function readNewOrder(reader: OrderReader, given: OrderBody): Promise<NewOrder> {
  const refusals = collectRefusals(reader.warnings);
  const body = withCurrentMethod(refusals, given);
  const currency = readCurrency(reader, refusals, body);
  const reading: Reading = { ...reader, refusals, currency, publisher: reader.client.publisher };
  const order = identify(body);
  checkMethod(reading, order);
  const { country, ...payer } = readPayer(reading, body);
  const attributes = attributesOf(reading, body);
  const lines = body.orderLines.flatMap((line, index) => readLine(reading, body, line, index, country) ?? []);
  const orderedAt = readOrderDate(reading, 'moment', 'orderDate', body.orderDate);
  refusals.throwIfAny();
  const amountMinor = sumLines(reading, body, lines);
  checkAgreement(reading, order, lines);
  const prepayment = await readPrepayment(reading, body, amountMinor);
  refusals.throwIfAny();
  return {
    client: reader.client,
    externalOrderId: order.externalOrderId,
    customerNumber: body.payer.customerNumber,
    uniqueUserId: body.uniqueUserId?.toLowerCase(),
    paymentMethod: order.paymentMethod,
    prepaid: order.prepaid,
    recurring: order.recurring,
    earlyStart: body.earlyStart,
    merchantId: order.merchantId,
    amountMinor,
    currency: reading.currency,
    orderedAt,
    attributes,
    payer,
    lines,
    prepayment,
    catalogueVersion: reader.catalogue.version,
  };
}

/** How the order is paid, and the names by which others find it again. */
function identify(body: CurrentBody): HowPaid & Pick<NewOrder, 'externalOrderId'> {
  return {
    externalOrderId: readCode(body.externalOrderId),
    paymentMethod: body.paymentMethod,
    merchantId: readCode(body.merchantId),
    prepaid: body.prepaid ?? false,
    recurring: body.recurring ?? false,
  };
}

/** An optional identifier; one that nobody would see is none. */
function readCode(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanCode(text) || undefined;
}

function readCurrency(reader: OrderReader, refusals: Refusals, body: CurrentBody): Currency {
  const code = body.currency?.toUpperCase() ?? reader.client.publisher.currency;
  if (isCurrency(code)) return code;
  refusals.refuse('currency_differs', 'currency', `currency ${code} is not supported`);
  return reader.client.publisher.currency;
}

function readPayer(reading: Reading, body: CurrentBody): ReturnType<typeof readParty> {
  const { refusals } = reading;
  const payer = readParty(reading, body.payer, 'payer');
  if (!isNamed(body.payer)) {
    refusals.refuse('payer_is_incomplete', 'payer.lastName', 'payer needs lastName or companyName');
  }
  if (!isReached(body.payer)) {
    refusals.refuse('payer_is_incomplete', 'payer.emails', 'payer needs one of emails and phoneNumbers');
  }
  if (body.paymentMethod && chargesByMobile(body.paymentMethod) && !payer.mobile) {
    refusals.refuse(
      'mobile_is_required',
      'payer.phoneNumbers',
      `paymentMethod ${body.paymentMethod} needs a mobile number of the payer`,
    );
  }
  return payer;
}

function readLine(
  reading: Reading,
  body: CurrentBody,
  line: OrderLineBody,
  index: number,
  payerCountry: string | undefined,
): NewLine | undefined {
  const field = `orderLines[${index}]`;
  const { refusals } = reading;
  const isFree = takerOf(body.paymentMethod) === 'nobody';
  const priced = priceLine({ ...reading, isFree }, line, field);
  const receiver = line.receiver && readParty(reading, line.receiver, `${field}.receiver`, payerCountry);
  const startField = `${field}.startInfo.startDate`;
  const startsAt = readOrderDate(reading, 'start', startField, line.startInfo?.startDate);
  checkAccessAsked(refusals, line, field);
  const attributes = lineAttributes(refusals, line, field);
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
    attributes,
  };
}

/** Access is asked for by what and for how long; half of it would open nothing, or open it for good. */
function checkAccessAsked(refusals: Refusals, line: OrderLineBody, field: string): void {
  const { productSpecType, allowAccessProduct, allowAccessCategoryType, allowAccessSeconds } = line;
  if (allowAccessProduct !== undefined && productSpecType !== 'issue' && allowAccessSeconds === undefined) {
    const path = `${field}.allowAccessSeconds`;
    refusals.refuse('input_is_invalid', path, `${path} is required with allowAccessProduct`);
  }
  const isOfNothing = allowAccessProduct === undefined && allowAccessCategoryType === undefined;
  if (allowAccessSeconds !== undefined && isOfNothing && productSpecType !== 'article') {
    const path = `${field}.allowAccessProduct`;
    const message = `${path} or allowAccessCategoryType is required with allowAccessSeconds`;
    refusals.refuse('input_is_invalid', path, message);
  }
}

function sumLines(reading: Reading, body: CurrentBody, lines: readonly NewLine[]): number {
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

function attributesOf(reading: Reading, body: CurrentBody): Record<string, unknown> {
  const { campaignParameters, companyCode, customerReference, seller, salesMethod } = body;
  return {
    ...readMarketingCoupon(reading.refusals, body),
    campaignParameters,
    companyCode,
    customerReference,
    seller,
    salesMethod,
    acceptedTerms: readAcceptedTerms(reading, body.acceptedTerms),
  };
}

function lineAttributes(refusals: Refusals, line: OrderLineBody, field: string): Record<string, unknown> {
  const { categoryCode, articleDetail, startInfo } = line;
  return {
    ...readLinePromises(refusals, line, field),
    categoryCode,
    articleDetail,
    startIssue: startInfo?.startIssue,
  };
}
