import { api, sandboxApi } from '@leveret/server/api.js';
import { buildOpenApi } from '@leveret/server/openapi.js';
import type { Schema } from './schema.ts';

export type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: Schema };

/** One thing that can be called, with what its description says of input and output. */
export type Target = {
  name: string;
  method: string;
  /** As in `/capi/v1/client/order/{orderId}`. */
  path: string;
  kind: 'api' | 'token' | 'page' | 'notice';
  needsToken: boolean;
  parameters: readonly Parameter[];
  body: Schema | undefined;
  /** The schema of the reply by status. */
  replies: Readonly<Record<string, Schema>>;
};

type Described = { content?: Record<string, { schema: Schema }> };
type Operation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: Described;
  responses: Record<string, Described>;
  security?: Record<string, unknown>[];
};
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Schemas } };
type Schemas = Record<string, Schema>;

/** Everything a node answers in sandbox mode: what is described, pages, notices and the test clock. */
export async function listTargets(): Promise<Target[]> {
  const document = (await buildOpenApi()) as Document;
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => describedTarget(document, path, method, operation)),
  );
  return [...described, ...undescribed(), clock];
}

function describedTarget(document: Document, path: string, method: string, operation: Operation): Target {
  const { schemas } = document.components;
  const replies = Object.entries(operation.responses).flatMap(([status, reply]): [string, Schema][] => {
    const schema = schemaOf(reply);
    return schema ? [[status, resolve(schemas, schema)]] : [];
  });
  return {
    name: operation.operationId,
    method: method.toUpperCase(),
    path,
    kind: operation.operationId === 'get-token' ? 'token' : 'api',
    needsToken: operation.security?.some((one) => 'accessToken' in one) ?? false,
    parameters: operation.parameters ?? [],
    body: schemaOf(operation.requestBody),
    replies: Object.fromEntries(replies),
  };
}

function schemaOf(described: Described | undefined): Schema | undefined {
  return described?.content?.['application/json']?.schema;
}

function resolve(schemas: Schemas, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (schemas[schema.$ref.split('/').at(-1) ?? ''] ?? schema);
}

const text: Schema = { type: 'string' };
const textsIn = (place: 'path' | 'query', names: readonly string[]): Parameter[] =>
  names.map((name) => ({ name, in: place, schema: text }));
const pageQuery = ['orderId', 'clientId', 'returnUrl', 'errorUrl', 'waitingSince', 'leadOnSince'];
const formFields = ['nonce', 'credential', 'code'];

function undescribed(): Target[] {
  return api.flatMap((row): Target[] => {
    if (row.who !== 'browser' && row.who !== 'provider') return [];
    const inPath = [...row.path.matchAll(/:(\w+)/g)].flatMap((found) => found[1] ?? []);
    return [
      {
        name: row.endpoint.operationId,
        method: row.method,
        path: row.path.replaceAll(/:(\w+)/g, '{$1}'),
        kind: row.who === 'browser' ? 'page' : 'notice',
        needsToken: false,
        parameters: [...textsIn('path', inPath), ...textsIn('query', row.who === 'browser' ? pageQuery : [])],
        body: row.method === 'POST' ? bodyOf(row.who) : undefined,
        replies: {},
      },
    ];
  });
}

function bodyOf(who: 'browser' | 'provider'): Schema {
  const names = who === 'browser' ? formFields : ['refId', 'id', 'resultCode', 'operatorResultCode'];
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, text])) };
}

// Time must stand still, or the token of the calls that follow would end.
const clock: Target = {
  name: 'advanceClock',
  method: 'POST',
  path: sandboxApi[0]?.path ?? '/test/clock',
  kind: 'api',
  needsToken: false,
  parameters: [],
  body: { type: 'object', required: ['advanceSeconds'], properties: { advanceSeconds: { enum: [0] } } },
  replies: {},
};
