import { frameScripts } from '@leveret/pages/frame-scripts.js';
import { renderSnippetLoader } from '@leveret/pages/snippet-loader.js';
import type { Settings } from '../../config/settings.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';

export const serveFrameScript: PageEndpoint<unknown> = {
  operationId: 'serveFrameScript',
  summary: 'The scripts of pages, by name; their addresses carry a hash',
  handlePage(_context, { params, query }) {
    const content = frameScripts.get(params['name'] ?? '');
    if (content === undefined) return Promise.reject(new Problem('not_found'));
    const isHashed = query['v'] !== undefined;
    return Promise.resolve({
      headers: { 'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache' },
      text: { type: 'text/javascript; charset=utf-8', content },
    });
  },
};

export const snippetLoaderPath = '/user/assets/snippet';

/**
 * What is first in the frame where snippets have an origin of their own. It runs what our page hands over, so
 * that only our page may frame it, and its script does nothing at our own origin.
 */
export const serveSnippetLoader: PageEndpoint<{ settings: Pick<Settings, 'publicUrl' | 'snippetUrl'> }> = {
  operationId: 'serveSnippetLoader',
  summary: 'The frame that takes a provider’s snippet, at an origin of its own',
  handlePage({ settings: { publicUrl, snippetUrl } }) {
    if (snippetUrl === undefined) return Promise.reject(new Problem('not_found'));
    const web = ['https:', ...(snippetUrl.startsWith('http:') ? ['http:'] : [])];
    return Promise.resolve({
      html: renderSnippetLoader(publicUrl),
      framedBy: publicUrl,
      headers: { 'cross-origin-opener-policy': 'unsafe-none' },
      allows: {
        'script-src': ["'unsafe-inline'", ...web],
        'style-src': ["'unsafe-inline'"],
        'frame-src': web,
        'connect-src': web,
        'img-src': ['data:', ...web],
        'form-action': web,
      },
    });
  },
};
