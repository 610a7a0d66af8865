import { renderLandingPage } from '@leveret/pages/landing-page.js';
import type { Queryable } from '../../database/statement.ts';
import { browserNonce } from '../../kit/http/browser-form.ts';
import type { PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { HomeDirectory } from '../../publishers/find-home.ts';
import { sellerOf } from '../../publishers/seller.ts';
import { findPurchases } from '../find-purchases.ts';
import { findSession, type Session } from '../find-session.ts';
import { findSessionId } from '../find-session-id.ts';
import { findSessionFor } from './find-session-for.ts';
import { problemPage } from './problem-page.ts';

type Context = {
  settings: { publicUrl: string };
  database: Queryable;
  publishers: HomeDirectory;
};

export const showWelcome: PageEndpoint<Context> = {
  operationId: 'showWelcome',
  summary: 'Show who has logged in what was bought, where the client named no address to return to',
  parameters: ['clientId'],
  async handlePage(context, call) {
    const session = await findWelcomed(context, call);
    const publisher = session && (await context.publishers.findPublisher(session.publisherId));
    if (!session || !publisher) return problemPage(context, call, 403);
    const { nonce, cookies } = browserNonce(call, context.settings.publicUrl);
    const html = renderLandingPage({
      language: pageLanguage(call.headers.acceptLanguage, publisher.locale),
      publisherName: publisher.name,
      seller: sellerOf(publisher),
      timeZone: publisher.timeZone,
      homeUrl: publisher.settings.homeUrl || undefined,
      purchases: await findPurchases(context.database, session.publisherId, session.accountId),
      logOutEverywhere: { action: `/user/logout/everywhere${ofClient(call)}`, nonce },
    });
    return { html, cookies };
  },
};

/** Who is logged in at the publisher of the client that the address names, or was the last to log in. */
export async function findWelcomed(context: Context, call: PageCall): Promise<Session | undefined> {
  const { clientId } = call.query;
  if (!clientId) {
    return findSession(context.database, findSessionId(call, context.settings.publicUrl));
  }
  const client = await context.publishers.findClient(clientId);
  return client && findSessionFor(context, call, client);
}

function ofClient({ query: { clientId } }: PageCall): string {
  return clientId ? `?clientId=${encodeURIComponent(clientId)}` : '';
}
