import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';

/** What a reader sees where nothing is known of any publisher: a wrong address, a form from elsewhere. */
export function problemPage(call: PageCall, status: number, locale = 'nb'): PageAnswer {
  const language = pageLanguage(call.headers.acceptLanguage, locale);
  return { status, html: renderProblemPage({ language, status, requestId: call.requestId }) };
}
