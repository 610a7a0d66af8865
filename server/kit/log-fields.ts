import { describeError } from './log-error.ts';

type ReadText = (value: unknown) => string;

const refused = '[refused]';

const text =
  (pattern: RegExp): ReadText =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : refused;

const id = text(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/u);
const word = text(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/u);
const phrase = text(/^[A-Za-z][A-Za-z0-9_ -]{0,63}$/u);
/** A pattern such as `/orders/:orderId`; a segment as long as a token is no part of a pattern. */
const route = text(/^(\/(:?[A-Za-z.][A-Za-z0-9._-]{0,31}|\{[A-Za-z]{1,31}\}|\*)?){1,12}$/u);
const host = text(/^[A-Za-z0-9.-]{1,253}$|^[0-9a-f:.]{2,45}$/u);

/**
 * Everything a log line may carry, each with the form its value must have. A key that is not here is
 * dropped, a value of another form is replaced: personal data and secrets have no way in.
 */
const textFields = {
  requestId: id,
  operationId: word,
  method: word,
  route,
  clientId: id,
  provider: word,
  operation: phrase,
  jobName: phrase,
  event: phrase,
  code: word,
  reason: phrase,
  state: phrase,
  host,
  nodeId: id,
  release: id,
} satisfies Record<string, ReadText>;

const numberFields = [
  'status',
  'milliseconds',
  'publisherId',
  'orderId',
  'customerNumber',
  'attemptId',
  'paymentId',
  'caseId',
  'callbackId',
  'messageId',
  'subscriptionId',
  'invoiceId',
  'jobId',
  'count',
  'port',
] as const;

type TextField = keyof typeof textFields;
type NumberField = (typeof numberFields)[number];

/** The fields of a log line; unknown ones do not compile, and are dropped when they come anyway. */
export type LogFields = { [Name in TextField]?: string | undefined } & {
  [Name in NumberField]?: number | undefined;
} & { error?: unknown };

export function cleanFields(given: LogFields): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (name === 'error') clean['error'] = describeError(value);
    else if (isTextField(name)) clean[name] = textFields[name](value);
    else if (isNumberField(name)) clean[name] = typeof value === 'number' ? value : refused;
  }
  return clean;
}

function isTextField(name: string): name is TextField {
  return Object.hasOwn(textFields, name);
}

function isNumberField(name: string): name is NumberField {
  return numberFields.some((known) => known === name);
}
