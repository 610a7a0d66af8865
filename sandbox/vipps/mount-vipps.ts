import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { faultKinds } from '../kit/faults.ts';
import { replyUnderFaults } from '../kit/faulty-reply.ts';
import type { Answer, Call } from './answer.ts';
import { type Broken, findBroken } from './contract.ts';
import { problem, refuse as refuseEpayment } from './epayment/problem.ts';
import { answerOnce, printOf } from './idempotency.ts';
import { type Operation, operations } from './operations.ts';
import { refuse as refuseRecurring } from './recurring/problem.ts';
import { checkAccess, giveToken } from './sales-unit.ts';
import type { Vipps } from './vipps.ts';

const answerFaults = ['error-500', 'timeout-before', 'timeout-after-success', 'slow'] as const;

/** The APIs of Vipps MobilePay under `/vipps`. */
export function mountVipps(app: FastifyInstance, vipps: Vipps): void {
  vipps.world.faults.support('vipps', faultKinds);
  app.register(
    async (scope) => {
      scope.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) =>
        send(reply, problem(error.statusCode ?? 500, error.message)),
      );
      scope.setNotFoundHandler((_request, reply) => send(reply, problem(404, 'Not Found')));
      // No fault hits it, so that the first one of a test hits what the test is about.
      scope.post('/accesstoken/get', async (request, reply) =>
        send(reply, giveToken(vipps, request.headers)),
      );
      for (const operation of operations) {
        scope.route({
          method: operation.method,
          url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
          handler: (request, reply) => answer(vipps, operation, request, reply),
        });
      }
    },
    { prefix: '/vipps' },
  );
}

async function answer(
  vipps: Vipps,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refusal = checkAccess(vipps, request.headers);
  if (refusal) return send(reply, refusal);
  const hits = vipps.world.faults.draw('vipps', answerFaults);
  const act = async () => {
    const { status, body } = respond(vipps, operation, request);
    await vipps.notices.deliverEarly();
    reply.code(status);
    if (body !== undefined) reply.type(contentType(status));
    return body;
  };
  return replyUnderFaults(hits, reply, act, problem(500, 'Internal Server Error').body);
}

/** The answer of an operation, which is the same for the same key. */
function respond(vipps: Vipps, operation: Operation, request: FastifyRequest): Answer {
  const key = textOf(request.headers['idempotency-key']);
  const call: Call<unknown> = {
    body: request.body,
    key,
    parameters: request.params as Record<string, string>,
    query: request.query as Record<string, string>,
    msn: textOf(request.headers['merchant-serial-number']) ?? '',
    host: request.host,
  };
  const isRecurring = operation.path.startsWith('/recurring');
  const act = () => {
    const broken = findBrokenIn(operation, request, call);
    if (!broken) return operation.act(vipps, call);
    const rule = `${broken.field} ${broken.message}`;
    const { method, path } = operation;
    vipps.world.violations.note({ provider: 'vipps', method, path, rule });
    if (isRecurring) return refuseRecurring('validation-error', broken.field, rule);
    return problem(400, 'Bad Request', [{ name: broken.field, reason: broken.message }]);
  };
  if (request.method === 'GET') return act();
  const print = printOf(request.method, request.url, request.body);
  const conflict = () => (isRecurring ? refuseRecurring('idempotency-conflict') : refuseEpayment(4020, 409));
  return answerOnce(vipps.pinned, { key, print }, act, conflict);
}

function findBrokenIn(
  { method, path }: Operation,
  request: FastifyRequest,
  call: Call<unknown>,
): Broken | undefined {
  const { headers, body } = request;
  const broken = findBroken(`${method} ${path}`, { headers, parameters: call.parameters, body });
  if (broken || call.key === undefined || !path.startsWith('/recurring')) return broken;
  // The length and letters are only said in the words of the specification.
  if (/^[^#?/\\]{1,40}$/.test(call.key)) return undefined;
  return { field: 'Idempotency-Key', message: 'must be 1 to 40 characters without # ? / \\' };
}

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  return reply.code(status).type(contentType(status)).send(body);
}

function contentType(status: number): string {
  return status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8';
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
