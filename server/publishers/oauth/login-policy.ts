import type { KoaContextWithOIDC, interactionPolicy as policy } from 'oidc-provider';
import { authorizePath } from '../allowed-address.ts';
import { errors, interactionPolicy } from './load-provider.ts';
import { markSent, readSent, sentParameter, withoutMark } from './sent-mark.ts';
import { type LoginFacts, whyLogIn } from './why-log-in.ts';

type Context = { clock: { now(): Date }; secrets: { cookies: Buffer } };

/** By it a site asks for a login by code, in plain OAuth where `acr_values` has no place. */
export const strengthParameter = 'strength';

/** The reader must log in first; not an error that a site is told of. */
export class MustLogIn extends errors.CustomOIDCProviderError {
  override allow_redirect = false;
  override status = 303;
  override statusCode = 303;
  constructor() {
    super('login_required', 'the reader must log in');
  }
}

/**
 * The library's own interactions are not used: a reader who must log in is sent to our page, whose address
 * leads back to the authorization, so nothing can expire between. With `prompt=none` the site is told, and
 * where another reader than the one of `id_token_hint` has just logged in (OpenID Connect Core, 3.1.2.1).
 */
export function createLoginPolicy(context: Context): policy.Prompt[] {
  const { Prompt, Check } = interactionPolicy;
  const check = new Check('login', 'the reader is not logged in', 'login_required', (ctx) => {
    const why = whyLogIn(factsOf(context, ctx));
    if (why === undefined) return false;
    if (ctx.oidc.prompts.has('none')) return true;
    if (why === 'another_came') {
      throw new errors.LoginRequired('another reader logged in than the one of id_token_hint');
    }
    throw new MustLogIn();
  });
  const login = new Prompt({ name: 'login', requestable: true }, check);
  login.checks.remove('login_prompt');
  return [login, ...['consent', 'select_account'].map(accepted)];
}

/** May be asked for, and never shown: a publisher's own sites need no consent. */
function accepted(name: string): policy.Prompt {
  const prompt = new interactionPolicy.Prompt({ name, requestable: true });
  prompt.checks.clear();
  return prompt;
}

function factsOf(context: Context, ctx: KoaContextWithOIDC): LoginFacts {
  const { params = {}, session, account, prompts, entities } = ctx.oidc;
  const startedAt: unknown = session?.state?.['startedAt'];
  const maxAge = params['max_age'];
  const now = context.clock.now().getTime();
  return {
    now,
    // An account that is closed or another publisher's is not found, whoever is logged in.
    session:
      account && session && typeof startedAt === 'number'
        ? {
            uniqueUserId: account.accountId,
            startedAt,
            strength: session.acr === 'code' ? 'code' : 'link',
          }
        : undefined,
    isAsked: prompts.has('login'),
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
    expected: subjectOf(entities.IdTokenHint?.payload),
    needsCode: params[strengthParameter] === 'code' || params['acr_values'] === 'code',
    sentAt: readSent(context.secrets.cookies, ctx.querystring, params[sentParameter], now),
  };
}

function subjectOf(payload: Record<string, unknown> | undefined): string | undefined {
  return typeof payload?.['sub'] === 'string' ? payload['sub'] : undefined;
}

/**
 * Our login page, which leads back to the authorization as it was asked for, and says since when: whatever
 * the reader is sent for, the login that follows is the one that the request asks for.
 */
export function loginAddress({ clock, secrets }: Context, ctx: KoaContextWithOIDC): string {
  const { querystring } = ctx;
  const { params = {} } = ctx.oidc;
  const now = clock.now().getTime();
  const sent = readSent(secrets.cookies, querystring, params[sentParameter], now) ?? now;
  const mark = `${sentParameter}=${markSent(secrets.cookies, querystring, sent)}`;
  const asked = new URLSearchParams({
    clientId: String(params['client_id']),
    returnUrl: `${authorizePath}?${withoutMark(querystring)}&${mark}`,
  });
  if (typeof params['login_hint'] === 'string') asked.set('credential', params['login_hint']);
  return `/user/login?${asked.toString()}`;
}
