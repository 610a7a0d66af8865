import type { FastifyReply, FastifyRequest } from 'fastify';
import { queryOf, textsOf } from './answer-page.ts';
import type { NoticeCall, NoticeEndpoint } from './endpoint.ts';
import type { ContextFor } from './http-options.ts';
import { bodyText, firstOfEach, mailText } from './read-body.ts';

/** The handler of a provider's notice. Nothing is parsed here: a signature covers what was sent. */
export function noticeHandler<Context>(
  endpoint: NoticeEndpoint<Context>,
  context: Context,
  contextFor: ContextFor<Context>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const notice = readNotice(request, endpoint.takesMail);
    const { account, adapter } = notice.params;
    const by = { kind: 'provider', id: account ?? adapter ?? endpoint.operationId } as const;
    const answer = await endpoint.handleNotice(contextFor(context, { by }), notice);
    reply.code(answer.status ?? 200);
    if (answer.headers) reply.headers(answer.headers);
    if (answer.text) return reply.type(answer.text.type).send(answer.text.content);
    if (!answer.body) return reply.send('');
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
  };
}

function readNotice(request: FastifyRequest, takesMail = false): NoticeCall {
  const headers = Object.entries(request.raw.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return {
    method: request.method,
    url: request.originalUrl,
    params: textsOf(request.params),
    query: queryOf(request),
    headers: firstOfEach(headers),
    bodyText: takesMail ? mailText(request.body) : bodyText(request.body),
    address: request.ip,
    requestId: request.id,
  };
}
