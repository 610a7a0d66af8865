import { renderLoginCodePage } from '@leveret/pages/login-code-page.js';
import { type LoginState, renderLoginPage } from '@leveret/pages/login-page.js';
import { renderLoginSwitchPage } from '@leveret/pages/login-switch-page.js';
import type { CodeState } from '@leveret/pages/parts/code-notice.js';
import { credentialKey, parseCredential } from '../../kit/credential.ts';
import { browserNonce } from '../../kit/http/browser-form.ts';
import { goOnAllowed, type PageAnswer, type PageCall } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { setParameter } from '../../kit/set-parameter.ts';
import { isAtListedOrigin } from '../../publishers/allowed-address.ts';
import { sellerOf } from '../../publishers/seller.ts';
import { findAccountName } from '../find-account-name.ts';
import type { Session } from '../find-session.ts';
import { maySubmit } from '../may-submit.ts';
import { schemesOf } from './code-answers.ts';
import { hasMarkOf } from './known-browser.ts';
import { type LoginContext, type LoginWay, welcomeAt } from './login-way.ts';

/** Where the reader types an e-mail address or a number. */
export function askForCredential(
  context: LoginContext,
  call: PageCall,
  way: LoginWay,
  state: LoginState,
): PageAnswer {
  const { shared, answer } = partsOf(context, call, way);
  const credential = call.form['credential'] ?? way.credential;
  const submits = state === 'ready' && maySubmitFor(context, call, way);
  const page = answer(renderLoginPage({ ...shared, credential, isNew: way.isNew, state, submits }));
  return submits ? { ...page, allows: { ...page.allows, ...goOnAllowed } } : page;
}

/** Whether the site asked for it, and the browser came from a page of its own, or as a known one. */
function maySubmitFor({ secrets, settings }: LoginContext, call: PageCall, way: LoginWay): boolean {
  if (!way.submits || way.credential === undefined || call.method !== 'GET') return false;
  const { publisherId, country } = way.client.publisher;
  const credential = parseCredential(way.credential, country);
  if (!credential) return false;
  const reader = {
    publisherId,
    credentialKey: credentialKey(secrets.credentialHash, publisherId, credential),
  };
  return maySubmit({
    isFromSite: isAtListedOrigin(way.client, call.headers.referer),
    fetchSite: call.headers.secFetchSite,
    hasMark: hasMarkOf(call, settings.publicUrl, secrets.loginLink, reader),
  });
}

/** Where the reader types the code that was sent. */
export function askForLoginCode(
  context: LoginContext,
  call: PageCall,
  way: LoginWay,
  state: Exclude<CodeState, { kind: 'no-cookies' }>,
): PageAnswer {
  const { shared, answer } = partsOf(context, call, way);
  const credential = call.form['credential'] ?? '';
  return answer(renderLoginCodePage({ ...shared, credential, otherUrl: addressOf(call, way, true), state }));
}

/** Asks before somebody else is logged out. */
export async function askToSwitch(
  context: LoginContext,
  call: PageCall,
  way: LoginWay,
  session: Session,
  credential: string,
): Promise<PageAnswer> {
  const { shared, answer } = partsOf(context, call, way);
  const current = await findAccountName(context.database, session.accountId);
  const stayUrl = way.isAuthorization ? undefined : (way.returnTo ?? welcomeAt(way));
  return answer(renderLoginSwitchPage({ ...shared, current, credential, stayUrl }));
}

function partsOf(context: LoginContext, call: PageCall, way: LoginWay) {
  const { publisher } = way.client;
  const { nonce, cookies } = browserNonce(call, context.settings.publicUrl);
  const shared = {
    language: pageLanguage(call.headers.acceptLanguage, publisher.locale),
    publisherName: publisher.name,
    seller: sellerOf(publisher),
    action: addressOf(call, way, false),
    nonce,
    giveUpUrl: giveUpOf(way),
  };
  // From our authorization the browser goes on to the site, whose addresses the client lists.
  const allows = { 'form-action': schemesOf(way.client) };
  return { shared, answer: (html: string): PageAnswer => ({ html, cookies, allows }) };
}

/** Where a reader goes who does not log in after all. */
export function giveUpOf({ client, errorTo }: LoginWay): string | undefined {
  if (errorTo === undefined) return client.publisher.settings.homeUrl || undefined;
  return setParameter(errorTo, 'error', 'cancelled');
}

/** The address at hand: the reader's state, which nothing expires. */
export function addressOf(call: PageCall, { page }: LoginWay, isForAnother: boolean): string {
  const query = new URLSearchParams(call.query);
  if (isForAnother) for (const name of ['credential', 'credentialSubmit']) query.delete(name);
  return `/user/${page}?${query.toString()}`;
}
