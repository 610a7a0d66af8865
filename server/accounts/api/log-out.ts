import { renderLogOutPage } from '@leveret/pages/log-out-page.js';
import type { Database } from '../../database/transaction.ts';
import { browserNonce } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { matchReturnUrl } from '../../kit/return-url.ts';
import { findHome, type Home, type HomeDirectory } from '../../publishers/find-home.ts';
import type { Client } from '../../publishers/publisher.ts';
import { findSession, type Session } from '../find-session.ts';
import { endSession } from '../sessions-store.ts';
import { formTargets } from './link-addresses.ts';
import { refuseStale } from './link-answers.ts';
import { problemPage } from './problem-page.ts';
import { checkForm, endedSessionCookie, readSessionId } from './reader-browser.ts';

type Context = {
  settings: { publicUrl: string };
  database: Database;
  publishers: HomeDirectory;
};

type Way = { client: Client | undefined; returnTo: string | undefined; home: Home };

export const openLogOut: PageEndpoint<Context> = {
  operationId: 'openLogOut',
  summary: 'Ask whether to log out; changes nothing',
  parameters: ['clientId', 'returnUrl'],
  async handlePage(context, call) {
    const way = await readWay(context, call);
    if (!way) return problemPage(context, call, 400);
    const session = await findSession(context.database, readSessionId(call, context.settings.publicUrl));
    return isOf(session, way) ? askToLogOut(context, call, way) : answerLoggedOut(call, way);
  },
};

export const logOut: PageEndpoint<Context> = {
  operationId: 'logOut',
  summary: 'End the session of this browser and go back',
  parameters: ['clientId', 'returnUrl'],
  async handlePage(context, call) {
    const { publicUrl } = context.settings;
    const way = await readWay(context, call);
    if (!way) return problemPage(context, call, 400);
    const form = checkForm(call, publicUrl);
    if (form.kind === 'foreign') return problemPage(context, call, 403);
    if (form.kind === 'stale') return refuseStale(askToLogOut(context, call, way));
    const { formerSessionId } = form.visitor;
    if (formerSessionId !== undefined) {
      const session = await findSession(context.database, formerSessionId);
      if (session && !isOf(session, way)) return answerLoggedOut(call, way);
      await context.database.transaction('log-out', (transaction) =>
        endSession(transaction, formerSessionId),
      );
    }
    return { ...answerLoggedOut(call, way), cookies: [endedSessionCookie(publicUrl)] };
  },
};

/**
 * Publishers share the host and so the browser's cookie: a session at one is none at another, whose page
 * neither shows nor ends it.
 */
function isOf(session: Session | undefined, { client }: Way): boolean {
  return session !== undefined && (!client || client.publisher.publisherId === session.publisherId);
}

/** Nothing where a return address is asked for that is not on the client's list. */
async function readWay(context: Context, call: PageCall): Promise<Way | undefined> {
  const { clientId, returnUrl } = call.query;
  const client = clientId === undefined ? undefined : await context.publishers.findClient(clientId);
  const home = await findHome(context.publishers, { clientId });
  if (returnUrl === undefined) return { client, returnTo: undefined, home };
  const matched = matchReturnUrl(returnUrl, client?.returnAddresses ?? []);
  return matched.ok ? { client, returnTo: matched.url, home } : undefined;
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

function modelOf(call: PageCall, { returnTo, home }: Way) {
  const { locale = 'nb', publisherName, seller, returnUrl } = home;
  const language = pageLanguage(call.headers.acceptLanguage, locale);
  return { language, publisherName, seller, returnUrl: returnTo ?? returnUrl };
}
