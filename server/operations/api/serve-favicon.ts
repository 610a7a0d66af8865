import { favicon } from '@leveret/pages/favicon.js';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';

export const serveFavicon: PageEndpoint<unknown> = {
  operationId: 'serveFavicon',
  summary: 'The icon of our own pages',
  handlePage: async () => ({
    headers: { 'cache-control': 'public, max-age=86400' },
    text: { type: 'image/svg+xml', content: favicon },
  }),
};
