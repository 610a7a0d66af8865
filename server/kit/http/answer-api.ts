import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Origin } from '../origin.ts';
import { Problem } from '../problem.ts';
import type { RateAnswer, RateLimiter } from '../rate-limit.ts';
import type { Admission } from './admit-request.ts';
import { bearerToken } from './bearer-token.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { harmlessParameters } from './harmless-parameters.ts';
import type { ContextFor } from './http-options.ts';
import type { InputSchema } from './input-schema.ts';
import { bodyText, readJsonBody } from './read-body.ts';
import { type ReadOptions, readInput, type Warning } from './read-input.ts';
import { readQuery } from './read-query.ts';
import type { ApiCaller, ApiRow } from './route-table.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, once the token is verified. */
    apiCaller: unknown;
    startedAtMilliseconds: number;
    /** Whose page a refusal is told on, where the page could tell. */
    publisherId: number | undefined;
  }
  interface FastifyContextConfig {
    operationId?: string;
    isPage?: boolean;
  }
}

/** As clients of the original read it; the version that stands in the paths. */
const versionHeader = ['x-mediaconnect-api-version', 'v1'] as const;

type Done = (error?: Error) => void;
type Hook = (request: FastifyRequest, reply: FastifyReply, done: Done) => void;

// What a client without a limit is shown, so that code which reads the headers finds them.
const unlimited = { perSecond: Number.MAX_SAFE_INTEGER, perMinute: Number.MAX_SAFE_INTEGER };
const shownToUnlimited = '2000';

type CallerOptions<Caller> = {
  authenticate(token: string): Promise<Caller>;
  rateLimiter: RateLimiter;
  rules?: CallerRules<Caller>;
};

/** What else may hold for some callers. */
export type CallerRules<Caller> = {
  /** Counts the call against a part of what the client may; what goes beyond costs the client nothing. */
  takeShare(caller: Caller): RateAnswer | undefined;
  /** Looks at a caller whose token has the scope. */
  refuse(caller: Caller): Problem | undefined;
};

/** A hook that finds the caller by its token, counts the call, and holds it to its share and its scope. */
export function callerHook<Caller extends ApiCaller>(
  scope: string,
  options: CallerOptions<Caller>,
  admission: Pick<Admission, 'countFor'>,
): Hook {
  return (request, reply, done) => {
    reply.header(...versionHeader);
    const token = bearerToken(request.raw.headers.authorization);
    if (token === undefined) {
      done(new Problem('token_is_missing'));
      return;
    }
    options.authenticate(token).then((caller) => {
      request.apiCaller = caller;
      const share = options.rules?.takeShare(caller);
      if (share?.allowed === false) {
        writeRate(reply, share, false);
        done(new Problem('rate_limit_exceeded', { retryAfterSeconds: share.retryAfterSeconds }));
        return;
      }
      const rate = options.rateLimiter.take(caller.clientId, caller.settings.rateLimit ?? unlimited);
      writeRate(reply, rate, caller.settings.rateLimit === null);
      if (!rate.allowed) {
        done(new Problem('rate_limit_exceeded', { retryAfterSeconds: rate.retryAfterSeconds }));
      } else if (!admission.countFor(caller.publisher.publisherId, reply)) {
        done(new Problem('temporarily_unavailable', { retryAfterSeconds: 2 }));
      } else if (!caller.scopes.includes(scope)) {
        done(new Problem('scope_is_missing', { detail: `The token needs the scope ${scope}.` }));
      } else done(options.rules?.refuse(caller));
    }, done);
  };
}

function writeRate(reply: FastifyReply, rate: RateAnswer, isUnlimited: boolean): void {
  reply.header('x-ratelimit-remaining', isUnlimited ? shownToUnlimited : String(rate.remaining));
  reply.header('x-ratelimit-reset', String(rate.resetSeconds));
}

