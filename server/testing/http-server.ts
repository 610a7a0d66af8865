import { Type } from 'typebox';
import { type Endpoint, endpoint } from '../kit/http/endpoint.ts';
import { describing, narrowing, narrows } from '../kit/http/field-sorts.ts';
import type { HttpLimits, HttpOptions } from '../kit/http/http-options.ts';
import type { ApiCaller, Row } from '../kit/http/route-table.ts';
import { createHttpServer } from '../kit/http/serve.ts';
import type { LogFields } from '../kit/log-fields.ts';
import { Problem } from '../kit/problem.ts';
import { createRateLimiter } from '../kit/rate-limit.ts';

export type Logged = { level: 'warn' | 'error'; fields: LogFields; message: string };

/** A caller for each token that tests send. */
const callers: Readonly<Record<string, ApiCaller>> = {
  good: caller('good', {}),
  second: caller('second', { publisher: { publisherId: 2 } }),
  third: caller('third', { publisher: { publisherId: 3 } }),
  strict: caller('strict', { profile: 'strict' }),
  limited: caller('limited', { settings: { rateLimit: { perSecond: 2, perMinute: 3 } } }),
  narrow: caller('narrow', { scopes: ['orders:read'] }),
};

function caller(clientId: string, more: Partial<ApiCaller>): ApiCaller {
  return {
    clientId,
    by: { kind: 'client', id: clientId },
    profile: 'original',
    scopes: ['orders:write'],
    publisher: { publisherId: 1 },
    settings: { rateLimit: null },
    ...more,
  };
}

/** What the endpoint of the tests does; the body names it. */
type Work = (name: string) => Promise<object> | object;
type TestContext = { work: Work };

const register: Endpoint<TestContext, ApiCaller> = endpoint({
  operationId: 'register-order',
  summary: 'Register an order',
  changes: true,
  status: 201,
  params: narrowing({ orderId: Type.Integer({ minimum: 1 }) }),
  query: narrowing({ state: Type.Optional(Type.String()) }),
  body: describing({
    work: narrows(Type.String({ maxLength: 20 })),
    amount: narrows(Type.Optional(Type.Unsafe<string>({ type: 'number', decimalText: true }))),
  }),
  reply: Type.Object({ clientId: Type.String() }),
  examples: { body: { work: 'nothing' } },
  async handle(context: TestContext, call) {
    const { caller: who, params, query, body, idempotencyKey, bodyText, warnings } = call;
    const answer = await context.work(body.work);
    const seen = { clientId: who.clientId, params, query, body, idempotencyKey, bodyText, warnings };
    return { headers: { 'x-extra': 'yes' }, body: { ...seen, ...answer } };
  },
});

const show: Endpoint<TestContext, undefined> = endpoint({
  operationId: 'show-health',
  summary: 'Whether the node is alive',
  reply: Type.Object({ ok: Type.Boolean() }),
  async handle() {
    return { body: { ok: true } };
  },
});

const rows: Row<TestContext, ApiCaller>[] = [
  {
    method: 'POST',
    path: '/capi/v1/order/:orderId',
    who: 'client',
    scope: 'orders:write',
    act: { none: 'a test' },
    endpoint: register,
  },
  { method: 'GET', path: '/health', who: 'anyone', alwaysAnswers: true, endpoint: show },
];

/** A server with two operations, whose callers, clock, log and work the test holds. */
export async function startTestServer(
  given: Partial<HttpOptions<TestContext, ApiCaller>> & { work?: Work; limits?: Partial<HttpLimits> } = {},
) {
  const logged: Logged[] = [];
  const time = { now: 0 };
  const work: Work = given.work ?? (() => ({}));
  const server = await createHttpServer<TestContext, ApiCaller>({
    context: { work },
    async authenticate(token) {
      const found = callers[token];
      if (!found) throw new Problem('token_is_invalid');
      return found;
    },
    explainError: () => undefined,
    rateLimiter: createRateLimiter({ now: () => time.now, liveNodes: () => 1 }),
    log: {
      warn: (fields, message) => logged.push({ level: 'warn', fields, message }),
      error: (fields, message) => logged.push({ level: 'error', fields, message }),
    },
    docsBase: 'https://docs.test',
    publicUrl: 'https://orders.test',
    version: '1.2.3',
    ...given,
    rows: [...rows, ...(given.rows ?? [])],
  });
  return { ...server, logged, time };
}
