import { renderProblemPage } from '@leveret/pages/problem-page.js';

/** What a browser gets where a request fails before any page could answer: no publisher is known there. */
export function errorPage({ status }: { status: number }, requestId: string): string {
  return renderProblemPage({ language: 'nb', status, requestId });
}
