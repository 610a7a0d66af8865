import { renderLandingPage } from '@leveret/pages/landing-page.js';
import type { Queryable } from '../../database/statement.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { HomeDirectory } from '../../publishers/find-home.ts';
import { sellerOf } from '../../publishers/seller.ts';
import { findPurchases } from '../find-purchases.ts';
import { findSession } from '../find-session.ts';
import { problemPage } from './problem-page.ts';
import { readSessionId } from './reader-browser.ts';

type Context = {
  settings: { publicUrl: string };
  database: Queryable;
  publishers: HomeDirectory;
};

export const showWelcome: PageEndpoint<Context> = {
  operationId: 'showWelcome',
  summary: 'Show who has logged in what was bought, where the client named no address to return to',
  async handlePage(context, call) {
    const session = await findSession(context.database, readSessionId(call, context.settings.publicUrl));
    const publisher = session && (await context.publishers.findPublisher(session.publisherId));
    if (!session || !publisher) return problemPage(context, call, 403);
    const html = renderLandingPage({
      language: pageLanguage(call.headers.acceptLanguage, publisher.locale),
      publisherName: publisher.name,
      seller: sellerOf(publisher),
      timeZone: publisher.timeZone,
      homeUrl: publisher.settings.homeUrl || undefined,
      purchases: await findPurchases(context.database, session.publisherId, session.accountId),
    });
    return { html };
  },
};
