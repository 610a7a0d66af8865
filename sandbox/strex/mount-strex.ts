import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { replyUnderFaults } from '../kit/faulty-reply.ts';
import { findMerchant, isKey } from './account.ts';
import type { Answer } from './answer.ts';
import { createTransaction } from './create-transaction.ts';
import { sendPassword } from './one-time-passwords.ts';
import { reverseTransaction } from './reverse-transaction.ts';
import { showTransaction } from './show-transaction.ts';
import type { Strex } from './strex.ts';

type Call = { id: string; body: unknown; origin: string };
type Operation = (strex: Strex, call: Call) => Answer;

const faultKinds = ['error-500', 'timeout-before', 'timeout-after-success', 'slow'] as const;

const operations: [method: 'GET' | 'POST' | 'DELETE', path: string, operation: Operation][] = [
  ['POST', '/transactions', (strex, { body, origin }) => createTransaction(strex, body, origin)],
  ['GET', '/transactions/:id', (strex, { id }) => showTransaction(strex, id)],
  ['DELETE', '/transactions/:id', (strex, { id }) => reverseTransaction(strex, id)],
  ['POST', '/one-time-passwords', (strex, { body }) => sendPassword(strex, body)],
  ['GET', '/merchants/:id', (_strex, { id }) => showMerchant(id)],
];

/** Strex Connect's REST API under `/strex`. */
export function mountStrex(app: FastifyInstance, strex: Strex): void {
  strex.world.faults.support('strex', faultKinds);
  app.register(
    async (scope) => {
      scope.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) =>
        reply.code(error.statusCode ?? 500).send({ message: error.message }),
      );
      scope.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'no such path' }));
      scope.addHook('onRequest', async (request, reply) => {
        if (!isKey(request.headers['x-apikey'])) return reply.code(401).send({ message: 'unauthorized' });
      });
      for (const [method, path, operation] of operations) {
        scope.route({
          method,
          url: path,
          handler: (request, reply) => answer(strex, operation, request, reply),
        });
      }
    },
    { prefix: '/strex/api/strex' },
  );
}

async function answer(
  strex: Strex,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const hits = strex.world.faults.draw('strex');
  const { id = '' } = request.params as { id?: string };
  const origin = `${request.protocol}://${request.host}`;
  const act = async () => {
    const { status, body, location } = operation(strex, { id, body: request.body, origin });
    reply.code(status);
    if (location !== undefined) reply.header('location', location);
    return body;
  };
  return replyUnderFaults(hits, reply, act, { message: 'An error has occurred.' });
}

function showMerchant(id: string): Answer {
  const merchant = findMerchant(id);
  return merchant ? { status: 200, body: { ...merchant, password: null } } : { status: 404 };
}
