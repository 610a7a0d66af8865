import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Hits } from '../kit/faults.ts';
import { faultKinds } from '../kit/faults.ts';
import { replyUnderFaults } from '../kit/faulty-reply.ts';
import { checkLogin } from './account.ts';
import type { Link } from './link.ts';
import { sendBatch } from './send-batch.ts';
import { sendMessage } from './send-message.ts';
import { httpStatusOf, type SubmitError, submitError } from './submit-error.ts';

/** An operation of LINK's API: the reply's body, or the reason for refusing. */
type Operation = (link: Link, body: unknown, hits: Hits) => Promise<{ sent: unknown } | SubmitError>;

/** LINK Mobility's "Common" SMS REST API under `/link`. */
export function mountLink(app: FastifyInstance, link: Link): void {
  link.world.faults.support('link', faultKinds);
  app.register(
    async (scope) => {
      scope.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) =>
        reply.code(error.statusCode ?? 500).send(submitError(106000, error.message)),
      );
      scope.setNotFoundHandler((_request, reply) =>
        reply.code(404).send(submitError(106000, 'no such path')),
      );
      scope.addHook('onRequest', async (request, reply) => {
        const refusal = checkLogin(request.headers.authorization);
        if (refusal) return refuse(reply, refusal);
      });
      scope.post('/sms/send', (request, reply) => answer(link, sendMessage, request, reply));
      scope.post('/sms/sendbatch', (request, reply) => answer(link, sendBatch, request, reply));
    },
    { prefix: '/link' },
  );
}

async function answer(
  link: Link,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const hits = link.world.faults.draw('link');
  const act = async () => {
    const result = await operation(link, request.body, hits);
    if ('sent' in result) {
      if (wantsResponse(request.body)) return result.sent;
      reply.code(204);
      return undefined;
    }
    reply.code(httpStatusOf(result.status));
    return result;
  };
  return replyUnderFaults(hits, reply, act, submitError(106000));
}

/** The document's default is no body at all: the id comes only to those who ask for it. */
function wantsResponse(body: unknown): boolean {
  return (
    typeof body === 'object' && body !== null && 'ignoreResponse' in body && body.ignoreResponse === false
  );
}

function refuse(reply: FastifyReply, refusal: SubmitError): FastifyReply {
  const status = httpStatusOf(refusal.status);
  if (status === 401) reply.header('www-authenticate', 'Basic realm="LINK Mobility"');
  return reply.code(status).send(refusal);
}
