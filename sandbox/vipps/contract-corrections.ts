export type Schema = { [key: string]: unknown };

const orderId = { type: 'string', pattern: '^[a-zA-Z0-9-]{1,50}$' };
const sentence = { type: 'string', minLength: 1, maxLength: 100 };
/** Shown under the product's name in the app; longer ones are refused by size. */
const line = { type: 'string', minLength: 1, maxLength: 45 };

/**
 * Where the files say less than Vipps MobilePay's guides, or something that cannot be meant. The recurring
 * file is of 2023: pricing without a ceiling, unscheduled charges, the way of processing and two currencies
 * came later. A field that no document names is refused, so that a misspelled one is seen.
 */
export const corrections: Readonly<Record<string, (schema: Schema) => Schema>> = {
  CustomerPhoneNumber: closed({}, ['phoneNumber']),
  PersonalQrCode: closed({}, ['personalQr']),
  CustomerToken: closed({}, ['customerToken']),
  CreatePaymentRequest: closed({}),
  CaptureModificationRequest: closed({}),
  RefundModificationRequest: closed({}),
  CancelModificationRequest: closed({}),
  CurrencyV3: (schema) => ({ ...schema, enum: ['NOK', 'DKK', 'EUR'] }),
  pricingRequest: closed({
    type: { type: 'string', enum: ['LEGACY', 'VARIABLE', 'FLEXIBLE'] },
    // The most is another in each currency; see `recurring/limits.ts`.
    suggestedMaxAmount: { type: 'integer', minimum: 100 },
  }),
  InitialChargeV3: closed({ orderId, description: line, amount: { type: 'integer', minimum: 100 } }),
  DraftAgreementV3: closed(
    {
      phoneNumber: { type: 'string', pattern: '^\\d{9,15}$' },
      countryCode: { type: 'string', enum: ['NO', 'DK', 'FI'] },
    },
    ['pricing', 'merchantAgreementUrl', 'merchantRedirectUrl', 'productName'],
  ),
  PatchAgreementV3: closed({}),
  CreateChargeV3: closed(
    {
      orderId,
      description: line,
      due: { type: 'string', format: 'date' },
      type: { type: 'string', enum: ['RECURRING', 'UNSCHEDULED'] },
      processingMode: { type: 'string', enum: ['MULTIPLE_ATTEMPTS', 'SINGLE_ATTEMPT'] },
    },
    ['amount', 'description', 'transactionType'],
  ),
  CaptureRequestV3: closed({ description: sentence }),
  RefundRequest: closed({ description: sentence }),
  // The file writes `\d{10+}`, which is no expression, and has no word for an id that was not given.
  ChargeResponseV3: changed({
    transactionId: { type: 'string', pattern: '^\\d{10,}$' },
    externalId: { type: 'string', nullable: true, maxLength: 64 },
  }),
  AgreementResponseV3: changed({
    countryCode: { type: 'string', enum: ['NO', 'DK', 'FI'] },
    campaign: { anyOf: [{ $ref: '#/components/schemas/campaignResponseV3' }, { type: 'null' }] },
  }),
  // Its kinds are told apart by their type, and each fits the next one's fields too.
  campaignResponseV3: ({ oneOf }) => ({ anyOf: oneOf }),
};

function changed(properties: Schema): (schema: Schema) => Schema {
  return (schema) => ({ ...schema, properties: { ...(schema['properties'] as Schema), ...properties } });
}

function closed(properties: Schema, required?: string[]): (schema: Schema) => Schema {
  return (schema) => ({
    ...schema,
    additionalProperties: false,
    properties: { ...(schema['properties'] as Schema), ...properties },
    ...(required && { required }),
  });
}
