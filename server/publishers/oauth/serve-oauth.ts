import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { explainDatabaseError } from '../../database/explain-database-error.ts';
import type { Admission } from '../../kit/http/admit-request.ts';
import { bodyText } from '../../kit/http/read-body.ts';
import { refuseOtherMethods } from '../../kit/http/refuse-other-methods.ts';
import type { Log } from '../../kit/log.ts';
import { Problem } from '../../kit/problem.ts';
import type { RateAnswer, RateLimiter } from '../../kit/rate-limit.ts';
import { authorizePath } from '../allowed-address.ts';
import type { KeyRing } from '../key-ring.ts';
import type { Client } from '../publisher.ts';
import type { SigningKeys } from '../signing-keys.ts';
import type { VerifiedReader } from '../verify-access-token.ts';
import { callProvider } from './call-provider.ts';
import { createProvider, type OauthContext } from './create-provider.ts';
import { describeServer } from './describe-server.ts';
import { describeToken } from './describe-token.ts';
import { explainGrantError } from './explain-grant-error.ts';
import { limitTokenRequests } from './limit-token-requests.ts';
import { queryParameters, refuseRequest } from './read-client.ts';
import { BadTokenRequest, readTokenRequest } from './read-token-request.ts';
import { serveAuthorize } from './serve-authorize.ts';
import { introspectionPath, revocationPath, serveTokenState } from './serve-token-state.ts';
import { serveUserinfo, userinfoPath } from './serve-userinfo.ts';

export type OauthOptions = OauthContext & {
  keyRing: KeyRing;
  verifyReader(token: string): Promise<VerifiedReader>;
  verifyClient(token: string): Promise<Client>;
  rateLimiter: RateLimiter;
  log: Pick<Log, 'error'>;
};

/** Puts the OAuth server's addresses under /user: token endpoint, discovery and keys. */
export function serveOauth(app: FastifyInstance, admission: Admission, options: OauthOptions): void {
  const providerNow = rememberProvider(options);
  const common = { onRequest: admission.admit('reads') };
  app.route({
    ...common,
    method: 'POST',
    url: '/user/oauth/token',
    schema: describeToken(),
    config: { operationId: 'get-token' },
    handler: (request, reply) => answerTokenSurely(options, providerNow, request, reply),
  });
  serveAuthorize(app, admission, providerNow, options);
  serveUserinfo(app, admission, options.verifyReader);
  serveTokenState(app, admission, options);
  const read = { ...common, method: 'GET' as const, schema: { hide: true } };
  const metadata = { config: { operationId: 'oauth-metadata' } };
  app.route({
    ...read,
    ...metadata,
    url: discoveryPath,
    handler: (_request, reply) => mayBeKept(reply).send(describeServer(options.settings.publicUrl)),
  });
  app.route({
    ...read,
    ...metadata,
    url: `/user${keysPath}`,
    async handler(request, reply) {
      const provider = await providerNow();
      const asked = { method: 'GET', path: keysPath, headers: {}, body: '' } as const;
      await callProvider(provider, asked, request, mayBeKept(reply));
    },
  });
  refuseOtherMethods(app, [
    { method: 'POST', path: '/user/oauth/token' },
    { method: 'HEAD', path: authorizePath },
    { method: 'GET', path: authorizePath },
    { method: 'POST', path: authorizePath },
    { method: 'GET', path: userinfoPath },
    { method: 'POST', path: userinfoPath },
    { method: 'POST', path: introspectionPath },
    { method: 'POST', path: revocationPath },
    { method: 'GET', path: discoveryPath },
    { method: 'GET', path: `/user${keysPath}` },
  ]);
}

const discoveryPath = '/user/.well-known/openid-configuration';
const keysPath = '/oauth/jwks';

function mayBeKept(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'public, max-age=300');
}

/** The OAuth server holds its keys for good, so a change of keys needs another one. */
function rememberProvider(options: OauthOptions): () => Promise<Provider> {
  let built: { keys: SigningKeys; provider: Provider } | undefined;
  return async () => {
    const keys = await options.keyRing.keys();
    if (built?.keys !== keys) built = { keys, provider: buildProvider(options, keys) };
    return built.provider;
  };
}

function buildProvider(options: OauthOptions, keys: SigningKeys): Provider {
  const provider = createProvider(options, keys);
  provider.on('grant.error', explainGrantError);
  provider.on('server_error', (koa, error) => {
    options.log.error({ error }, 'the OAuth server failed');
    answerUnavailable(koa, error);
  });
  return provider;
}

/** The library has written 500 by now; a database that is away is no fault of the request. */
function answerUnavailable(koa: KoaContextWithOIDC, error: unknown): void {
  const problem = explainDatabaseError(error);
  if (!problem) return;
  koa.status = problem.status;
  koa.set('retry-after', String(problem.retryAfterSeconds ?? 1));
  koa.body = unavailable(problem);
}

/** In the words of OAuth (RFC 6749, 4.1.2.1), as every client of a token endpoint reads errors. */
function unavailable(problem: Problem): { error: string; error_description: string } {
  return { error: 'temporarily_unavailable', error_description: problem.message };
}

/** The token endpoint, whose refusals are OAuth's also where the database is away. */
async function answerTokenSurely(
  options: OauthOptions,
  providerNow: () => Promise<Provider>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    return await answerToken(options, await providerNow(), request, reply);
  } catch (error) {
    const problem = explainDatabaseError(error);
    if (!problem || reply.sent) throw error;
    options.log.error({ error }, 'a token could not be given');
    reply.header('retry-after', String(problem.retryAfterSeconds ?? 1));
    const { error: code, error_description: description } = unavailable(problem);
    return refuseRequest(reply, problem.status, code, description);
  }
}

async function answerToken(
  options: OauthOptions,
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const headers = request.raw.headers;
  const asked = await readAsked(options, request);
  if (asked instanceof BadTokenRequest) return refuseRequest(reply, 400, 'invalid_request', asked.message);
  const client =
    asked.clientId === undefined ? undefined : await options.publishers.findClient(asked.clientId);
  const limits = limitTokenRequests(options.rateLimiter, { client, address: request.ip });
  const refusal = limits.refusal();
  if (refusal) return refuseTooMany(reply, refusal);
  const { status } = await callProvider(
    provider,
    {
      method: 'POST',
      path: '/oauth/token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(headers.authorization === undefined ? {} : { authorization: headers.authorization }),
      },
      body: asked.form.toString(),
    },
    request,
    reply,
  );
  limits.count(status);
  return reply;
}

async function readAsked(options: OauthOptions, request: FastifyRequest) {
  const query = queryParameters(request);
  try {
    const sent = { headers: request.raw.headers, bodyText: bodyText(request.body), query };
    return await readTokenRequest(sent, (clientId) => options.publishers.findClient(clientId));
  } catch (error) {
    if (error instanceof BadTokenRequest) return error;
    if (error instanceof Problem) return new BadTokenRequest(error.message);
    throw error;
  }
}

function refuseTooMany(reply: FastifyReply, refusal: RateAnswer): FastifyReply {
  reply.header('retry-after', String(refusal.retryAfterSeconds));
  return refuseRequest(
    reply,
    429,
    'temporarily_unavailable',
    'too many token requests; try again after Retry-After',
  );
}
