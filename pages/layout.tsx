import type { Children } from '@kitajs/html';
import { frameScriptPath } from './frame-scripts.ts';
import { type Seller, SellerFoot } from './parts/seller-foot.tsx';
import { attribute, outsideAddress } from './safe-text.ts';
import { styleSheetPathFor } from './style-sheet.ts';
import type { PageTexts } from './texts/text-shape.ts';

export type LayoutModel = {
  texts: PageTexts;
  heading: string;
  /** What stands in the window's title instead of the heading, such as an error. */
  title?: string | undefined;
  publisherName?: string | undefined;
  /** Whose the page is: its foot, logo and colour. */
  seller?: Seller | undefined;
  /** Room for documents and lists, where a page is not one question to a reader. */
  isWide?: boolean;
  /** Loads `url` after so many seconds; without scripts too. The page's policy must allow `goOnAllowed`. */
  refresh?: { seconds: number; url: string } | undefined;
};

/** The whole document around one page's content: title, publisher's name, one card with the heading. */
export function renderLayout(model: LayoutModel, content: Children): string {
  const title = [model.title ?? model.heading, model.publisherName].filter(Boolean).join(' – ');
  const document = (
    <html lang={attribute(model.texts.language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        {refreshTag(model.refresh)}
        <title safe>{title}</title>
        <link rel="stylesheet" href={attribute(styleSheetPathFor(model.seller?.colour))} />
      </head>
      <body class={model.isWide === true ? 'wide' : undefined}>
        <PublisherHeader name={model.publisherName} logoUrl={model.seller?.logoUrl} />
        <main>
          <h1 safe>{model.heading}</h1>
          {content}
        </main>
        <SellerFoot seller={model.seller} texts={model.texts} />
      </body>
    </html>
  );
  if (typeof document !== 'string') throw new TypeError('A page has a part that is not ready.');
  return `<!doctype html>${document}`;
}

function refreshTag(refresh: LayoutModel['refresh']): JSX.Element {
  const address = outsideAddress(refresh?.url);
  if (refresh === undefined || address === undefined) return '';
  const seconds = Math.ceil(refresh.seconds);
  return (
    <>
      <script
        src={attribute(frameScriptPath('go-on.js'))}
        data-url={address}
        data-seconds={String(seconds)}
      ></script>
      <noscript>
        <meta http-equiv="refresh" content={`${seconds};url=${address}`} />
      </noscript>
    </>
  );
}

/** Whose the page is, by logo or else by name. */
function PublisherHeader(props: { name: string | undefined; logoUrl: string | undefined }): JSX.Element {
  const { name, logoUrl } = props;
  if (name === undefined) return '';
  const address = outsideAddress(logoUrl || undefined);
  return (
    <header>
      {address === undefined ? (
        <p class="publisher" safe>
          {name}
        </p>
      ) : (
        <img class="logo" src={address} alt={attribute(name)} height="40" />
      )}
    </header>
  );
}
