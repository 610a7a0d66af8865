import { Ajv, type ErrorObject } from 'ajv';

/**
 * A body or query that breaks a rule; the HTTP layer answers it with `statusCode` and names field and rule.
 */
export class BadInput extends Error {
  readonly statusCode: number;
  readonly field: string;
  readonly rule: string;

  constructor(field: string, rule: string, message: string, statusCode = 400) {
    super(message);
    this.field = field;
    this.rule = rule;
    this.statusCode = statusCode;
  }
}

const ajv = new Ajv({ allErrors: false, useDefaults: true, strict: true });
ajv.addFormat('http-url', (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''));

/** Makes a function that parses outside data into `T`, which the schema must describe; throws `BadInput`. */
export function inputReader<T>(schema: object): (data: unknown) => T {
  const valid = ajv.compile<T>(schema);
  return (data) => {
    const copy: unknown = structuredClone(data);
    if (valid(copy)) return copy;
    const error = valid.errors?.[0];
    throw new BadInput(fieldOf(error), error?.keyword ?? 'schema', error?.message ?? 'is not valid');
  };
}

/** The path of the field that an ajv error speaks of, with dots: `sendRequestMessages.0.source`. */
export function fieldOf(error: ErrorObject | undefined): string {
  const path = (error?.instancePath ?? '').slice(1).replaceAll('/', '.');
  const own: unknown = error?.params['missingProperty'] ?? error?.params['additionalProperty'];
  return [path, own].filter((part) => typeof part === 'string' && part !== '').join('.');
}
