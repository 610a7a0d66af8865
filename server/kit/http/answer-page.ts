import type { FastifyReply, FastifyRequest } from 'fastify';
import { visitorOrigin } from '../origin.ts';
import type { PageAnswer, PageCall, PageEndpoint } from './endpoint.ts';
import type { ContextFor } from './http-options.ts';
import { refuseMisspelt } from './page-parameters.ts';
import { bodyText, firstOfEach, onePerName, readForm } from './read-body.ts';
import { contentSecurityPolicy, pageHeaders } from './security-headers.ts';

/** The handler of one page: a form, a redirect or a file, with the headers that keep a reader safe. */
export function pageHandler<Context>(
  endpoint: PageEndpoint<Context>,
  context: Context,
  contextFor: ContextFor<Context>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const call = readPageCall(request);
    try {
      refuseMisspelt(Object.keys(call.query), endpoint.parameters ?? []);
    } catch (refusal) {
      request.publisherId = await endpoint.findPublisherId?.(context, call);
      throw refusal;
    }
    return writePage(reply, await endpoint.handlePage(contextFor(context, visitorOrigin), call));
  };
}

/** Writes a page's answer; the caller of `reply.send` is the framework's error handler too. */
export function writePage(reply: FastifyReply, answer: PageAnswer): FastifyReply {
  reply.headers(pageHeaders);
  reply.header('content-security-policy', contentSecurityPolicy(answer.allows, answer.framedBy));
  if (answer.framedBy !== undefined) reply.removeHeader('x-frame-options');
  if (answer.headers) reply.headers(answer.headers);
  if (answer.cookies && answer.cookies.length > 0) reply.header('set-cookie', answer.cookies);
  if (answer.redirectTo !== undefined) {
    return reply
      .code(answer.status ?? 303)
      .header('location', answer.redirectTo)
      .send('');
  }
  reply.code(answer.status ?? 200);
  if (answer.text) return reply.type(answer.text.type).send(answer.text.content);
  return reply.type('text/html; charset=utf-8').send(answer.html ?? '');
}

function readPageCall(request: FastifyRequest): PageCall {
  const headers = request.raw.headers;
  return {
    method: request.method,
    params: textsOf(request.params),
    query: onePerName(parametersOf(request)),
    form: readForm(headers, bodyText(request.body)),
    cookies: readCookies(headers.cookie),
    headers: {
      ...present('origin', headers.origin),
      ...present('acceptLanguage', headers['accept-language']),
      ...present('userAgent', headers['user-agent']),
      ...present('authorization', headers.authorization),
      ...present('referer', headers.referer),
      ...present('secFetchSite', oneText(headers['sec-fetch-site'])),
      ...present('secFetchMode', oneText(headers['sec-fetch-mode'])),
      ...present('secFetchDest', oneText(headers['sec-fetch-dest'])),
      ...present('purpose', oneText(headers['sec-purpose'] ?? headers['purpose'] ?? headers['x-moz'])),
    },
    address: request.ip,
    requestId: request.id,
  };
}

function present<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  const entry: Partial<Record<Name, string>> = {};
  if (value !== undefined) entry[name] = value;
  return entry;
}

function oneText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** The parameters of the address; of a repeated one the first counts. */
export function queryOf(request: FastifyRequest): Record<string, string> {
  return firstOfEach(parametersOf(request));
}

function parametersOf(request: FastifyRequest): URLSearchParams {
  const url = request.raw.url ?? '';
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}

export function textsOf(values: unknown): Record<string, string> {
  if (typeof values !== 'object' || values === null) return {};
  return firstOfEach(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** Cookies by name (RFC 6265, 5.4); of a repeated name the first, which has the longer path, counts. */
function readCookies(header: string | undefined): Record<string, string> {
  if (header === undefined) return {};
  const pairs = header.split(';').flatMap((part): [string, string][] => {
    const equals = part.indexOf('=');
    return equals === -1 ? [] : [[part.slice(0, equals).trim(), part.slice(equals + 1).trim()]];
  });
  return firstOfEach(pairs);
}
