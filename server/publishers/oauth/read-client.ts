import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyText } from '../../kit/http/read-body.ts';
import { Problem } from '../../kit/problem.ts';
import { isClientSecret } from '../authenticate-client.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { Client } from '../publisher.ts';
import { BadTokenRequest, basicPair, readTokenRequest } from './read-token-request.ts';

type Context = { publishers: PublisherDirectory; clock: { now(): Date } };

type ReadClient = {
  /** Who the caller says it is. */
  clientId: string | undefined;
  /** Who has proven to be it; nothing for a wrong secret as for an unknown client. */
  client: Client | undefined;
  form: URLSearchParams;
  bad: BadTokenRequest | undefined;
};

/** The client of a request, by HTTP Basic or by fields of the form (RFC 6749, 2.3.1). */
export async function readClient(context: Context, request: FastifyRequest): Promise<ReadClient> {
  const { headers } = request.raw;
  const find = (clientId: string) => context.publishers.findClient(clientId);
  try {
    const sent = { headers, bodyText: bodyText(request.body), query: new URLSearchParams() };
    const given = new URLSearchParams(sent.bodyText);
    const { clientId, form } = await readTokenRequest(sent, find);
    const client = clientId === undefined ? undefined : await find(clientId);
    const secret = basicPair(headers.authorization)?.secret ?? given.get('client_secret') ?? '';
    const isProven = client && !client.isDisabled && (await isClientSecret(context, client.clientId, secret));
    return { clientId, client: isProven ? client : undefined, form, bad: undefined };
  } catch (error) {
    const bad = error instanceof Problem ? new BadTokenRequest(error.message) : error;
    if (!(bad instanceof BadTokenRequest)) throw error;
    return { clientId: undefined, client: undefined, form: new URLSearchParams(), bad };
  }
}

/** In the words of OAuth (RFC 6749, 5.2). */
export function refuseRequest(
  reply: FastifyReply,
  status: number,
  error: string,
  description: string,
): FastifyReply {
  reply.code(status).type('application/json; charset=utf-8');
  return reply.send(JSON.stringify({ error, error_description: description }));
}
