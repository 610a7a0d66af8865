import type { KoaContextWithOIDC, interactionPolicy as policy } from 'oidc-provider';
import { authorizePath } from '../allowed-address.ts';
import { errors, interactionPolicy } from './load-provider.ts';
import { markSent, readSent, sentParameter } from './sent-mark.ts';
import { type LoginFacts, type WhyLogIn, whyLogIn } from './why-log-in.ts';

type Context = { clock: { now(): Date }; secrets: { cookies: Buffer } };

/** By it a site asks for a login by code, in plain OAuth where `acr_values` has no place. */
export const strengthParameter = 'strength';

/** The reader must log in first; not an error that a site is told of. */
export class MustLogIn extends errors.CustomOIDCProviderError {
  override allow_redirect = false;
  override status = 303;
  override statusCode = 303;
  readonly why: WhyLogIn;
  constructor(why: WhyLogIn) {
    super('login_required', 'the reader must log in');
    this.why = why;
  }
}

/**
 * The library's own interactions are not used: a reader who must log in is sent to our page, whose address
 * leads back to the authorization, so nothing can expire between. With `prompt=none` the site is told.
 */
export function createLoginPolicy(context: Context): policy.Prompt[] {
  const { Prompt, Check } = interactionPolicy;
  const check = new Check('login', 'the reader is not logged in', 'login_required', (ctx) => {
    const why = whyLogIn(factsOf(context, ctx));
    if (why === undefined) return false;
    if (ctx.oidc.prompts.has('none')) return true;
    throw new MustLogIn(why);
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
  return {
    now: context.clock.now().getTime(),
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
    sentAt: readSent(context.secrets.cookies, params[sentParameter]),
  };
}

function subjectOf(payload: Record<string, unknown> | undefined): string | undefined {
  return typeof payload?.['sub'] === 'string' ? payload['sub'] : undefined;
}

/** Our login page, which leads back to the authorization as it was asked for. */
export function loginAddress(context: Context, ctx: KoaContextWithOIDC, why: WhyLogIn): string {
  const { params = {} } = ctx.oidc;
  const again = ctx.querystring.split('&').filter((pair) => !pair.startsWith(`${sentParameter}=`));
  if (why === 'asked' || why === 'too_old') {
    const sent = readSent(context.secrets.cookies, params[sentParameter]) ?? context.clock.now().getTime();
    again.push(`${sentParameter}=${markSent(context.secrets.cookies, sent)}`);
  }
  const asked = new URLSearchParams({
    clientId: String(params['client_id']),
    returnUrl: `${authorizePath}?${again.join('&')}`,
  });
  if (typeof params['login_hint'] === 'string') asked.set('credential', params['login_hint']);
  return `/user/login?${asked.toString()}`;
}
