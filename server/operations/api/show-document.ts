import { renderDocumentPage } from '@leveret/pages/developers/document-page.js';
import type { PageAnswer, PageEndpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import { type DocumentFolder, findDocumentAddresses, readCompatibility, readDocument } from '../documents.ts';
import { renderDocument } from '../render-document.ts';

export const showGuide = showDocumentOf('guides', 'showGuide', 'A guide of this release');
export const showHowTo = showDocumentOf('how-to', 'showHowTo', 'How something is added to Leveret');
export const showDecision = showDocumentOf('decisions', 'showDecision', 'Why something is as it is');
export const showProviderFacts = showDocumentOf('providers', 'showProviderFacts', 'Rules of a provider');

export const showCompatibility: PageEndpoint<unknown> = {
  operationId: 'showCompatibility',
  summary: 'How close this release is to the original',
  handlePage: async () => showText(await readCompatibility(), 'guides'),
};

function showDocumentOf(folder: DocumentFolder, operationId: string, summary: string): PageEndpoint<unknown> {
  return {
    operationId,
    summary,
    handlePage: async (_context, call) =>
      showText(await readDocument(folder, call.params['name'] ?? ''), folder),
  };
}

async function showText(text: string | undefined, folder: DocumentFolder): Promise<PageAnswer> {
  if (text === undefined) throw new Problem('not_found');
  const served = await findDocumentAddresses();
  return { html: renderDocumentPage(renderDocument(text, { folder, served })) };
}
