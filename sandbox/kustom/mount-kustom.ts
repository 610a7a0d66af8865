import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { faultKinds } from '../kit/faults.ts';
import { replyUnderFaults } from '../kit/faulty-reply.ts';
import { type Answer, refuse } from './answer.ts';
import type { ApiCall } from './api-call.ts';
import {
  abortCheckoutOrder,
  createCheckoutOrder,
  readCheckoutOrder,
  updateCheckoutOrder,
} from './checkout-orders.ts';
import { cancelToken, orderWithToken, readToken } from './customer-tokens.ts';
import type { Kustom } from './kustom.ts';
import * as management from './order-management.ts';

/** `isKept`: a repeated idempotency key gets the first answer again. */
type Operation = {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  run: (kustom: Kustom, call: ApiCall) => Answer | Promise<Answer>;
  isKept?: boolean;
};

const checkout = '/checkout/v3/orders';
const managed = '/ordermanagement/v1/orders/:id';
const token = '/customer-token/v1/tokens/:id';

const operations: Operation[] = [
  { method: 'POST', path: checkout, run: createCheckoutOrder },
  { method: 'GET', path: `${checkout}/:id`, run: readCheckoutOrder },
  { method: 'POST', path: `${checkout}/:id`, run: updateCheckoutOrder },
  { method: 'POST', path: `${checkout}/:id/abort`, run: abortCheckoutOrder },
  { method: 'GET', path: managed, run: management.readManagedOrder },
  { method: 'GET', path: `${managed}/captures`, run: management.listCaptures },
  ...(
    [
      ['POST', 'acknowledge', management.acknowledgeOrder],
      ['POST', 'captures', management.captureOrder],
      ['POST', 'refunds', management.refundOrder],
      ['POST', 'cancel', management.cancelOrder],
      ['POST', 'release-remaining-authorization', management.releaseRemaining],
      ['POST', 'extend-authorization-time', management.extendAuthorization],
      ['PATCH', 'merchant-references', management.changeReferences],
    ] as const
  ).map(([method, name, run]): Operation => ({ method, path: `${managed}/${name}`, run, isKept: true })),
  { method: 'POST', path: `${token}/order`, run: orderWithToken },
  { method: 'GET', path: token, run: readToken },
  { method: 'PATCH', path: `${token}/status`, run: cancelToken },
];

const wantedLogin = Buffer.from('kco-demo:kustom-demo-password').toString('base64');

/** Kustom Checkout (formerly Klarna Checkout v3), order management and customer tokens under `/kustom`. */
export function mountKustom(app: FastifyInstance, kustom: Kustom): void {
  const { world } = kustom;
  world.faults.support('kustom', faultKinds);
  const note = (request: FastifyRequest, rule: string) =>
    world.violations.note({ provider: 'kustom', method: request.method, path: request.url, rule });
  app.register(
    async (scope) => {
      scope.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
        note(request, error.message);
        return send(reply, refuse(error.statusCode ?? 500, 'BAD_VALUE', error.message));
      });
      scope.setNotFoundHandler((request, reply) => {
        note(request, 'no such path');
        return send(reply, refuse(404, 'NOT_FOUND', 'There is nothing here'));
      });
      scope.addHook('onRequest', async (request, reply) => {
        const [, login] = /^basic +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
        if (login !== wantedLogin) return send(reply, { status: 401 });
      });
      for (const { method, path, run, isKept } of operations) {
        scope.route<{ Params: { id?: string } }>({
          method,
          url: path,
          handler: (request, reply) => answer(kustom, isKept ? once(run, request) : run, request, reply),
        });
      }
    },
    { prefix: '/kustom' },
  );

  async function answer(
    kustom: Kustom,
    run: Operation['run'],
    request: FastifyRequest<{ Params: { id?: string } }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const hits = world.faults.draw('kustom');
    const origin = `${request.protocol}://${request.host}`;
    const act = async () => {
      const call = { id: request.params.id ?? '', body: request.body, origin, hits };
      const { status, body, headers = {} } = await run(kustom, call);
      if (status === 400) note(request, JSON.stringify(body));
      reply.code(status).headers(headers);
      return body;
    };
    return replyUnderFaults(hits, reply, act, refuse(500, 'INTERNAL_SERVER_ERROR', 'Unexpected').body);
  }
}

/** Only the key matters, not what is sent with it; what was refused may be tried again with the same key. */
function once(run: Operation['run'], request: FastifyRequest): Operation['run'] {
  const key = request.headers['klarna-idempotency-key'];
  if (typeof key !== 'string') return run;
  return async (kustom, call) => {
    const kept = kustom.answerOf(key);
    if (kept) return kept;
    const answer = await run(kustom, call);
    if (answer.status < 300) kustom.keepAnswer({ key, answer });
    return answer;
  };
}

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  return reply.code(status).send(body);
}
