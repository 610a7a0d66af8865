import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { cutText } from '../../kit/cut-text.ts';
import type { Admission } from '../../kit/http/admit-request.ts';
import { cookieOf } from '../../kit/http/browser-form.ts';
import { isMisspelt } from '../../kit/http/near-name.ts';
import { bodyText } from '../../kit/http/read-body.ts';
import { fieldProblem, Problem } from '../../kit/problem.ts';
import { storableText } from '../../kit/storable-text.ts';
import { authorizePath } from '../allowed-address.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { ReaderDirectory } from '../reader.ts';
import { withoutOfflineAccess } from '../reader-scopes.ts';
import { callProvider } from './call-provider.ts';
import { refusalOf } from './configure-logins.ts';
import { sentParameter } from './sent-mark.ts';

type Context = {
  publishers: Pick<PublisherDirectory, 'findClient'>;
  readers: Pick<ReaderDirectory, 'sessionCookieName' | 'sessionCookieAt'>;
  settings: { publicUrl: string };
};

/** Longer ones would not fit into the address of the login page, which leads back here. */
const longestQuery = 4000;

/** What we add to the query ourselves when its reader is sent to log in: the mark, and the scope `read`. */
const longestAddition = 100;

/** What decides where a reader comes back to, or what the site gets. */
const deciding = ['redirect_uri', 'client_id', 'response_type', 'scope', 'prompt', 'state', 'code_challenge'];

/**
 * Where a site sends its reader to learn who they are (RFC 6749, 4.1.1; OpenID Connect Core, 3.1.2). A GET is
 * answered by the library; what is posted comes again as a GET, so that the session's cookie comes along.
 */
export function serveAuthorize(
  app: FastifyInstance,
  admission: Admission,
  providerNow: () => Promise<Provider>,
  context: Context,
): void {
  const common = {
    onRequest: admission.admit('reads'),
    schema: { hide: true },
    config: { operationId: 'authorize', isPage: true },
    url: authorizePath,
  };
  app.route({
    ...common,
    method: 'GET',
    // Asking for the headers alone would make a code that nobody sees.
    exposeHeadRoute: false,
    async handler(request, reply) {
      if (bodyText(request.body) !== '') throw refused('parameters stand in the address');
      await answer(context, await providerNow(), request, reply);
      return reply;
    },
  });
  app.route({
    ...common,
    method: 'HEAD',
    handler: (_request, reply) => {
      reply.header('allow', 'GET, POST');
      throw new Problem('method_not_allowed', { detail: 'This path answers GET, POST.' });
    },
  });
  app.route({
    ...common,
    method: 'POST',
    handler(request, reply) {
      const type = request.headers['content-type'] ?? '';
      if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
        throw refused('the body must be a form');
      const form = new URLSearchParams(bodyText(request.body)).toString();
      const query = [queryOf(request), form].filter((part) => part !== '').join('&');
      return reply.redirect(`${authorizePath}?${query}`, 303);
    },
  });
}

async function answer(
  context: Context,
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const query = readQuery(queryOf(request));
  const cookie = await cookieFor(context, request, query);
  const made = await callProvider(
    provider,
    {
      method: 'GET',
      path: `/oauth/authorize?${query}`,
      headers: cookie === undefined ? {} : { cookie },
      body: '',
    },
    request,
    reply,
    refusalOf,
  );
  if (made.refusal) throw made.refusal;
}

/** The library reads one cookie, and is given the one of the login at the site's publisher. */
async function cookieFor(
  { publishers, readers, settings: { publicUrl } }: Context,
  { raw: { headers } }: FastifyRequest,
  query: string,
): Promise<string | undefined> {
  const { cookie } = headers;
  const client = await publishers.findClient(new URLSearchParams(query).get('client_id') ?? '');
  if (!client || cookie === undefined) return cookie;
  const nameOf = (name: string) => `${cookieOf(publicUrl, name).name}=`;
  const own = nameOf(readers.sessionCookieAt(client.publisher.publisherId));
  const parts = cookie.split(';').map((part) => part.trim());
  const found = parts.find((part) => part.startsWith(own))?.slice(own.length);
  return found === undefined ? cookie : nameOf(readers.sessionCookieName) + found;
}

function queryOf(request: FastifyRequest): string {
  const { url = '' } = request.raw;
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}

/** The query as it was sent, with `read` where no scope is asked for, as clients of the original do. */
function readQuery(query: string): string {
  const parameters = new URLSearchParams(query);
  const mayAdd = parameters.has(sentParameter) ? longestAddition : 0;
  if (query.length > longestQuery + mayAdd)
    throw refused(`the address is longer than ${longestQuery} characters`);
  for (const [name, value] of parameters) {
    // Nonce and acr_values stand in the database until the code is swapped, which keeps no such character.
    if (`${name}${value}`.includes('\0'))
      throw refused(`${cutText(storableText(name), 60)} has a null character in it`);
    const meant = deciding.find((known) => name !== known && isMisspelt(name, known));
    if (meant !== undefined && !parameters.has(meant)) {
      throw fieldProblem('authorization_is_refused', name, `${name} is not known; did you mean ${meant}?`);
    }
  }
  const mode = parameters.get('response_mode');
  if (mode !== null && mode !== 'query') throw refused('response_mode must be query');
  const [scope = '', ...more] = parameters.getAll('scope');
  const asked = withoutOfflineAccess(scope);
  // What stands twice is refused by the library, whatever it says.
  if (more.length > 0 || (asked !== '' && !scope.includes('offline_access'))) return query;
  const others = query.split('&').filter((pair) => pair !== '' && !/^scope(=|$)/.test(pair));
  return [...others, `scope=${encodeURIComponent(asked || 'read')}`].join('&');
}

function refused(detail: string): Problem {
  return new Problem('authorization_is_refused', { detail });
}
