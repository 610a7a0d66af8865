import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { fieldOf } from '../kit/bad-input.ts';

/** Written from the facts of the published API; amounts are minor units, `tax_rate` 2500 is 25 %. */
export type OrderLine = {
  type?: string;
  reference?: string;
  name: string;
  quantity: number;
  unit_price: number;
  tax_rate: number;
  total_amount: number;
  total_discount_amount?: number;
  total_tax_amount: number;
  /** How often it is paid again. */
  subscription?: { name: string; interval: string; interval_count: number };
};

export type MerchantUrls = {
  terms: string;
  checkout: string;
  confirmation: string;
  push: string;
  validation?: string;
  notification?: string;
};

/** The sums of an order, and the lines that make them up. */
export type Purchase = {
  purchase_currency: string;
  locale: string;
  order_amount: number;
  order_tax_amount: number;
  order_lines: OrderLine[];
  merchant_reference1?: string;
  merchant_reference2?: string;
  merchant_data?: string;
};

export type CheckoutRequest = Purchase & {
  purchase_country: string;
  merchant_urls: MerchantUrls;
  billing_address?: { email?: string; phone?: string };
  recurring?: boolean;
  options?: { require_validate_callback_success?: boolean; auto_capture?: boolean };
};

export type TokenOrderRequest = Purchase & { auto_capture?: boolean };

/** A capture or a refund, by the name of its amount. */
export type CaptureRequest = {
  captured_amount: number;
  description?: string;
  reference?: string;
  order_lines?: OrderLine[];
};
export type RefundRequest = Omit<CaptureRequest, 'captured_amount'> & { refunded_amount: number };

const text = (maxLength: number, minLength = 0) => ({ type: 'string', minLength, maxLength });
const integer = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });
const largestMinor = 100_000_000;
/** Over TLS, but for this machine itself. */
const url = {
  type: 'string',
  pattern: '^https://|^http://(localhost|127\\.0\\.0\\.1|\\[::1\\])[:/]',
  maxLength: 2000,
};

function object(properties: Record<string, object>, required: string[] = []): object {
  return { type: 'object', additionalProperties: false, properties, required };
}

const line = object(
  {
    type: {
      enum: [
        ...['physical', 'discount', 'shipping_fee', 'sales_tax', 'digital', 'gift_card', 'store_credit'],
        ...['surcharge', 'return_fee'],
      ],
    },
    reference: text(255),
    name: text(255, 1),
    quantity: integer(0, Number.MAX_SAFE_INTEGER),
    quantity_unit: text(10),
    unit_price: integer(-largestMinor, largestMinor),
    tax_rate: integer(0, 10_000),
    total_amount: integer(-largestMinor, largestMinor),
    total_discount_amount: integer(0, largestMinor),
    total_tax_amount: integer(-largestMinor, largestMinor),
    merchant_data: text(1024),
    subscription: object(
      {
        name: text(255, 1),
        interval: { enum: ['DAY', 'WEEK', 'MONTH', 'YEAR'] },
        interval_count: integer(1, 1000),
      },
      ['name', 'interval', 'interval_count'],
    ),
  },
  ['name', 'quantity', 'unit_price', 'tax_rate', 'total_amount', 'total_tax_amount'],
);
const lines = { type: 'array', minItems: 1, maxItems: 1000, items: line };

const purchase = {
  purchase_currency: { type: 'string', pattern: '^[A-Za-z]{3}$' },
  locale: { type: 'string', pattern: '^[A-Za-z]{2}(-[A-Za-z]{2})*$' },
  order_amount: integer(0, largestMinor),
  order_tax_amount: integer(0, largestMinor),
  order_lines: lines,
  merchant_reference1: text(255),
  merchant_reference2: text(255),
  merchant_data: text(6000),
};
const purchaseNeeds = ['purchase_currency', 'locale', 'order_amount', 'order_tax_amount', 'order_lines'];

const checkout = {
  ...purchase,
  purchase_country: { type: 'string', pattern: '^[A-Za-z]{2}$' },
  merchant_urls: object(
    {
      ...{ terms: url, checkout: url, confirmation: url, push: url },
      ...{ validation: url, notification: url, cancellation_terms: url },
    },
    ['terms', 'checkout', 'confirmation', 'push'],
  ),
  billing_address: object({ email: text(254), phone: text(100), country: text(2, 2) }),
  recurring: { type: 'boolean' },
  options: object({
    require_validate_callback_success: { type: 'boolean' },
    auto_capture: { type: 'boolean' },
  }),
};
const movement = { description: text(255), reference: text(255), order_lines: lines };

const ajv = new Ajv({ strict: true });
const compile = <T>(schema: object): ValidateFunction<T> => ajv.compile<T>(schema);

/** Each says whether this is a body for its operation; on false, its `errors` say why. */
export const isCheckoutRequest = compile<CheckoutRequest>(
  object(checkout, [...purchaseNeeds, 'purchase_country', 'merchant_urls']),
);
export const isCheckoutUpdate = compile<Partial<CheckoutRequest>>(object(checkout));
export const isTokenOrderRequest = compile<TokenOrderRequest>(
  object({ ...purchase, auto_capture: { type: 'boolean' } }, purchaseNeeds),
);
export const isCaptureRequest = compile<CaptureRequest>(
  object({ ...movement, captured_amount: integer(1, largestMinor), shipping_delay: integer(0, 9) }, [
    'captured_amount',
  ]),
);
export const isRefundRequest = compile<RefundRequest>(
  object({ ...movement, refunded_amount: integer(1, largestMinor) }, ['refunded_amount']),
);
export const isReferencesRequest = compile<Pick<Purchase, 'merchant_reference1' | 'merchant_reference2'>>(
  object({ merchant_reference1: text(255), merchant_reference2: text(255) }),
);
export const isTokenStatusRequest = compile<{ status: 'CANCELLED' }>(
  object({ status: { const: 'CANCELLED' } }, ['status']),
);

/** The first error in words: the field, then what is wrong with it. */
export function describeErrors(errors: ErrorObject[] | null | undefined): string {
  const [error] = errors ?? [];
  return `Bad value: ${fieldOf(error) || 'body'} ${error?.message ?? 'is not valid'}`;
}
