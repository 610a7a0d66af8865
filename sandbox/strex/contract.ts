import { Ajv, type ValidateFunction } from 'ajv';

/** A charge, in the words of the API. `price` is kroner with at most two decimals. */
export type TransactionRequest = {
  transactionId: string;
  shortNumber: string;
  recipient: string;
  merchantId: string;
  price: number;
  serviceCode: string;
  invoiceText: string;
  age?: number;
  /** Minutes until a buyer who has not answered is given up. */
  timeout?: number;
  deliveryMode?: 'AtMostOnce' | 'AtLeastOnce';
  smsConfirmation?: boolean;
  oneTimePassword?: string;
  properties?: Record<string, unknown>;
};

export type OneTimePasswordRequest = {
  transactionId: string;
  merchantId: string;
  recipient: string;
  recurring: boolean;
  messagePrefix?: string;
  messageSuffix?: string;
  timeToLive?: number;
};

const text = { type: 'string', minLength: 1 };
const transactionId = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,99}$' };
const mobile = { type: 'string', pattern: '^\\+47\\d{8}$' };
const ajv = new Ajv({ strict: true, strictRequired: false });

/**
 * Is this a body for `POST /api/strex/transactions`? Our own schema, from the user guide and the fields of
 * the SDKs (github Target365/sdk-for-net, `StrexTransaction`), which have none for the address of reports:
 * the provider publishes its description online only. On false, `errors` says why.
 */
export const isTransactionRequest: ValidateFunction<TransactionRequest> = ajv.compile({
  type: 'object',
  additionalProperties: false,
  required: [
    'transactionId',
    'shortNumber',
    'recipient',
    'merchantId',
    'price',
    'serviceCode',
    'invoiceText',
  ],
  oneOf: [
    { required: ['smsConfirmation'], properties: { smsConfirmation: { const: true } } },
    { required: ['oneTimePassword'] },
  ],
  properties: {
    transactionId,
    shortNumber: { type: 'string', pattern: '^\\d{4,5}$' },
    recipient: mobile,
    merchantId: text,
    price: { type: 'number', exclusiveMinimum: 0, maximum: 10_000 },
    serviceCode: { type: 'string', pattern: '^\\d{5}$' },
    invoiceText: { ...text, maxLength: 50 },
    businessModel: text,
    isRestricted: { type: 'boolean' },
    preAuthServiceId: text,
    preAuthServiceDescription: text,
    content: text,
    sessionId: text,
    correlationId: text,
    keywordId: text,
    tags: { type: 'array', items: text },
    age: { type: 'integer', minimum: 0, maximum: 99 },
    timeout: { type: 'integer', minimum: 1, maximum: 1440 },
    deliveryMode: { enum: ['AtMostOnce', 'AtLeastOnce'] },
    smsConfirmation: { type: 'boolean' },
    oneTimePassword: text,
    properties: { type: 'object' },
  },
});

/** Is this a body for `POST /api/strex/one-time-passwords`? On false, `errors` says why. */
export const isOneTimePasswordRequest: ValidateFunction<OneTimePasswordRequest> = ajv.compile({
  type: 'object',
  additionalProperties: false,
  required: ['transactionId', 'merchantId', 'recipient', 'recurring'],
  properties: {
    transactionId,
    merchantId: text,
    recipient: mobile,
    recurring: { type: 'boolean' },
    sender: text,
    messagePrefix: { type: 'string' },
    messageSuffix: { type: 'string' },
    timeToLive: { type: 'integer', minimum: 1, maximum: 1440 },
  },
});

/** The price in øre, or undefined where it has more than two decimals. */
export function minorOf(price: number): number | undefined {
  const minor = Math.round(price * 100);
  return Math.abs(price * 100 - minor) < 1e-6 ? minor : undefined;
}
