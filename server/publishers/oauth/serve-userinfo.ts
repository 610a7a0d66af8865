import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admission } from '../../kit/http/admit-request.ts';
import { bearerToken } from '../../kit/http/bearer-token.ts';
import { Problem } from '../../kit/problem.ts';
import type { VerifiedReader } from '../verify-access-token.ts';
import { claimsOf, readerClaims } from './reader-claims.ts';

export const userinfoPath = '/user/oauth/userinfo';

/**
 * Who the reader of a token is, by the scopes that the token was asked for (OpenID Connect Core, 5.3). The
 * library would refuse signed tokens here.
 */
export function serveUserinfo(
  app: FastifyInstance,
  admission: Admission,
  verify: (token: string) => Promise<VerifiedReader>,
): void {
  const common = {
    onRequest: admission.admit('reads'),
    schema: { hide: true },
    config: { operationId: 'userinfo' },
    url: userinfoPath,
  };
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const token = bearerToken(request.raw.headers.authorization);
    if (token === undefined) throw new Problem('token_is_missing');
    const { user, found, scopes } = await verify(token);
    if (!scopes.includes('openid')) {
      throw new Problem('scope_is_missing', { detail: 'The token needs the scope openid.' });
    }
    const body = JSON.stringify(chosenClaims(claimsOf(user.user.uniqueUserId, found), scopes));
    return reply.type('application/json; charset=utf-8').send(body);
  };
  app.route({ ...common, method: 'GET', handler });
  app.route({ ...common, method: 'POST', handler });
}

function chosenClaims(claims: object, scopes: readonly string[]): object {
  const opened = Object.entries(readerClaims).flatMap(([scope, names]) =>
    scopes.includes(scope) ? names : [],
  );
  return Object.fromEntries(Object.entries(claims).filter(([name]) => opened.includes(name)));
}
