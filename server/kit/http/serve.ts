import underPressure from '@fastify/under-pressure';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { Problem } from '../problem.ts';
import { type Admission, createAdmission, type WorkClass } from './admit-request.ts';
import { apiHandler, callerHook } from './answer-api.ts';
import { createErrorAnswerer, type ErrorAnswerer, operationOf } from './answer-error.ts';
import { noticeHandler } from './answer-notice.ts';
import { pageHandler } from './answer-page.ts';
import { answerClientError } from './client-errors.ts';
import { withoutCopied } from './copied-address.ts';
import { describeRow } from './describe-row.ts';
import {
  type ContextFor,
  defaultHttpLimits,
  type HttpLimits,
  type HttpLog,
  type HttpOptions,
} from './http-options.ts';
import { createReaderRules } from './reader-rules.ts';
import { refuseOtherMethods } from './refuse-other-methods.ts';
import { requestId } from './request-id.ts';
import type { ApiCaller, ApiUser, Row } from './route-table.ts';
import { strictTransport } from './security-headers.ts';
import { serveDocs } from './serve-docs.ts';

export type HttpServer = {
  /** Call `listen`, `inject` and `close` on it; plugins may be registered before the first of these. */
  app: FastifyInstance;
  admission: Admission;
};

/**
 * Builds the server of the table's rows. It reads input by our own rules, answers errors through one
 * translator, and refuses work that it has no room for. Nothing listens yet.
 */
export async function createHttpServer<Context, Caller extends ApiCaller>(
  options: HttpOptions<Context, Caller>,
): Promise<HttpServer> {
  const limits = { ...defaultHttpLimits, ...options.limits };
  const answerError = createErrorAnswerer(options);
  const app = createApp(options, limits, answerError);
  // It only measures: its own hook looks up more for each request than the comparison costs.
  await app.register(underPressure);
  const admission = createAdmission({
    limits,
    eventLoopDelayMilliseconds: () => app.memoryUsage().eventLoopDelay,
    ended: (request, reply) => tellIfSlow(request, reply, options.log, limits.slowMilliseconds),
  });
  app.addHook('onClose', async () => admission.close());
  await serveDocs(app, options);
  for (const row of options.rows) app.route(routeOf(row, options, admission));
  refuseOtherMethods(app, options.rows);
  return { app, admission };
}

function createApp<Context, Caller extends ApiCaller>(
  options: HttpOptions<Context, Caller>,
  limits: HttpLimits,
  answerError: ErrorAnswerer,
): FastifyInstance {
  const app = fastify({
    logger: false,
    requestIdHeader: false,
    genReqId: requestId,
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMilliseconds,
    keepAliveTimeout: limits.keepAliveMilliseconds,
    maxRequestsPerSocket: 0,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
    http: { headersTimeout: limits.headersMilliseconds, connectionsCheckingInterval: 1000 },
    rewriteUrl: (request) => {
      const url = rewriteAlias(request.url ?? '/', options.aliases ?? {});
      return withoutCopied(url, options.tokenPaths ?? []);
    },
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
      answerError(error, request, reply);
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, options.docsBase),
  });
  // Input is read by our own rules in the handler, from the text as it was sent.
  app.removeAllContentTypeParsers();
  // The framework remembers the parser of a type that is named, and takes any other apart at each request.
  app.addContentTypeParser(['application/json', '*'], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  // A body beside a GET is read as well, so that what it asks for is refused instead of passed over.
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerError(new Problem('not_found'), request, reply));
  addCommonHeaders(app, options.publicUrl.startsWith('https:'));
  return app;
}

function addCommonHeaders(app: FastifyInstance, isHttps: boolean): void {
  app.decorateRequest('apiCaller', undefined);
  app.decorateRequest('startedAtMilliseconds', 0);
  app.decorateRequest('publisherId', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    request.startedAtMilliseconds = performance.now();
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cache-control', 'no-store');
    if (isHttps) reply.header('strict-transport-security', strictTransport);
    done();
  });
}

function tellIfSlow(request: FastifyRequest, reply: FastifyReply, log: HttpLog, limit: number): void {
  const milliseconds = Math.round(performance.now() - request.startedAtMilliseconds);
  if (milliseconds <= limit) return;
  const facts = { operationId: operationOf(request), status: reply.statusCode, requestId: request.id };
  log.warn({ ...facts, milliseconds }, 'a request was slow');
}

function rewriteAlias(url: string, aliases: Readonly<Record<string, string>>): string {
  for (const alias in aliases) {
    if (!url.startsWith(alias)) continue;
    const next = alias.endsWith('/') ? undefined : url[alias.length];
    if (next === undefined || next === '/' || next === '?')
      return `${aliases[alias]}${url.slice(alias.length)}`;
  }
  return url;
}

function routeOf<Context, Caller extends ApiCaller>(
  row: Row<Context, Caller>,
  options: HttpOptions<Context, Caller>,
  admission: Admission,
): RouteOptions {
  const admit = admission.admit(workClassOf(row));
  return {
    method: row.method,
    url: row.path,
    schema: describeRow(row),
    config: { operationId: row.endpoint.operationId, isPage: row.who === 'browser' },
    onRequest: [admit, ...callerHooks(row, options, admission)],
    handler: handlerOf(row, options.context, options.contextFor ?? same),
    ...(row.bodyLimit === undefined ? {} : { bodyLimit: row.bodyLimit }),
  };
}

function callerHooks<Context, Caller extends ApiCaller>(
  row: Row<Context, Caller>,
  options: HttpOptions<Context, Caller>,
  admission: Admission,
) {
  switch (row.who) {
    case 'client':
      return [callerHook(row.scope, options, admission)];
    case 'user': {
      const { authenticateUser: authenticate, rateLimiter } = options;
      if (!authenticate) throw new Error(`nobody says who the reader is that calls ${row.path}`);
      const rules = createReaderRules(row, rateLimiter);
      return [callerHook<Caller & ApiUser>(row.scope, { authenticate, rateLimiter, rules }, admission)];
    }
    default:
      return [];
  }
}

function same<Context>(context: Context): Context {
  return context;
}

function handlerOf<Context, Caller extends ApiCaller>(
  row: Row<Context, Caller>,
  context: Context,
  contextFor: ContextFor<Context>,
): RouteOptions['handler'] {
  switch (row.who) {
    case 'client':
    case 'user':
    case 'anyone':
      return apiHandler(row, context, contextFor);
    case 'browser':
      return pageHandler(row.endpoint, context, contextFor);
    case 'provider':
      return noticeHandler(row.endpoint, context, contextFor);
  }
}

function workClassOf<Context, Caller extends ApiCaller>(row: Row<Context, Caller>): WorkClass {
  if (row.alwaysAnswers) return 'alwaysAnswers';
  if (row.who === 'provider') return 'notices';
  if (row.who === 'browser') return 'reads';
  return row.endpoint.changes ? 'changes' : 'reads';
}
