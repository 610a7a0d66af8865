import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultKind } from '../kit/faults.ts';
import { leaveUnanswered, replyUnderFaults } from '../kit/faulty-reply.ts';
import type { Publisher } from './publisher.ts';
import { askedStatus } from './publisher-settings.ts';
import { ReturnPage } from './return-page.tsx';

const faults: FaultKind[] = ['error-500', 'timeout-after-success', 'timeout-before', 'slow'];

/**
 * The publisher's site under `/publisher`: it takes callbacks and webhooks, and shows where buyers come back.
 */
export function mountPublisher(app: FastifyInstance, publisher: Publisher): void {
  publisher.world.faults.support('publisher', faults);
  app.register(async (scope) => {
    // Bodies are recorded as they came, whatever they call themselves.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.all('/publisher/callback', (request, reply) => answerCallback(publisher, request, reply));
    scope.all('/publisher/callback/*', (request, reply) => answerCallback(publisher, request, reply));
  });
  for (const place of ['return', 'error'] as const) {
    app.get(`/publisher/${place}`, async (request, reply) => {
      reply.type('text/html; charset=utf-8');
      return ReturnPage({ place, query: request.query });
    });
  }
}

async function answerCallback(
  publisher: Publisher,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const hits = publisher.world.faults.draw('publisher');
  const unheard = hits.get('timeout-before');
  if (unheard) return leaveUnanswered(unheard, reply);

  const settings = publisher.nextAnswer();
  const query = request.query;
  const asked = typeof query === 'object' && query !== null && 'answer' in query ? query.answer : undefined;
  const status = hits.has('error-500') ? 500 : (askedStatus(asked) ?? settings.status);
  record(publisher, request, hits.has('timeout-after-success') ? null : status);

  if (settings.delayMilliseconds > 0) await wait(settings.delayMilliseconds, undefined, { ref: false });
  reply.code(status);
  if (status >= 300 && status < 400) reply.header('location', '/publisher/callback/redirected');
  return replyUnderFaults(hits, reply, async () => bodyFor(status), bodyFor(500));
}

function bodyFor(status: number): string | undefined {
  return status === 204 || status === 205 || status === 304 ? undefined : `${status}\n`;
}

function record(publisher: Publisher, request: FastifyRequest, answered: number | null): void {
  const [path = ''] = request.url.split('?', 1);
  publisher.callbacks.add({
    method: request.method,
    path,
    url: request.url,
    query: request.query,
    headers: request.headers,
    body: typeof request.body === 'string' ? request.body : '',
    receivedAt: publisher.world.clock.timestamp(),
    answered,
  });
}
