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

/**
 * Hands a request to the OAuth server, which writes the reply itself. The request is made anew: its body is
 * a stream again, and host and scheme are those of our settings, whatever the caller's headers said. Answers
 * the status.
 */
export async function callProvider(
  provider: Provider,
  asked: ProviderRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<number> {
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
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  await provider.callback()(made, reply.raw);
  return reply.raw.statusCode;
}
