import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { findHome, type HomeDirectory } from '../../publishers/find-home.ts';

/**
 * What a reader sees where nothing can be shown: a wrong address, a form from elsewhere. It leads on to the
 * publisher of what was found, else to the one that the address or the host tells.
 */
export async function problemPage(
  { publishers }: { publishers: HomeDirectory },
  call: PageCall,
  status: number,
  found?: { publisherId: number; locale: string },
): Promise<PageAnswer> {
  const known = { publisherId: found?.publisherId, clientId: call.query['clientId'] };
  const { locale = 'nb', ...home } = await findHome(publishers, known);
  const language = pageLanguage(call.headers.acceptLanguage, found?.locale ?? locale);
  const { requestId, method } = call;
  const canReload = method === 'GET';
  return { status, html: renderProblemPage({ language, status, requestId, canReload, ...home }) };
}
