import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, problemBody } from '../problem.ts';
import { queryOf, writePage } from './answer-page.ts';
import { problemOf } from './explain-error.ts';
import type { ErrorPage, HttpLog } from './http-options.ts';

export type ErrorAnswerer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

type Options = {
  log: HttpLog;
  docsBase: string;
  explainError: (error: unknown) => Problem | undefined;
  errorPage?: ErrorPage;
};

/**
 * The one translator from errors to replies. Refusals of a bearer token are what RFC 6750 says; everything
 * else is a problem document (RFC 9457) with the original's two members.
 */
export function createErrorAnswerer(options: Options): ErrorAnswerer {
  return (error, request, reply) => {
    const problem = problemOf(error, options.explainError);
    if (problem.status >= 500) {
      const facts = {
        code: problem.code,
        operationId: operationOf(request),
        requestId: request.id,
        error,
      };
      // A shed request is no error of ours, and a flood of them may not become a flood of lines.
      if (error !== problem) options.log.error(facts, 'a request failed');
    }
    reply.code(problem.status);
    if (problem.status === 429 || problem.status === 503) {
      reply.header('retry-after', String(problem.retryAfterSeconds ?? 1));
    }
    if (options.errorPage && wantsPage(request)) {
      tellOnPage(options.errorPage, problem, request, reply);
      return reply;
    }
    if (problem.code === 'fresh_login_required') return askForFreshLogin(problem, request, reply, options);
    const bearer = bearerRefusal(problem);
    if (bearer) {
      reply.header('www-authenticate', bearer.challenge);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(bearer.body));
    }
    reply.type(problemType(request.headers.accept));
    return reply.send(JSON.stringify(problemBody(problem, request.id, options.docsBase)));
  };
}

/** The framework waits for a reply that is sent later; a page that fails itself ends in the plain problem. */
function tellOnPage(
  errorPage: ErrorPage,
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { id: requestId, method, publisherId } = request;
  const call = {
    method,
    requestId,
    acceptLanguage: request.headers['accept-language'],
    query: queryOf(request),
    publisherId,
  };
  errorPage(problem, call).then(
    (html) => writePage(reply, { status: problem.status, html }),
    () => reply.type('text/plain; charset=utf-8').send(problem.message),
  );
}

/** A page's own refusals, and a browser that came to an address where nothing is. */
function wantsPage(request: FastifyRequest): boolean {
  const { isPage, operationId } = request.routeOptions.config;
  if (operationId !== undefined) return isPage === true;
  return request.method === 'GET' && /text\/html/i.test(request.headers.accept ?? '');
}

export function operationOf(request: FastifyRequest): string {
  return request.routeOptions.config.operationId ?? 'none';
}

/** Only a caller that names the type gets it: clients of the original look for application/json. */
function problemType(accept: string | undefined): string {
  const isNamed = accept !== undefined && /application\/(problem\+json|\*)/i.test(accept);
  return isNamed ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8';
}

/**
 * How a client learns what would do (RFC 9470, 3), which RFC 9110 (11.6.1) allows beside any status. The body
 * is both, a refusal of the token and a problem document, since the rule is one of ours.
 */
function askForFreshLogin(
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
  { docsBase }: Options,
): FastifyReply {
  const { challenge } = bearerError('insufficient_user_authentication', problem.message);
  reply.header('www-authenticate', `${challenge}, acr_values="code"`);
  const body = {
    ...problemBody(problem, request.id, docsBase),
    ...bearerBody(problem.code, problem.message),
  };
  return reply.type(problemType(request.headers.accept)).send(JSON.stringify(body));
}

function bearerRefusal(problem: Problem): { challenge: string; body: object } | undefined {
  switch (problem.code) {
    case 'token_is_missing':
      // A call without any token gets no error code in the challenge (RFC 6750, 3.1).
      return { challenge: 'Bearer realm="leveret"', body: bearerBody('invalid_token', problem.message) };
    case 'token_is_invalid':
      return bearerError('invalid_token', problem.message);
    case 'scope_is_missing':
      return bearerError('insufficient_scope', problem.message);
    default:
      return undefined;
  }
}

function bearerError(error: string, description: string): { challenge: string; body: object } {
  const quoted = description.replace(/["\\]|[^ -~]/g, ' ');
  const challenge = `Bearer realm="leveret", error="${error}", error_description="${quoted}"`;
  return { challenge, body: bearerBody(error, description) };
}

function bearerBody(error: string, description: string): object {
  return { error, error_description: description };
}
