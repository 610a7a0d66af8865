import { isRefused } from './ask-leveret.ts';
import type { Context } from './context.ts';
import type { Reader } from './leveret.ts';
import type { Answer, Visit } from './serve.ts';
import { type Session, unguessable } from './sessions.ts';

/** Stands in the address of an article whose reader was asked for just now, and is not logged in. */
export const asked = 'asked';

/** The link "Log in". Whoever is logged in at Leveret comes straight back. */
export async function logIn(shop: Context, visit: Visit): Promise<Answer> {
  return sendToLeveret(shop, visit, ownPath(shop, visit.query.get('to')));
}

/**
 * Step 1 of the guide: the browser goes to Leveret, and from there to `/back`. What it brings must belong to
 * a login that began in this very browser, so the shop keeps `state` and the proof of PKCE in its session.
 */
export function sendToLeveret(shop: Context, visit: Visit, to: string, prompt?: 'none'): Answer {
  visit.session ??= shop.sessions.start();
  const verifier = unguessable();
  const state = shop.sessions.beginLogin(visit.session, { to, verifier });
  return { redirectTo: shop.leveret.loginAddress({ state, verifier }, prompt) };
}

/** Step 2: the browser is back, with a code or with a reason why there is none. */
export async function comeBack(shop: Context, visit: Visit): Promise<Answer> {
  const { query, session } = visit;
  const state = query.get('state') ?? '';
  const login = session?.logins.get(state);
  const isFromLeveret = (query.get('iss') ?? shop.leveret.issuer) === shop.leveret.issuer;
  if (!session || !login || !isFromLeveret)
    return explain(shop, visit, session ? 'not_begun_here' : 'no_session');
  session.logins.delete(state);
  const error = query.get('error');
  if (error === 'login_required') return { redirectTo: `${login.to}?${asked}=1` };
  if (error !== null) return explain(shop, visit, error, login.to);
  try {
    const tokens = await shop.leveret.swapCode(query.get('code') ?? '', login.verifier);
    shop.sessions.rename(session);
    session.reader = { tokens, renewing: undefined };
    return { redirectTo: login.to };
  } catch (refusal) {
    if (!isRefused(refusal, 400)) throw refusal;
    return explain(shop, visit, 'code_is_over', login.to);
  }
}

/**
 * Step 3: who it is, asked anew for every page. Leveret refuses the token when it is over, and when the
 * reader has logged out there. Then the refresh token brings a new one (step 4), or the login has ended here.
 */
export async function findReader(
  shop: Context,
  session: Session | undefined,
): Promise<(Reader & { token: string }) | undefined> {
  const login = session?.reader;
  if (!login) return undefined;
  const found = (await ask(shop, login)) ?? ((await renew(shop, login)) ? await ask(shop, login) : undefined);
  if (!found && session.reader === login) session.reader = undefined;
  return found;
}

type Login = NonNullable<Session['reader']>;

async function ask(shop: Context, { tokens }: Login) {
  const token = tokens.access_token;
  try {
    return { ...(await shop.leveret.findReader(token)), token };
  } catch (error) {
    if (isRefused(error, 401)) return undefined;
    throw error;
  }
}

/** A refresh token may be used once, so that requests which come together share the one use. */
function renew(shop: Context, login: Login): Promise<boolean> {
  const spend = async () => {
    try {
      const tokens = await shop.leveret.refresh(login.tokens.refresh_token);
      login.tokens = { ...login.tokens, ...tokens };
      return true;
    } catch (error) {
      if (isRefused(error, 'invalid_grant')) return false;
      throw error;
    } finally {
      login.renewing = undefined;
    }
  };
  login.renewing ??= spend();
  return login.renewing;
}

/** Step 5: the login ends here, and Leveret asks the reader whether it shall end there. */
export async function logOut(shop: Context, visit: Visit): Promise<Answer> {
  const idToken = visit.session?.reader?.tokens.id_token;
  if (visit.session) shop.sessions.end(visit.session);
  visit.session = undefined;
  return { redirectTo: shop.leveret.logoutAddress(idToken) };
}

/** The `errorUrl` of login links: the link is over, or its order is, or the reader turned back. */
export async function saySorry(shop: Context, visit: Visit): Promise<Answer> {
  return explain(shop, visit, visit.query.get('error') ?? '', ownPath(shop, visit.query.get('to')));
}

const turnedBack = 'You turned back, so nobody was logged in.';
const reasons = new Map([
  ['not_begun_here', 'This login did not begin in this browser, or it is finished already.'],
  ['no_session', 'No login has begun in this browser. If one has, let your browser keep our cookies.'],
  ['code_is_over', 'This login took too long, or its address was used before.'],
  ['link_expired', 'The link in the message is over.'],
  ['link_ended', 'The link in the message was ended.'],
  ['order_stopped', 'The order came to nothing, so its link opens nothing.'],
  ['account_closed', 'The account is closed.'],
  ['access_denied', turnedBack],
  ['cancelled', turnedBack],
]);

/** A page that says what is the matter and leads on; whoever is logged in is told so at its head. */
async function explain(shop: Context, visit: Visit, why: string, to = '/'): Promise<Answer> {
  const reader = await findReader(shop, visit.session);
  const sentence = reasons.get(why) ?? 'The login did not succeed.';
  return { status: 400, page: shop.pages.sorry(sentence, { reader, to, offersLogin: !reader }) };
}

/** Where the reader reads on: only ever a page of this site. */
function ownPath(shop: Context, to: string | null): string {
  const url = URL.parse(to ?? '/', shop.url);
  return url?.origin === shop.url ? url.pathname : '/';
}
