import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type { Database } from '../../database/transaction.ts';
import type { Admission } from '../../kit/http/admit-request.ts';
import { Problem } from '../../kit/problem.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { Client } from '../publisher.ts';
import type { ReaderDirectory } from '../reader.ts';
import type { VerifiedReader } from '../verify-access-token.ts';
import { createFamiliesAdapter } from './families-adapter.ts';
import { limitTokenRequests } from './limit-token-requests.ts';
import { readClient, refuseRequest } from './read-client.ts';
import { BadTokenRequest } from './read-token-request.ts';
import { findRecord, type RecordRow, recordIdOf, timesOf, upsertRecord } from './records-store.ts';
import { isOfTokensNow, readFamilyId } from './token-family.ts';

export const introspectionPath = '/user/oauth/introspect';
export const revocationPath = '/user/oauth/revoke';

type Options = {
  database: Database;
  publishers: PublisherDirectory;
  readers: ReaderDirectory;
  clock: { now(): Date };
  rateLimiter: RateLimiter;
  settings: { publicUrl: string };
  verifyReader(token: string): Promise<VerifiedReader>;
  verifyClient(token: string): Promise<Client>;
};

/**
 * Whether a token still stands (RFC 7662), and its end before its time (RFC 7009), for the client that it was
 * given to. The library would refuse signed tokens, which most are.
 */
export function serveTokenState(app: FastifyInstance, admission: Admission, options: Options): void {
  const route = (url: string, operationId: string, answer: typeof introspect) =>
    app.route({
      method: 'POST',
      url,
      onRequest: admission.admit('reads'),
      schema: { hide: true },
      config: { operationId },
      handler: (request, reply) => answerClient(options, request, reply, answer),
    });
  route(introspectionPath, 'introspect-token', introspect);
  route(revocationPath, 'revoke-token', revoke);
}

type Answered = { status: number; body: object };

async function answerClient(
  options: Options,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: typeof introspect,
): Promise<FastifyReply> {
  const { clientId, client, form, bad } = await readClient(options, request);
  const known = clientId === undefined ? undefined : await options.publishers.findClient(clientId);
  const limits = limitTokenRequests(options.rateLimiter, { client: known, address: request.ip });
  const refusal = limits.refusal();
  if (refusal) {
    reply.header('retry-after', String(refusal.retryAfterSeconds));
    return refuseRequest(reply, 429, 'temporarily_unavailable', 'too many requests; see Retry-After');
  }
  if (bad instanceof BadTokenRequest) return refuseRequest(reply, 400, 'invalid_request', bad.message);
  if (!client) {
    limits.count(401);
    reply.header('www-authenticate', 'Basic realm="leveret"');
    return refuseRequest(reply, 401, 'invalid_client', 'client_id and client_secret are those of no client');
  }
  const token = form.get('token');
  if (!token) return refuseRequest(reply, 400, 'invalid_request', 'token must be given');
  const { status, body } = await answer(options, client, token);
  limits.count(status);
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

const inactive: Answered = { status: 200, body: { active: false } };

async function introspect(options: Options, client: Client, token: string): Promise<Answered> {
  const found = isSigned(token)
    ? await findSigned(options, token)
    : await findRefresh(options, client, token);
  if (found?.clientId !== client.clientId) return inactive;
  return { status: 200, body: { active: true, ...found.told } };
}

/** Answers alike whether there was anything to end (RFC 7009, 2.2). */
async function revoke(options: Options, client: Client, token: string): Promise<Answered> {
  const done: Answered = { status: 200, body: {} };
  if (!isSigned(token)) {
    const refresh = await findRefresh(options, client, token);
    if (refresh?.clientId === client.clientId) await createFamiliesAdapter(options).destroy(refresh.family);
    return done;
  }
  const found = await findSigned(options, token);
  if (found?.clientId !== client.clientId) return done;
  if (found.tokenId === undefined) {
    const description = "a client's own tokens end together: npx leveret client end-tokens";
    return { status: 400, body: { error: 'unsupported_token_type', error_description: description } };
  }
  const left = found.expiresAt - Math.floor(options.clock.now().getTime() / 1000);
  const values = ['EndedToken', found.tokenId, '{}', null, Math.max(left, 0) + 60, null];
  await options.database.query(upsertRecord, values);
  return done;
}

function isSigned(token: string): boolean {
  return token.split('.').length === 3;
}

type Signed = { clientId: string; tokenId: string | undefined; expiresAt: number; told: object };

/** A reader's token that stands, or a client's own; nothing for every other. */
async function findSigned(options: Options, token: string): Promise<Signed | undefined> {
  const reader = await unlessRefused(options.verifyReader(token));
  const client = reader?.user ?? (await unlessRefused(options.verifyClient(token)));
  if (!client) return undefined;
  const { scope, client_id, sub, aud, iss, exp = 0, iat, jti } = decodeJwt(token);
  return {
    clientId: client.clientId,
    tokenId: reader?.token.tokenId,
    expiresAt: exp,
    told: { scope, client_id, token_type: 'Bearer', sub, aud, iss, exp, iat, jti },
  };
}

async function unlessRefused<Found>(finding: Promise<Found>): Promise<Found | undefined> {
  try {
    return await finding;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return undefined;
    throw error;
  }
}

type Refresh = { clientId: string; family: string; told: object };

async function findRefresh(options: Options, client: Client, token: string): Promise<Refresh | undefined> {
  const [row] = await options.database.query<RecordRow>(findRecord, ['RefreshToken', recordIdOf(token)]);
  if (!row || row.consumed_at !== null) return undefined;
  const { clientId, grantId, accountId, authTime, sessionUid, scope } = row.payload;
  if (clientId !== client.clientId || typeof grantId !== 'string' || typeof accountId !== 'string') {
    return undefined;
  }
  const family = readFamilyId(grantId);
  if (!family || !isOfTokensNow(family, client)) return undefined;
  const reader = await options.readers.findReader({
    publisherId: client.publisher.publisherId,
    uniqueUserId: accountId,
    loginSeconds: typeof authTime === 'number' ? authTime : undefined,
    sessionUid: typeof sessionUid === 'string' ? sessionUid : undefined,
    family: grantId,
  });
  if (!reader) return undefined;
  const times = timesOf(row, Math.floor(options.clock.now().getTime() / 1000));
  const told = { scope, client_id: clientId, token_type: 'refresh_token', sub: accountId, ...times };
  return { clientId: client.clientId, family: grantId, told };
}
