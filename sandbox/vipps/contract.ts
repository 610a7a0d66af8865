import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { fieldOf } from '../kit/bad-input.ts';
import { corrections, type Schema } from './contract-corrections.ts';

/** The first rule that a request breaks; `field` is a header's name or a path in the body. */
export type Broken = { field: string; message: string };

type Parameter = { $ref?: string; name: string; in: string; required?: boolean; schema: Schema };
type Content = { 'application/json': { schema: Schema } };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { content?: Content }>;
};
type Document = {
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
};
type Compiled = {
  parameters: { parameter: Parameter; isValid: ValidateFunction }[];
  body: ValidateFunction | undefined;
  isBodyRequired: boolean;
  /** By status; of those alone that the specification says something of. */
  replies: Map<number, ValidateFunction>;
};

const documents = [
  { file: 'epayment-1.8.1.openapi.json', prefix: '/epayment' },
  { file: 'recurring-v3.openapi.json', prefix: '' },
  { file: 'webhooks-v1.openapi.json', prefix: '/webhooks' },
];

const operations = compileOperations();

/**
 * Checks headers, path and body against the specification of the operation, whose path is spelled as there
 * (`/epayment/v1/payments/{Reference}`). Throws when there is no such operation.
 */
export function findBroken(
  operation: string,
  request: { headers: IncomingHttpHeaders; parameters: Record<string, string>; body: unknown },
): Broken | undefined {
  const compiled = operations.get(operation);
  if (!compiled) throw new Error(`no specification has ${operation}`);
  return findBrokenParameter(compiled, request) ?? findBrokenBody(compiled, request.body);
}

/**
 * Checks an answer against the specification. `request` is a method and a path as it was called; what no
 * specification has, or says nothing of, is not broken.
 */
export function findBrokenReply(request: string, status: number, body: unknown): Broken | undefined {
  const operation = [...operations.keys()].find((one) => patternOf(one).test(request));
  const isValid = operations.get(operation ?? '')?.replies.get(status);
  if (!isValid || isValid(body)) return undefined;
  const error = isValid.errors?.[0];
  return { field: fieldOf(error) || 'body', message: error?.message ?? 'is not valid' };
}

/** Of `GET /a/{id}`: all calls of it. */
function patternOf(operation: string): RegExp {
  return new RegExp(`^${operation.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

function findBrokenParameter(
  compiled: Compiled,
  request: { headers: IncomingHttpHeaders; parameters: Record<string, string> },
): Broken | undefined {
  for (const { parameter, isValid } of compiled.parameters) {
    const { name, required } = parameter;
    const value = parameter.in === 'path' ? request.parameters[name] : request.headers[name.toLowerCase()];
    if (value === undefined) {
      if (required) return { field: name, message: 'is required' };
    } else if (!isValid(value)) {
      return { field: name, message: isValid.errors?.[0]?.message ?? 'is not valid' };
    }
  }
  return undefined;
}

function findBrokenBody(compiled: Compiled, body: unknown): Broken | undefined {
  if (!compiled.body) return undefined;
  if (body === undefined)
    return compiled.isBodyRequired ? { field: 'body', message: 'is required' } : undefined;
  if (compiled.body(body)) return undefined;
  const error: ErrorObject | undefined = compiled.body.errors?.[0];
  return { field: fieldOf(error) || 'body', message: error?.message ?? 'is not valid' };
}

function compileOperations(): Map<string, Compiled> {
  const compiled = new Map<string, Compiled>();
  for (const { file, prefix } of documents) {
    const document = readDocument(file);
    const ajv = new Ajv({ strict: false, logger: false });
    formats.default(ajv);
    for (const format of ['int32', 'int64']) ajv.addFormat(format, true);
    ajv.addSchema({ $id: file, components: { schemas: document.components.schemas } });
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of ['get', 'post', 'patch', 'delete']) {
        const operation = item[method];
        if (!operation) continue;
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
        const content = operation.requestBody?.content['application/json'].schema;
        compiled.set(`${method.toUpperCase()} ${prefix}${path}`, {
          parameters: parameters.map((parameter) => compileParameter(ajv, file, document, parameter)),
          body: content && ajv.compile(absolute(file, content)),
          isBodyRequired: operation.requestBody?.required ?? content !== undefined,
          replies: compileReplies(ajv, file, operation),
        });
      }
    }
  }
  return compiled;
}

function compileReplies(ajv: Ajv, file: string, { responses }: Operation): Compiled['replies'] {
  return new Map(
    Object.entries(responses).flatMap(([status, { content }]) => {
      const schema = content?.['application/json'].schema;
      return schema ? [[Number(status), ajv.compile(deepAbsolute(file, schema))]] : [];
    }),
  );
}

/** A list of things is told of in place, with the name of the thing in it. */
function deepAbsolute(file: string, schema: Schema): Schema {
  const items = schema['items'];
  return typeof items === 'object'
    ? { ...schema, items: absolute(file, items as Schema) }
    : absolute(file, schema);
}

function compileParameter(
  ajv: Ajv,
  file: string,
  document: Document,
  given: Parameter,
): Compiled['parameters'][number] {
  const parameter = document.components.parameters?.[given.$ref?.split('/').at(-1) ?? ''] ?? given;
  // What stands in a header, path or query is text, whatever it says.
  const schema = parameter.schema['type'] === 'integer' ? { type: 'string' } : parameter.schema;
  const isSent = parameter.in === 'header' || parameter.in === 'path';
  return { parameter, isValid: ajv.compile(isSent ? absolute(file, schema) : {}) };
}

function readDocument(file: string): Document {
  const url = new URL(`../../vipps/specs/${file}`, import.meta.url);
  const document = plain(JSON.parse(readFileSync(url, 'utf8'))) as Document;
  const { schemas } = document.components;
  for (const [name, correct] of Object.entries(corrections)) {
    const schema = schemas[name];
    if (schema) schemas[name] = correct(schema);
  }
  return document;
}

function absolute(file: string, schema: Schema): Schema {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? { $ref: `${file}${reference}` } : schema;
}

/** OpenAPI 3.0 says that what stands beside a `$ref` does not count; JSON Schema would count it. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value) return { $ref: value.$ref };
  const entries = Object.entries(value).filter(
    ([key]) => !key.startsWith('exclusive') && key !== 'discriminator',
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}
