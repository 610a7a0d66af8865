import { styleSheetHash, styleSheetIn } from '@leveret/pages/style-sheet.js';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';

export const serveStyleSheet: PageEndpoint<unknown> = {
  operationId: 'serveStyleSheet',
  summary:
    "The style sheet of all pages, in a publisher's `colour`; cached for good under the address that " +
    'carries its hash',
  handlePage(_context, call) {
    const digits = call.query['colour'];
    const colour = digits === undefined ? undefined : `#${digits}`;
    const isCurrent = call.query['v'] === styleSheetHash(colour);
    return Promise.resolve({
      headers: { 'cache-control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache' },
      text: { type: 'text/css; charset=utf-8', content: styleSheetIn(colour) },
    });
  },
};
