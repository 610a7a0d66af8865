import type { PageEndpoint } from '../../kit/http/endpoint.ts';

/** Addresses of orders and links are for their readers alone, and nothing else here is to be found. */
export const serveRobots: PageEndpoint<unknown> = {
  operationId: 'serveRobots',
  summary: 'Ask search engines to leave this host out',
  handlePage: async () => ({
    text: { type: 'text/plain; charset=utf-8', content: 'User-agent: *\nDisallow: /\n' },
  }),
};
