import { renderLayout } from '../layout.tsx';
import { textsFor } from '../texts/page-texts.ts';

/** `html` is made of a document of this release; nothing in it comes from outside. */
export type DocumentPageModel = { heading: string; html: string };

/** A guide or another document, for people who build or run this. In English, as they are written. */
export function renderDocumentPage({ heading, html }: DocumentPageModel): string {
  return renderLayout(
    { texts: textsFor('en'), heading, publisherName: 'Leveret', isWide: true },
    <>
      <div class="document">{html}</div>
      <nav class="ways" aria-label="Leveret">
        <a href="/">Front page</a>
        <a href="/docs/guides">Guides</a>
        <a href="/docs/">Reference</a>
      </nav>
    </>,
  );
}
