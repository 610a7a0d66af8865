import type { Context } from '../context.ts';
import type { HttpServer } from '../kit/http/serve.ts';
import type { LoginStrength } from '../kit/login-strength.ts';
import { logInReader } from './log-in-reader.ts';
import { basic } from './oauth.ts';

export type TokenSite = { clientId: string; secret: string; redirectUri: string };

/** The access token that a site of the profile `original` gets for a reader who logs in. */
export async function readerToken(
  { context, http }: { context: Context; http: Pick<HttpServer, 'app'> },
  site: TokenSite,
  credential: string,
  scope = 'read',
  strength: LoginStrength = 'code',
): Promise<string> {
  const { clientId, redirectUri } = site;
  const cookie = await logInReader(context, clientId, credential, { strength });
  const asked = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope };
  const url = `/user/oauth/authorize?${new URLSearchParams(asked).toString()}`;
  const answer = await http.app.inject({ url, headers: { cookie } });
  const code = new URL(String(answer.headers.location), context.settings.publicUrl).searchParams.get('code');
  const fields = { grant_type: 'authorization_code', code: code ?? '', redirect_uri: redirectUri };
  const reply = await http.app.inject({
    method: 'POST',
    url: '/user/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(clientId, site.secret) },
    payload: new URLSearchParams(fields).toString(),
  });
  if (reply.statusCode !== 200) throw new Error(`no token for the reader: ${reply.body}`);
  return reply.json().access_token;
}
