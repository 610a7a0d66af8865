import { isPayScriptVersion, payScript } from '@leveret/pages/pay-script.js';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';

export const servePayScript: PageEndpoint<unknown> = {
  operationId: 'servePayScript',
  summary: 'The script that takes payments on a publisher’s page',
  handlePage: (_context, call) => serve(call),
};

/** The same at the original's path; a page that names `mediaconnectpay` goes on working. */
export const serveMediaconnectPayScript: PageEndpoint<unknown> = {
  operationId: 'serveMediaconnectPayScript',
  summary: 'The script that takes payments on a publisher’s page, at the original’s path',
  handlePage: (_context, call) => serve(call),
};

function serve({ params }: PageCall): Promise<PageAnswer> {
  if (!isPayScriptVersion(params['version'] ?? '')) return Promise.reject(new Problem('not_found'));
  return Promise.resolve({
    headers: {
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
    },
    text: { type: 'text/javascript; charset=utf-8', content: payScript },
  });
}
