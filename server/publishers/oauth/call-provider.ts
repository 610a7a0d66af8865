import { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';

type ProviderRequest = {
  method: 'GET' | 'POST';
  /** The path under the issuer, such as `/oauth/token`. */
  path: string;
  headers: Record<string, string>;
  body: string;
};

/** What the library answered, unless it left the answer to us. */
export type ProviderAnswer = { status: number; refusal: Error | undefined };

/**
 * Hands a request to the OAuth server, which writes the reply itself. The request is made anew: its body is
 * a stream again, and host and scheme are those of our settings, whatever the caller's headers said. Where
 * `refusalOf` knows a refusal of it, nothing was written.
 */
export async function callProvider(
  provider: Provider,
  asked: ProviderRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  refusalOf: (made: IncomingMessage) => Error | undefined = () => undefined,
): Promise<ProviderAnswer> {
  const issuer = new URL(provider.issuer);
  const made = new IncomingMessage(request.raw.socket);
  made.method = asked.method;
  made.url = asked.path;
  Object.assign(made, { originalUrl: `${issuer.pathname}${asked.path}` });
  made.headers = {
    ...asked.headers,
    host: issuer.host,
    accept: 'application/json',
    'x-forwarded-host': issuer.host,
    'x-forwarded-proto': issuer.protocol.slice(0, -1),
    'content-length': String(Buffer.byteLength(asked.body)),
  };
  made.push(asked.body);
  made.push(null);
  // Without it the end of the made request would end the caller's connection.
  made.complete = true;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  await provider.callback()(made, reply.raw);
  const refusal = refusalOf(made);
  if (!refusal) reply.hijack();
  return { status: reply.raw.statusCode, refusal };
}