/** The handler of one operation: reads the input by the schemas, runs the endpoint, writes the reply. */
export function apiHandler<Context, Caller extends ApiCaller>(
  row: ApiRow<Context, Caller>,
  context: Context,
  contextFor: ContextFor<Context>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  // The table's type has matched the caller to the row; the framework's request cannot carry that type.
  const endpoint = row.endpoint as Endpoint<Context, unknown>;
  const status = endpoint.status ?? 200;
  const changes = row.method === 'POST' && endpoint.changes === true;
  const parts = { ...endpoint, takesAnything: row.alwaysAnswers === true };
  return async (request, reply) => {
    const call = readCall(parts, changes, request);
    const own = row.who === 'anyone' ? context : contextFor(context, originOf(row, call, request));
    const answer = await endpoint.handle(own, call);
    reply.code(answer.status ?? status);
    if (answer.headers) reply.headers(answer.headers);
    reply.header('content-type', 'application/json; charset=utf-8');
    return reply.send(JSON.stringify(answer.body));
  };
}

function originOf<Context, Caller extends ApiCaller>(
  row: Exclude<ApiRow<Context, Caller>, { who: 'anyone' }>,
  { caller, requestId }: Call<unknown>,
  request: FastifyRequest,
): Origin {
  const { by } = caller as Caller;
  if (row.act === undefined) return { by };
  const { operationId } = row.endpoint;
  return { by, call: { operationId, act: row.act, scope: row.scope, requestId, address: request.ip } };
}

type Parts = Pick<Endpoint<never, never>, 'body' | 'params' | 'query'> & {
  /** Signs of life are given whatever is asked beside, such as a number against caches. */
  takesAnything: boolean;
};

// What takes no field of its own refuses every field: the caller expects something of it.
const noFields: InputSchema = { type: 'object', properties: {}, 'x-unknown': 'refused' };

function readCall(
  endpoint: Parts,
  changes: boolean,
  request: FastifyRequest,
): Call<unknown, never, never, never> {
  const headers = request.raw.headers;
  const text = bodyText(request.body);
  const idempotencyKey = changes
    ? readIdempotencyKey(headers['idempotency-key'], request.apiCaller)
    : undefined;
  const reader = createReader(request.apiCaller);
  const params = reader.read(endpoint.params, request.params);
  const query = endpoint.takesAnything
    ? undefined
    : reader.read(endpoint.query ?? noFields, readQuery(request.raw.url));
  const body = endpoint.takesAnything
    ? undefined
    : reader.read(endpoint.body ?? noFields, readJsonBody(headers, text));
  reader.throwIfAny();
  const call: Call<unknown, unknown, unknown, unknown> = {
    caller: request.apiCaller,
    body,
    params,
    query,
    bodyText: text,
    idempotencyKey,
    requestId: request.id,
    warnings: reader.warnings,
  };
  return call as Call<unknown, never, never, never>;
}

type Reader = {
  warnings: Warning[];
  read(schema: InputSchema | undefined, input: unknown): unknown;
  throwIfAny(): void;
};

const harmlessNames: ReadonlySet<string> = new Set(harmlessParameters.map(({ name }) => name));
const noNames: ReadonlySet<string> = new Set();

/** Reads the parts of one request, so that a caller learns all broken rules at once. */
function createReader(caller: unknown): Reader {
  const harmless = profileOf(caller) === 'original' ? harmlessNames : noNames;
  const options: ReadOptions = { harmless, whole: 'body' };
  const warnings: Warning[] = [];
  const fields: Problem['fields'] = [];
  return {
    warnings,
    read(schema, input) {
      if (!schema) return undefined;
      const reading = readInput(schema, input, options);
      if (reading.problems.length > 0) fields.push(...reading.problems);
      if (reading.warnings.length > 0) warnings.push(...reading.warnings);
      return reading.value;
    },
    throwIfAny() {
      const [first] = fields;
      if (first) throw new Problem('input_is_invalid', { detail: first.message, fields });
    },
  };
}

function readIdempotencyKey(given: string | string[] | undefined, caller: unknown): string | undefined {
  if (given === undefined) {
    if (profileOf(caller) === 'strict') throw new Problem('idempotency_key_is_required');
    return undefined;
  }
  if (typeof given === 'string' && /^[ -~]{1,255}$/.test(given)) return given;
  throw new Problem('idempotency_key_is_invalid');
}

function profileOf(caller: unknown): unknown {
  return typeof caller === 'object' && caller !== null && 'profile' in caller ? caller.profile : undefined;
}
