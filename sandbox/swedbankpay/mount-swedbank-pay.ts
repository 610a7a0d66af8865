import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { replyUnderFaults } from '../kit/faulty-reply.ts';
import { type Answer, refuse } from './answer.ts';
import { abortOrder, deleteToken } from './change-order.ts';
import { createOrder } from './create-order.ts';
import { callbackFaults, provider, requestFaults } from './fault-kinds.ts';
import { cancel, capture, reverse } from './move-money.ts';
import type { PaymentOrder } from './payment-order.ts';
import { inputError, notFound, systemError, unauthorized } from './problem.ts';
import { type Origin, showOrder } from './show-order.ts';
import type { SwedbankPay } from './swedbank-pay.ts';

const accessToken = 'swedbank-demo-token';
const goodType = 'application/json; charset=utf-8; version=3.1';
const versioned = /^application\/json\s*;\s*(?:charset=[\w-]+\s*;\s*)?version=3\.1$/i;

type Operation = (origin: Origin, request: FastifyRequest) => Answer | Promise<Answer>;

/** Swedbank Pay's payment orders, version 3.1, under `/swedbankpay`. */
export function mountSwedbankPay(app: FastifyInstance, swedbank: SwedbankPay): void {
  swedbank.world.faults.support(provider, [...callbackFaults, ...requestFaults]);
  app.register(
    async (scope) => {
      const parseJson = scope.getDefaultJsonParser('error', 'error');
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser<string>('*', { parseAs: 'string' }, (request, body, done) =>
        body === '' ? done(null, undefined) : parseJson(request, body, done),
      );
      scope.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
        const isTheirs = error.statusCode !== undefined && error.statusCode < 500;
        if (!isTheirs) return send(swedbank, request, reply, refuse(systemError));
        const answer = refuse(inputError('body', error.message));
        return send(swedbank, request, reply, { ...answer, broke: 'the body is JSON' });
      });
      scope.setNotFoundHandler((request, reply) =>
        send(swedbank, request, reply, { ...refuse(notFound), broke: 'the address exists' }),
      );
      scope.addHook('onRequest', async (request, reply) => {
        if (request.headers.authorization === `Bearer ${accessToken}`) return;
        return send(swedbank, request, reply, refuse(unauthorized));
      });
      for (const [method, url, operation] of operationsOf(swedbank)) {
        scope.route({
          method,
          url,
          handler: (request, reply) => answer(swedbank, operation, request, reply),
        });
      }
    },
    { prefix: '/swedbankpay/psp/paymentorders' },
  );
}

function operationsOf(swedbank: SwedbankPay): [string, string, Operation][] {
  type OnOrder = (origin: Origin, order: PaymentOrder, request: FastifyRequest) => Answer | Promise<Answer>;
  const onOrder =
    (operate: OnOrder): Operation =>
    (origin, request) => {
      const order = swedbank.order(parameterOf(request, 'guid'));
      return order ? operate(origin, order, request) : refuse(notFound);
    };
  return [
    ['POST', '', (origin, { body }) => createOrder(swedbank, origin, body)],
    ['GET', '/:guid', onOrder(readOrder)],
    ['PATCH', '/:guid', onOrder((origin, order, { body }) => abortOrder(swedbank, origin, order, body))],
    ['POST', '/:guid/captures', onOrder((origin, order, { body }) => capture(swedbank, origin, order, body))],
    [
      'POST',
      '/:guid/cancellations',
      onOrder((origin, order, { body }) => cancel(swedbank, origin, order, body)),
    ],
    [
      'POST',
      '/:guid/reversals',
      onOrder((origin, order, { body }) => reverse(swedbank, origin, order, body)),
    ],
    [
      'PATCH',
      '/unscheduledtokens/:token',
      (_origin, request) => deleteToken(swedbank, parameterOf(request, 'token'), request.body),
    ],
  ];
}

function readOrder(origin: Origin, order: PaymentOrder, request: FastifyRequest): Answer {
  const { $expand } = request.query as { $expand?: string };
  return { status: 200, body: showOrder(order, origin, ($expand ?? '').split(',')) };
}

function answer(
  swedbank: SwedbankPay,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const hits = swedbank.world.faults.draw(provider, requestFaults);
  const act = async () => {
    const origin = `${request.protocol}://${request.host}`;
    const result = refuseVersion(request) ?? (await operation(origin, request));
    return prepare(swedbank, request, reply, result);
  };
  return replyUnderFaults(hits, reply, act, systemError);
}

/** The version is part of the media type: of the body where there is one, else of what is accepted. */
function refuseVersion(request: FastifyRequest): Answer | undefined {
  const name = request.method === 'GET' ? 'accept' : 'content-type';
  if (versioned.test(request.headers[name] ?? '')) return undefined;
  const rule = `${name} is application/json;version=3.1`;
  return { ...refuse(inputError(name, rule)), broke: rule };
}

function send(
  swedbank: SwedbankPay,
  request: FastifyRequest,
  reply: FastifyReply,
  result: Answer,
): FastifyReply {
  return reply.send(prepare(swedbank, request, reply, result));
}

function prepare(
  swedbank: SwedbankPay,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, body, broke }: Answer,
): unknown {
  if (broke !== undefined) {
    const [path = ''] = request.url.split('?', 1);
    swedbank.world.violations.note({ provider, method: request.method, path, rule: broke });
  }
  reply.code(status).type(status < 400 ? goodType : 'application/problem+json');
  return body;
}

function parameterOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? '';
}
