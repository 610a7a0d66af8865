import { renderFrontPage } from '@leveret/pages/developers/front-page.js';
import { renderHomePage } from '@leveret/pages/home-page.js';
import type { Settings } from '../../config/settings.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { demoClientId, demoClientSecret } from '../../publishers/demo-client.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import { sellerOf } from '../../publishers/seller.ts';

type Context = {
  settings: Pick<Settings, 'mode' | 'sandboxPort' | 'shopPort'>;
  publishers: Pick<PublisherDirectory, 'findOnlyPublisher'>;
};

/** A sandbox shows a newcomer around; a live host says whose it is and nothing else. */
export const showFront: PageEndpoint<Context> = {
  operationId: 'showFront',
  summary: 'Say what stands at this host',
  async handlePage({ settings, publishers }, call) {
    if (settings.mode === 'sandbox') return { html: frontOfSandbox(settings) };
    const publisher = await publishers.findOnlyPublisher();
    const html = renderHomePage({
      language: pageLanguage(call.headers.acceptLanguage, publisher?.locale ?? 'en'),
      publisherName: publisher?.name,
      seller: publisher && sellerOf(publisher),
      homeUrl: publisher?.settings.homeUrl || undefined,
    });
    return { html };
  },
};

function frontOfSandbox({ sandboxPort, shopPort }: Context['settings']): string {
  const sandbox = `http://localhost:${sandboxPort}`;
  return renderFrontPage({
    clientId: demoClientId,
    clientSecret: demoClientSecret,
    doors: [
      {
        name: 'Shop',
        url: `http://localhost:${shopPort}`,
        says: 'a newspaper whose readers log in and buy here: an example of your site',
      },
      { name: 'Reference', url: '/docs/', says: 'every call of the API, with an example to try' },
      {
        name: 'Guides',
        url: '/docs/guides',
        says: 'move a site here, run it, and what to do when a secret leaks',
      },
      { name: 'Phone', url: `${sandbox}/phone`, says: 'what readers receive by SMS and e-mail' },
      { name: 'Sandbox', url: sandbox, says: "providers, what they charged, and a publisher's site" },
    ],
  });
}
