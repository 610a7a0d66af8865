import { createHash, randomBytes } from 'node:crypto';
import { endSession } from '../accounts/sessions-store.ts';
import { clientScopes } from '../publishers/client-settings.ts';
import { createClient } from '../publishers/create-client.ts';
import { demoClientId, demoClientSecret } from '../publishers/demo-client.ts';
import { logInReader } from './log-in-reader.ts';
import { openTestNode } from './node.ts';
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
export const verifier = 'a-verifier-of-forty-three-characters-or-more';
export const challenge = createHash('sha256').update(verifier).digest('base64url');

/** A whole node with sites of both profiles, one of another publisher, and browsers that are logged in. */
export async function openTestReader() {
  const node = await openTestNode();
  const { context } = node;
  const { database } = context;
  const { app } = node.app.http;
  const original = { clientId: demoClientId, secret: demoClientSecret, profile: 'original' as const };
  const strictId = `strict.${randomBytes(4).toString('hex')}`;
  const strictAddress = 'https://strict.example/back';
  const made = await database.transaction('make strict client', (transaction) =>
    createClient(transaction, node.client.publisher.publisherId, {
      clientId: strictId,
      name: 'Strict site',
      profile: 'strict',
      scopes: clientScopes,
      returnAddresses: [{ url: strictAddress, match: 'exact' }],
    }),
  );
  const foreignAddress = 'https://foreign.example/back';
  const foreign = await createTestPublisher(database, {
    client: { returnAddresses: [{ url: foreignAddress, match: 'exact' }] },
  });
  await context.publishers.refresh();

  /** The cookie of a browser that has just logged in by a credential, instead of the session it had. */
  const logIn = (
    credential = 'kari@example.com',
    options: Parameters<typeof logInReader>[3] & { clientId?: string } = {},
  ) => logInReader(context, options.clientId ?? demoClientId, credential, options);

  function authorize(site: TestSite, more: Record<string, string> = {}, cookie?: string) {
    const proof =
      site.profile === 'strict' ? { code_challenge: challenge, code_challenge_method: 'S256' } : {};
    const asked = new URLSearchParams({
      client_id: site.clientId,
      redirect_uri: site.redirectUri,
      response_type: 'code',
      ...proof,
      ...more,
    });
    return visit(`/user/oauth/authorize?${asked.toString()}`, cookie);
  }

  function visit(url: string, cookie?: string) {
    return app.inject({ url, headers: { accept: 'text/html', ...(cookie && { cookie }) } });
  }

  function ask(site: TestSite, fields: Record<string, string>, path = '/user/oauth/token') {
    return app.inject({
      method: 'POST',
      url: path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...basic(site.clientId, site.secret),
      },
      payload: new URLSearchParams(fields).toString(),
    });
  }

  function swap(site: TestSite, code: string, more: Record<string, string> = {}) {
    const proof = site.profile === 'strict' ? { code_verifier: verifier } : {};
    const { redirectUri: redirect_uri } = site;
    return ask(site, { grant_type: 'authorization_code', code, redirect_uri, ...proof, ...more });
  }

  return {
    ...node,
    sites: {
      original: { ...original, redirectUri: 'http://localhost:3000/back' } satisfies TestSite,
      strict: {
        clientId: strictId,
        secret: made?.secret ?? '',
        redirectUri: strictAddress,
        profile: 'strict',
      } satisfies TestSite as TestSite,
      foreign: { ...foreign, redirectUri: foreignAddress, profile: 'original' } satisfies TestSite as TestSite,
    },
    logIn,
    authorize,
    visit,
    ask,
    swap,
    refresh: (site: TestSite, token: string) =>
      ask(site, { grant_type: 'refresh_token', refresh_token: token }),
    /** What a site gets for a browser that is logged in. */
    async tokens(site: TestSite, cookie: string, scope = 'openid email read'): Promise<Record<string, string>> {
      const { code } = answerOf(await authorize(site, { scope }, cookie));
      const reply = await swap(site, code ?? '');
      if (reply.statusCode !== 200) throw new Error(`no tokens: ${reply.body}`);
      return reply.json();
    },
    /** A call of the API as a reader. */
    call: (token: string, url: string, body?: object) =>
      app.inject({
        method: body ? 'POST' : 'GET',
        url,
        headers: { authorization: `Bearer ${token}` },
        ...(body && { payload: body }),
      }),
  };
}

/** What an answer tells the site in its address. */
export function answerOf(reply: { headers: Record<string, unknown> }): Record<string, string> {
  const location = String(reply.headers['location'] ?? '');
  return Object.fromEntries(new URL(location, 'http://relative.invalid').searchParams);
}

export async function logOutForTest(place: TestReader, cookie: string): Promise<void> {
  await place.context.database.transaction('log out', (transaction) =>
    endSession(transaction, cookie.split('=')[1] ?? ''),
  );
}
