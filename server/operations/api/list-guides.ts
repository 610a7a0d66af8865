import { renderDocumentPage } from '@leveret/pages/developers/document-page.js';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { findDocumentAddresses, listDocuments } from '../documents.ts';
import { renderDocument } from '../render-document.ts';

export const listGuides: PageEndpoint<unknown> = {
  operationId: 'listGuides',
  summary: 'The guides of this release',
  async handlePage() {
    const links = (await listDocuments('guides')).map(({ title, name }) => `- [${title}](${name}.md)\n`);
    const place = { folder: 'guides', served: await findDocumentAddresses() } as const;
    return { html: renderDocumentPage(renderDocument(`# Guides\n\n${links.join('')}`, place)) };
  },
};
