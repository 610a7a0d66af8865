import { createHash, randomBytes } from 'node:crypto';
import { endSession } from '../accounts/sessions-store.ts';
import { clientScopes } from '../publishers/client-settings.ts';
import { createClient } from '../publishers/create-client.ts';
import { demoClientId, demoClientSecret } from '../publishers/demo-client.ts';
import { logInReader } from './log-in-reader.ts';
import { openTestNode, type TestNode } from './node.ts';
import { basic } from './oauth.ts';
import { createTestPublisher } from './publisher.ts';

/** A site that readers log in at. */
export type TestSite = {
  clientId: string;
  secret: string;
  redirectUri: string;
  profile: 'original' | 'strict';
};
export type TestReader = Awaited<ReturnType<typeof openTestReader>>;

/** What a strict site proves its codes with (RFC 7636, 4). */
const verifier = 'a-verifier-of-forty-three-characters-or-more';
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** A whole node with sites of both profiles, one of another publisher, and browsers that are logged in. */
export async function openTestReader() {
  const node = await openTestNode();
  const sites = await makeSites(node);
  const { context } = node;
  const asBrowser = createBrowser(node);
  const asSite = createSite(node);

  return {
    ...node,
    ...asBrowser,
    ...asSite,
    sites,
    /** The cookie of a browser that has just logged in by a credential, instead of the session it had. */
    logIn: (
      credential = 'kari@example.com',
      options: Parameters<typeof logInReader>[3] & { clientId?: string } = {},
    ) => logInReader(context, options.clientId ?? demoClientId, credential, options),
    logOut: (cookie: string) =>
      context.database.transaction('log out', (transaction) =>
        endSession(transaction, cookie.split('=')[1] ?? ''),
      ),
    /** What a site gets for a browser that is logged in. */
    async tokens(site: TestSite, cookie: string, scope = 'openid email read'): Promise<Tokens> {
      const { code } = answerOf(await asBrowser.authorize(site, { scope }, cookie));
      const reply = await asSite.swap(site, code ?? '');
      if (reply.statusCode !== 200) throw new Error(`no tokens: ${reply.body}`);
      return reply.json();
    },
  };
}

type Tokens = { access_token: string; refresh_token: string; id_token?: string; scope: string };

async function makeSites(node: TestNode) {
  const { database, publishers } = node.context;
  const clientId = `strict.${randomBytes(4).toString('hex')}`;
  const strict = 'https://strict.example/back';
  const made = await database.transaction('make strict client', (transaction) =>
    createClient(transaction, node.client.publisher.publisherId, {
      clientId,
      name: 'Strict site',
      profile: 'strict',
      scopes: clientScopes,
      returnAddresses: [{ url: strict, match: 'exact' }],
    }),
  );
  const url = 'https://foreign.example/back';
  const client = { returnAddresses: [{ url, match: 'exact' as const }] };
  const foreign = await createTestPublisher(database, { client });
  await publishers.refresh();
  const { secret = '' } = made ?? {};
  const demo = { clientId: demoClientId, secret: demoClientSecret };
  return {
    original: siteOf(demo, 'http://localhost:3000/back', 'original'),
    strict: siteOf({ clientId, secret }, strict, 'strict'),
    foreign: siteOf(foreign, url, 'original'),
  };
}

function siteOf(
  { clientId, secret }: { clientId: string; secret: string },
  redirectUri: string,
  profile: TestSite['profile'],
): TestSite {
  return { clientId, secret, redirectUri, profile };
}

function createBrowser({ app }: TestNode) {
  const visit = (url: string, cookie?: string) =>
    app.http.app.inject({ url, headers: { accept: 'text/html', ...(cookie && { cookie }) } });
  return {
    visit,
    authorize(site: TestSite, more: Record<string, string> = {}, cookie?: string) {
      const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
      const asked = new URLSearchParams({
        client_id: site.clientId,
        redirect_uri: site.redirectUri,
        response_type: 'code',
        ...(site.profile === 'strict' && proof),
        ...more,
      });
      return visit(`/user/oauth/authorize?${asked.toString()}`, cookie);
    },
  };
}

function createSite({ app }: TestNode) {
  const ask = (site: TestSite, fields: Record<string, string>, url = '/user/oauth/token') =>
    app.http.app.inject({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...basic(site.clientId, site.secret),
      },
      payload: new URLSearchParams(fields).toString(),
    });
  return {
    ask,
    swap(site: TestSite, code: string, more: Record<string, string> = {}) {
      const fields = { grant_type: 'authorization_code', code, redirect_uri: site.redirectUri };
      return ask(site, { ...fields, ...(site.profile === 'strict' && { code_verifier: verifier }), ...more });
    },
    refresh: (site: TestSite, token: string) =>
      ask(site, { grant_type: 'refresh_token', refresh_token: token }),
    /** A call of the API as a reader. */
    call: (token: string, url: string) =>
      app.http.app.inject({ url, headers: { authorization: `Bearer ${token}` } }),
  };
}

/** What an answer tells the site in its address. */
export function answerOf(reply: { headers: { location?: unknown } }): Record<string, string> {
  const { location } = reply.headers;
  const address = typeof location === 'string' ? location : '';
  return Object.fromEntries(new URL(address, 'http://relative.invalid').searchParams);
}
