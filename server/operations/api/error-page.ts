import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { ErrorPage } from '../../kit/http/http-options.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { findHome, type Home, type HomeDirectory } from '../../publishers/find-home.ts';

/**
 * What a browser gets where a request fails before any page could answer. It leads on to the publisher that
 * is known from the address or the host; where finding them fails too, it says what happened and no more.
 */
export function createErrorPage(publishers: HomeDirectory): ErrorPage {
  return async (
    { status, code, fields, message },
    { method, requestId, acceptLanguage, query, publisherId },
  ) => {
    const [first] = fields;
    const misspelt = first?.meant === undefined ? undefined : { given: first.field, meant: first.meant };
    const nobody: Home = {};
    const known = { publisherId, clientId: query['clientId'] ?? query['client_id'] };
    const { locale = 'nb', ...home } = await findHome(publishers, known).catch(() => nobody);
    const language = pageLanguage(acceptLanguage, locale);
    // Whoever made the site reads it; the reader is told in their own words what happened.
    const forMakers = code === 'authorization_is_refused' ? message : undefined;
    const canReload = method === 'GET';
    return renderProblemPage({ language, status, requestId, misspelt, forMakers, canReload, ...home });
  };
}
