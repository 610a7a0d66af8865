import { renderLogOutPage } from '@leveret/pages/log-out-page.js';
import type { Database } from '../../database/transaction.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { findHome, type HomeDirectory } from '../../publishers/find-home.ts';
import { logOutEverywhere as endAll } from '../log-out-everywhere.ts';
import { refuseStale } from './link-answers.ts';
import { problemPage } from './problem-page.ts';
import { checkForm, endedSessionCookies } from './reader-browser.ts';
import { findWelcomed, showWelcome } from './show-welcome.ts';

type Context = {
  settings: { publicUrl: string };
  database: Database;
  publishers: HomeDirectory;
};

export const logOutEverywhere: PageEndpoint<Context> = {
  operationId: 'logOutEverywhere',
  summary: 'End every session of the reader who is logged in, and what sites hold of them',
  parameters: ['clientId'],
  async handlePage(context, call) {
    const { publicUrl } = context.settings;
    const form = checkForm(call, publicUrl, undefined);
    if (form.kind === 'foreign') return problemPage(context, call, 403);
    if (form.kind === 'stale') return refuseStale(await showWelcome.handlePage(context, call));
    const session = await findWelcomed(context, call);
    if (session) {
      await context.database.transaction('log-out-everywhere', (transaction) => endAll(transaction, session));
    }
    const { locale = 'nb', ...home } = await findHome(context.publishers, {
      publisherId: session?.publisherId,
    });
    const html = renderLogOutPage({ ...home, language: pageLanguage(call.headers.acceptLanguage, locale) });
    return { html, cookies: endedSessionCookies(call, publicUrl, session?.publisherId) };
  },
};
