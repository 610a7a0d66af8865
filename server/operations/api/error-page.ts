import { renderProblemPage } from '@leveret/pages/problem-page.js';
import { pageLanguage } from '../../kit/page-language.ts';

/**
 * What a browser gets where a request fails before any page could answer: no publisher is known there, so
 * the language is what the browser asks for.
 */
export function errorPage(
  { status }: { status: number },
  requestId: string,
  acceptLanguage: string | undefined,
): string {
  return renderProblemPage({ language: pageLanguage(acceptLanguage, 'nb'), status, requestId });
}
