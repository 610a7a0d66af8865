export type Schema = { [key: string]: unknown };

const orderId = { type: 'string', pattern: '^[a-zA-Z0-9-]{1,50}$' };
const sentence = { type: 'string', minLength: 1, maxLength: 100 };

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
  pricingRequest: closed({ type: { type: 'string', enum: ['LEGACY', 'VARIABLE', 'FLEXIBLE'] } }),
  InitialChargeV3: closed({ orderId, description: sentence, amount: { type: 'integer', minimum: 100 } }),
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
      description: sentence,
      due: { type: 'string', format: 'date' },
      type: { type: 'string', enum: ['RECURRING', 'UNSCHEDULED'] },
      processingMode: { type: 'string', enum: ['MULTIPLE_ATTEMPTS', 'SINGLE_ATTEMPT'] },
    },
    ['amount', 'description', 'transactionType'],
  ),
  CaptureRequestV3: closed({ description: sentence }),
  RefundRequest: closed({ description: sentence }),
};

function closed(properties: Schema, required?: string[]): (schema: Schema) => Schema {
  return (schema) => ({
    ...schema,
    additionalProperties: false,
    properties: { ...(schema['properties'] as Schema), ...properties },
    ...(required && { required }),
  });
}
