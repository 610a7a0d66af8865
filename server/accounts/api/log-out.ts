import { renderLogOutPage } from '@leveret/pages/log-out-page.js';
import type { Database } from '../../database/transaction.ts';
import { browserNonce } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import type { PageParameter } from '../../kit/http/page-parameters.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { Problem } from '../../kit/problem.ts';
import { setParameter } from '../../kit/set-parameter.ts';
import { allowAddress } from '../../publishers/allowed-address.ts';
import { findHintedLogin, type HintKeys } from '../../publishers/find-hinted-login.ts';
import { findHome, type Home, type HomeDirectory } from '../../publishers/find-home.ts';
import type { Client } from '../../publishers/publisher.ts';
import type { AccountEvent } from '../account.ts';
import { findSession, type Session } from '../find-session.ts';
import { findSessionId } from '../find-session-id.ts';
import { endSession } from '../sessions-store.ts';
import { formTargets } from './link-addresses.ts';
import { refuseStale } from './link-answers.ts';
import { problemPage } from './problem-page.ts';
import { readHint } from './read-hint.ts';
import { checkForm, endedSessionCookies } from './reader-browser.ts';

type Context = {
  settings: { publicUrl: string };
  database: Database;
  publishers: HomeDirectory;
  keyRing: HintKeys;
};

type Way = {
  client: Client | undefined;
  returnTo: string | undefined;
  errorTo: string | undefined;
  /** Whom the site means; nobody else is logged out. */
  uniqueUserId: string | undefined;
  /** The session that the site has its tokens of, as an ID token that we signed says. */
  sessionUid: string | undefined;
  home: Home;
};

/** The original's parameters, and those of RP-Initiated Logout 1.0, section 2. */
const parameters: readonly PageParameter[] = [
  'clientId',
  'returnUrl',
  'errorUrl',
  'client_id',
  'post_logout_redirect_uri',
  'id_token_hint',
  'state',
];

export const openLogOut: PageEndpoint<Context> = {
  operationId: 'openLogOut',
  summary: 'Ask whether to log out; where nobody is logged in, end what the ID token of the site is of',
  parameters,
  async handlePage(context, call) {
    const way = await readWay(context, call);
    if (!way) return problemPage(context, call, 400);
    const session = await findSession(context.database, sessionIdFor(context, call, way));
    if (isOf(session, way)) return askToLogOut(context, call, way);
    await leaveSite(context, way);
    return answerLoggedOut(call, way);
  },
};

export const logOut: PageEndpoint<Context> = {
  operationId: 'logOut',
  summary: 'End the session of this browser and go back',
  parameters,
  async handlePage(context, call) {
    const { publicUrl } = context.settings;
    const way = await readWay(context, call);
    if (!way) return problemPage(context, call, 400);
    const form = checkForm(call, publicUrl, way.client?.publisher.publisherId);
    if (form.kind === 'foreign') return problemPage(context, call, 403);
    if (form.kind === 'stale') return refuseStale(askToLogOut(context, call, way));
    const { formerSessionId } = form.visitor;
    const session = await findSession(context.database, formerSessionId);
    await leaveSite(context, way);
    if (formerSessionId !== undefined) {
      if (session && !isOf(session, way)) return answerLoggedOut(call, way);
      await context.database.transaction('log-out', (transaction) =>
        endSession(transaction, formerSessionId),
      );
    }
    const at = session?.publisherId ?? way.client?.publisher.publisherId;
    return { ...answerLoggedOut(call, way), cookies: endedSessionCookies(call, publicUrl, at) };
  },
};

/**
 * Ends what the site was given, where it shows its ID token: the browser's session may be over, and the
 * site's tokens would outlive it. Only the site itself has that token, so nobody is asked.
 */
async function leaveSite({ database }: Context, { client, sessionUid }: Way): Promise<void> {
  if (!client || sessionUid === undefined) return;
  const { clientId, publisher } = client;
  await database.transaction('leave site', (transaction) =>
    transaction.report<AccountEvent>([
      { name: 'site left', publisherId: publisher.publisherId, clientId, sessionUid },
    ]),
  );
}

function sessionIdFor({ settings }: Context, call: PageCall, { client }: Way): string | undefined {
  return findSessionId(call, settings.publicUrl, client?.publisher.publisherId);
}

/**
 * A session at one publisher is none at another, whose page neither shows nor ends it; nor does one that
 * means another reader.
 */
function isOf(session: Session | undefined, { client, uniqueUserId }: Way): boolean {
  if (session === undefined) return false;
  if (uniqueUserId !== undefined && uniqueUserId !== session.uniqueUserId) return false;
  return !client || client.publisher.publisherId === session.publisherId;
}

/** Nothing where a return address is asked for that is not on the client's list. */
async function readWay(context: Context, call: PageCall): Promise<Way | undefined> {
  const { id_token_hint: hint, state, errorUrl } = call.query;
  const meant = hint ? readHint(hint) : undefined;
  const clientId = oneOf('client_id', call.query['clientId'], call.query['client_id'], meant?.clientId);
  const client = clientId === undefined ? undefined : await context.publishers.findClient(clientId);
  const home = await findHome(context.publishers, { clientId });
  const login = hint ? await findHintedLogin(context, hint) : undefined;
  const afterLogout = call.query['post_logout_redirect_uri'];
  const returnUrl = oneOf('post_logout_redirect_uri', call.query['returnUrl'], afterLogout);
  const allow = (address: string | undefined): Allowed => {
    if (address === undefined) return { ok: true, url: undefined };
    if (client === undefined || client.isDisabled) return { ok: false };
    return allowAddress(client, 'returnUrl', address, context.settings.publicUrl);
  };
  const [back, error] = [allow(returnUrl), allow(errorUrl)];
  if (!back.ok || !error.ok) return undefined;
  const { url } = back;
  const hasState = url !== undefined && afterLogout !== undefined && state !== undefined;
  const returnTo = hasState ? setParameter(url, 'state', state) : url;
  return {
    client,
    returnTo,
    errorTo: error.url,
    uniqueUserId: meant?.uniqueUserId,
    sessionUid: login?.sessionUid,
    home,
  };
}

type Allowed = { ok: true; url: string | undefined } | { ok: false };

/** What several parameters say, which may be said in either way; they may not say different things. */
function oneOf(field: PageParameter, ...given: (string | undefined)[]): string | undefined {
  const [first, ...others] = given.filter((value) => value !== undefined && value !== '');
  if (others.every((other) => other === first)) return first;
  const message = `${field} says something else than the parameters beside it`;
  throw new Problem('input_is_invalid', {
    detail: message,
    fields: [{ field, rule: 'contradiction', message }],
  });
}

function askToLogOut(context: Context, call: PageCall, way: Way): PageAnswer {
  const { nonce, cookies } = browserNonce(call, context.settings.publicUrl);
  const action = `/user/logout?${new URLSearchParams(call.query).toString()}`;
  const html = renderLogOutPage({ ...modelOf(call, way), ask: { action, nonce } });
  return { html, cookies, ...formTargets(way.returnTo) };
}

function answerLoggedOut(call: PageCall, way: Way): PageAnswer {
  if (way.returnTo !== undefined) return { redirectTo: way.returnTo };
  return { html: renderLogOutPage(modelOf(call, way)) };
}

function modelOf(call: PageCall, { returnTo, errorTo, home }: Way) {
  const { locale = 'nb', publisherName, seller, returnUrl } = home;
  const language = pageLanguage(call.headers.acceptLanguage, locale);
  return { language, publisherName, seller, returnUrl: errorTo ?? returnTo ?? returnUrl };
}
