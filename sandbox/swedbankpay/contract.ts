import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Instrument } from './payment-order.ts';

type PayeeInfo = { payeeId: string; payeeReference: string; payeeName?: string; orderReference?: string };
type About = { currency: string; description: string; payeeInfo: PayeeInfo; payer?: { msisdn?: string } };
type Sums = { amount: number; vatAmount: number };
type Urls = { completeUrl: string; cancelUrl: string; callbackUrl?: string };

export type PurchaseRequest = {
  paymentorder: About &
    Sums & {
      operation: 'Purchase';
      instrument?: Instrument;
      generateUnscheduledToken?: boolean;
      urls: Urls;
    };
};
/** A card is looked at and kept, and nothing taken from it. */
export type VerifyRequest = {
  paymentorder: About & { operation: 'Verify'; generateUnscheduledToken?: boolean; urls: Urls };
};
export type UnscheduledRequest = {
  paymentorder: About &
    Sums & { operation: 'UnscheduledPurchase'; unscheduledToken: string; urls: { callbackUrl: string } };
};
export type TransactionRequest = {
  transaction: { description: string; amount: number; vatAmount: number; payeeReference: string };
};
export type CancellationRequest = { transaction: { description: string; payeeReference: string } };

const ajv = new Ajv({ strict: true, allErrors: false });
formats.default(ajv);
const text = { type: 'string', minLength: 1 };
const shortText = { ...text, maxLength: 40 };
const url = { type: 'string', format: 'uri', pattern: '^https?://' };
const amount = { type: 'integer', minimum: 1 };
const vatAmount = { type: 'integer', minimum: 0 };
const payeeReference = { type: 'string', pattern: '^[A-Za-z0-9]{1,30}$' };
const languages = 'da-DK de-DE et-EE en-US es-ES fi-FI fr-FR lt-LT lv-LV nb-NO pl-PL ru-RU sv-SE'.split(' ');

const orderItem = closed(
  {
    ...names(['reference', 'name', 'class', 'quantityUnit'], text),
    ...names(['itemUrl', 'imageUrl'], url),
    ...names(['description', 'discountDescription'], text),
    type: {
      enum: 'PRODUCT SERVICE SHIPPING_FEE PAYMENT_FEE DISCOUNT VALUE_CODE OTHER'.split(' '),
    },
    quantity: { type: 'number' },
    ...names(['unitPrice', 'discountPrice', 'vatPercent', 'amount', 'vatAmount'], { type: 'integer' }),
  },
  'reference name type class quantity quantityUnit unitPrice vatPercent amount vatAmount',
);
const orderItems = { type: 'array', items: orderItem };

/** `productName` is of version 3.0: in 3.1 the version stands in the media type, and nowhere else. */
const about = {
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  description: shortText,
  userAgent: text,
  language: { enum: languages },
  payeeInfo: closed(
    {
      ...names(['payeeId', 'payeeName', 'productCategory', 'subsite', 'siteId'], text),
      orderReference: { ...text, maxLength: 50 },
      receiptReference: { ...text, maxLength: 30 },
      payeeReference,
    },
    'payeeId payeeReference',
  ),
  payer: closed(
    {
      ...names(['firstName', 'lastName', 'payerReference'], text),
      email: { type: 'string', format: 'email' },
      msisdn: { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' },
    },
    '',
  ),
  orderItems,
};
const payment = { ...about, amount, vatAmount };
const alwaysNeeded = 'operation currency description userAgent language payeeInfo urls';
const tokens = names(['generateUnscheduledToken', 'generateRecurrenceToken'], { type: 'boolean' });
const urls = closed(
  {
    hostUrls: { type: 'array', minItems: 1, items: url },
    ...names('completeUrl cancelUrl paymentUrl callbackUrl termsOfServiceUrl logoUrl'.split(' '), url),
  },
  'hostUrls completeUrl cancelUrl',
);

/** Is this a body that asks for a payment of a buyer at a screen? On false, `errors` says why. */
export const isPurchase: ValidateFunction<PurchaseRequest> = inside(
  {
    ...payment,
    ...tokens,
    operation: { const: 'Purchase' },
    instrument: { enum: ['CreditCard', 'Swish'] },
    urls,
  },
  `${alwaysNeeded} amount vatAmount`,
);

/** Is this a body that asks a buyer at a screen for a card to keep? It names neither an amount nor how. */
export const isVerify: ValidateFunction<VerifyRequest> = inside(
  { ...about, ...tokens, operation: { const: 'Verify' }, urls },
  alwaysNeeded,
);

/** Is this a body that charges a stored card? */
export const isUnscheduled: ValidateFunction<UnscheduledRequest> = inside(
  {
    ...payment,
    operation: { const: 'UnscheduledPurchase' },
    unscheduledToken: text,
    urls: closed({ callbackUrl: url }, 'callbackUrl'),
  },
  `${alwaysNeeded} amount vatAmount unscheduledToken`,
);

export const isAbort: ValidateFunction<object> = inside(
  {
    operation: { const: 'Abort' },
    abortReason: { enum: ['CancelledByConsumer', 'CancelledByCustomer'] },
  },
  'operation abortReason',
);

const moved = {
  description: shortText,
  amount,
  vatAmount,
  payeeReference,
  receiptReference: text,
  orderItems,
};

/** Is this the body of a capture or reversal? */
export const isTransaction: ValidateFunction<TransactionRequest> = ajv.compile<TransactionRequest>(
  closed({ transaction: closed(moved, 'description amount vatAmount payeeReference') }, 'transaction'),
);

export const isCancellation: ValidateFunction<CancellationRequest> = ajv.compile<CancellationRequest>(
  closed(
    { transaction: closed({ description: shortText, payeeReference }, 'description payeeReference') },
    'transaction',
  ),
);

export const isTokenDeletion: ValidateFunction<object> = ajv.compile<object>(
  closed({ state: { const: 'Deleted' }, comment: text }, 'state comment'),
);

function inside<T>(properties: object, required: string): ValidateFunction<T> {
  return ajv.compile<T>(closed({ paymentorder: closed(properties, required) }, 'paymentorder'));
}

/** An object that may hold nothing else. */
function closed(properties: object, required: string): object {
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    required: required.split(' ').filter((name) => name !== ''),
  };
}

function names(all: string[], schema: object): object {
  return Object.fromEntries(all.map((name) => [name, schema]));
}
