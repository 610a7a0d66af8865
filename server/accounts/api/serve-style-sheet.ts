import { styleSheet, styleSheetHash } from '@leveret/pages/style-sheet.js';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';

export const serveStyleSheet: PageEndpoint<unknown> = {
  operationId: 'serveStyleSheet',
  summary: 'The style sheet of all pages; cached for good under the address that carries its hash',
  handlePage(_context, call) {
    const isCurrent = call.query['v'] === styleSheetHash;
    return Promise.resolve({
      headers: { 'cache-control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache' },
      text: { type: 'text/css; charset=utf-8', content: styleSheet },
    });
  },
};
