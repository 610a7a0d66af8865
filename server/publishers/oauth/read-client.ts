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

/** What decides who asks about which token; it stands in the body, once. */
const deciding = ['client_id', 'client_secret', 'token'] as const;

/**
 * The client of a request about a token, by HTTP Basic or by fields of the form or of a JSON body (RFC 6749,
 * 2.3.1), as the token endpoint takes it.
 */
export async function readClient(context: Context, request: FastifyRequest): Promise<ReadClient> {
  const { headers } = request.raw;
  const find = (clientId: string) => context.publishers.findClient(clientId);
  try {
    const sent = { headers, bodyText: bodyText(request.body), query: new URLSearchParams() };
    const { clientId, form } = await readTokenRequest(sent, find);
    const basic = basicPair(headers.authorization);
    refuseUnclear(form, queryParameters(request), basic?.id);
    const client = clientId === undefined ? undefined : await find(clientId);
    const secret = basic?.secret ?? form.get('client_secret') ?? '';
    const isProven = client && !client.isDisabled && (await isClientSecret(context, client.clientId, secret));
    return { clientId, client: isProven ? client : undefined, form, bad: undefined };
  } catch (error) {
    const bad = error instanceof Problem ? new BadTokenRequest(error.message) : error;
    if (!(bad instanceof BadTokenRequest)) throw error;
    return { clientId: undefined, client: undefined, form: new URLSearchParams(), bad };
  }
}

function refuseUnclear(form: URLSearchParams, query: URLSearchParams, basicId: string | undefined): void {
  for (const name of deciding) {
    if (query.has(name)) throw new BadTokenRequest(`${name} must stand in the body`);
    if (form.getAll(name).length > 1) throw new BadTokenRequest(`${name} must not be given twice`);
  }
  if (basicId === undefined) return;
  if (form.get('client_secret')) throw new BadTokenRequest('client_secret must be given in one way only');
  if ((form.get('client_id') || basicId) !== basicId)
    throw new BadTokenRequest('client_id differs in header and body');
}

/** What stands in the address of a request. */
export function queryParameters({ originalUrl }: FastifyRequest): URLSearchParams {
  const start = originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : originalUrl.slice(start + 1));
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
