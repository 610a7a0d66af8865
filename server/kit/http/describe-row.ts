import type { FastifySchema } from 'fastify';
import type { Examples } from './endpoint.ts';
import type { InputSchema } from './input-schema.ts';
import { changesSomething } from './reader-rules.ts';
import type { ApiCaller, ApiRow, Row } from './route-table.ts';

/** What OpenAPI says of a row. Pages and providers' notices are no part of the API that clients call. */
export function describeRow<Context, Caller extends ApiCaller>(row: Row<Context, Caller>): FastifySchema {
  return row.who === 'browser' || row.who === 'provider' ? { hide: true } : describeOperation(row);
}

function describeOperation<Context, Caller extends ApiCaller>(row: ApiRow<Context, Caller>): FastifySchema {
  const { endpoint } = row;
  const schema: FastifySchema = {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    tags: [tagOf(row.path)],
    security: securityOf(row),
    response: describeReplies(row),
  };
  if (endpoint.description !== undefined) schema.description = endpoint.description;
  if (endpoint.params) schema.params = withExamples(publicSchema(endpoint.params), endpoint.examples?.params);
  if (endpoint.query) schema.querystring = publicSchema(endpoint.query);
  if (endpoint.body) schema.body = { ...publicSchema(endpoint.body), ...exampleOf(endpoint.examples?.body) };
  if (endpoint.changes === true && row.method === 'POST') schema.headers = idempotencyHeader;
  return schema;
}

function securityOf<Context, Caller extends ApiCaller>(row: ApiRow<Context, Caller>) {
  switch (row.who) {
    case 'client':
      return [{ accessToken: [row.scope] }];
    case 'user':
      return [{ readerToken: [] }];
    case 'anyone':
      return [];
  }
}

const idempotencyHeader = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      description:
        'A repeat with the same key gets the first reply for 72 hours. Required in the strict profile.',
    },
  },
};

function describeReplies<Context, Caller extends ApiCaller>(
  row: ApiRow<Context, Caller>,
): Record<string, object> {
  const { endpoint } = row;
  const hasToken = row.who !== 'anyone';
  const replies: Record<string, object> = {
    [endpoint.status ?? 200]: {
      description: 'Done',
      ...publicSchema(endpoint.reply),
      ...exampleOf(endpoint.examples?.reply),
    },
    400: problem('The request breaks a rule'),
    503: problem('Busy; try again after Retry-After'),
    default: problem('Any other refusal'),
  };
  if (hasToken) {
    replies[401] = bearer('The access token is missing or not valid');
    replies[403] = bearer(refusalOf(row));
    replies[429] = problem('The rate limit is used up; try again after Retry-After');
  }
  if (endpoint.params) replies[404] = problem('Nothing with this id');
  if (endpoint.changes === true) {
    replies[409] = problem('The state does not allow it');
    replies[422] = problem('The idempotency key belongs to another request');
  }
  return replies;
}

function refusalOf<Context, Caller extends ApiCaller>(row: ApiRow<Context, Caller>): string {
  const needsFreshLogin = row.who === 'user' && changesSomething(row);
  const scope = 'The token lacks the scope';
  return needsFreshLogin ? `${scope}, or the reader must log in anew (fresh_login_required)` : scope;
}

const problem = (description: string) => ({ description, $ref: 'Problem#' });
const bearer = (description: string) => ({ description, $ref: 'BearerError#' });

/** Schemas that many operations name. */
export const sharedSchemas = [
  {
    $id: 'Problem',
    type: 'object',
    description: "A problem document (RFC 9457), with the original's exceptionType and errorMessage.",
    required: [
      'type',
      'title',
      'status',
      'detail',
      'code',
      'fields',
      'requestId',
      'exceptionType',
      'errorMessage',
    ],
    properties: {
      type: { type: 'string', description: 'A page about the broken rule' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'string', description: 'The broken rule, for programs' },
      fields: {
        type: 'array',
        items: {
          type: 'object',
          required: ['field', 'rule', 'message'],
          properties: {
            field: { type: 'string' },
            rule: { type: 'string' },
            message: { type: 'string' },
          },
        },
      },
      requestId: { type: 'string' },
      exceptionType: { type: 'string' },
      errorMessage: { type: 'string' },
      error: { type: 'string', description: 'the code again, where nothing was found' },
    },
  },
  {
    $id: 'BearerError',
    type: 'object',
    description: 'A refusal of the access token (RFC 6750).',
    required: ['error', 'error_description'],
    properties: { error: { type: 'string' }, error_description: { type: 'string' } },
  },
] as const;

/** The schema without the keywords that only our reader knows. */
function publicSchema(schema: InputSchema): InputSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      ownKeywords.has(key) ? undefined : mayBeNull(value) ? withNull(value) : value,
    ),
  );
}

type Nullable = { type: string; enum?: readonly unknown[]; 'x-null': 'default' };

function mayBeNull(value: unknown): value is Nullable {
  return typeof value === 'object' && value !== null && 'x-null' in value && 'type' in value;
}

/** Our reader knows null by its keyword, everybody else by the type. */
function withNull({ type, ...schema }: Nullable): object {
  return { ...schema, type: [type, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
}

function withExamples(schema: InputSchema, examples: Examples['params'] = {}): InputSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    { ...property, ...(examples[name] !== undefined && { examples: [examples[name]] }) },
  ]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

const ownKeywords = new Set(['decimalText', 'keepsAnything', 'alsoCalled', 'formerly']);

function exampleOf(example: object | undefined): { examples?: object[] } {
  return example === undefined ? {} : { examples: [example] };
}

/** The first word of the path after who it is for: `/capi/v1/client/order/:orderId` is about `order`. */
function tagOf(path: string): string {
  const words = path.split('/').filter((word) => !['', 'capi', 'v1', 'client', 'customer'].includes(word));
  return words.find((word) => !word.startsWith(':')) ?? 'other';
}
