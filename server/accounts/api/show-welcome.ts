import { renderLandingPage } from '@leveret/pages/landing-page.js';
import type { Queryable } from '../../database/statement.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import { findPurchases } from '../find-purchases.ts';
import { findSession } from '../find-session.ts';
import { problemPage } from './problem-page.ts';
import { readSessionId } from './reader-browser.ts';

type Context = {
  settings: { publicUrl: string };
  database: Queryable;
  publishers: Pick<PublisherDirectory, 'findPublisher'>;
};

export const showWelcome: PageEndpoint<Context> = {
  operationId: 'showWelcome',
  summary: 'Show who has logged in what was bought, where the client named no address to return to',
  async handlePage(context, call) {
    const session = await findSession(context.database, readSessionId(call, context.settings.publicUrl));
    const publisher = session && (await context.publishers.findPublisher(session.publisherId));
    if (!session || !publisher) return problemPage(call, 403);
    const html = renderLandingPage({
      language: pageLanguage(call.headers.acceptLanguage, publisher.locale),
      publisherName: publisher.name,
      timeZone: publisher.timeZone,
      purchases: await findPurchases(context.database, session.publisherId, session.accountId),
    });
    return { html };
  },
};
