import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** One message, in the words of LINK's API. Sums are minor units, validity is in milliseconds. */
export type MessageRequest = {
  source: string;
  sourceTON?: 'ALPHANUMERIC' | 'SHORTNUMBER' | 'MSISDN';
  destination: string;
  userData?: string;
  tariff?: number;
  currency?: string;
  productDescription?: string;
  productCategory?: number;
  useDeliveryReport?: boolean;
  deliveryReportGates?: string[];
  relativeValidityTime?: number;
  absoluteValidityTime?: string;
  platformId: string;
  platformPartnerId: string;
  refId?: string;
  ignoreResponse?: boolean;
  customParameters?: Record<string, string>;
};

/** Many messages with the same account, gates and validity. */
export type BatchRequest = Omit<MessageRequest, 'source' | 'destination'> & {
  sendRequestMessages: (Pick<MessageRequest, 'source' | 'destination'> & Partial<MessageRequest>)[];
};

type Schema = { [key: string]: unknown };

/**
 * Where the OpenAPI file and LINK's own document disagree, the document stands: short numbers are called
 * SHORTNUMBER, custom parameters are strings, and a batch is a list of 1 to 1,000 messages, each with its
 * refId.
 */
const corrections: Record<string, (schema: Schema) => Schema> = {
  TypeOfNumber: (schema) => ({ ...schema, enum: ['ALPHANUMERIC', 'SHORTNUMBER', 'MSISDN'] }),
  SmsMessageRequest: withProperties({ customParameters: stringMap() }),
  SmsBatchMessage: withProperties({ customParameters: stringMap(), refId: { type: 'string' } }),
  SmsBatchSendRequest: (schema) => ({
    ...withProperties({
      customParameters: stringMap(),
      absoluteValidityTime: { type: 'string', format: 'date-time' },
      sendRequestMessages: {
        type: 'array',
        minItems: 1,
        maxItems: 1000,
        items: { $ref: '#/components/schemas/SmsBatchMessage' },
      },
    })(schema),
    required: ['platformId', 'platformPartnerId', 'sendRequestMessages'],
  }),
};

const contract = compileContract();

/** Is this a body for `POST /sms/send`? On false, `errors` says why. */
export const isMessageRequest: ValidateFunction<MessageRequest> = contract('SmsMessageRequest');

/** Is this a body for `POST /sms/sendbatch`? On false, `errors` says why. */
export const isBatchRequest: ValidateFunction<BatchRequest> = contract('SmsBatchSendRequest');

function compileContract(): <T>(name: string) => ValidateFunction<T> {
  const file = new URL('../../link/common-sms-v1.openapi.json', import.meta.url);
  const document = plain(JSON.parse(readFileSync(file, 'utf8'))) as {
    components: { schemas: Record<string, Schema> };
  };
  const schemas = document.components.schemas;
  for (const [name, correct] of Object.entries(corrections)) schemas[name] = correct(schemas[name] ?? {});

  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  ajv.addFormat('long', true);
  ajv.addSchema({ $id: 'link', components: { schemas } });
  return <T>(name: string) => ajv.compile<T>({ $ref: `link#/components/schemas/${name}` });
}

/** OpenAPI 3.0 says that what stands beside a `$ref` does not count; JSON Schema would count it. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value) return { $ref: value.$ref };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function withProperties(properties: Schema): (schema: Schema) => Schema {
  return (schema) => ({ ...schema, properties: { ...(schema['properties'] as Schema), ...properties } });
}

function stringMap(): Schema {
  return { type: 'object', additionalProperties: { type: 'string' } };
}
