import type { Children } from '@kitajs/html';
import { attribute, outsideAddress } from './safe-text.ts';
import { styleSheetPath } from './style-sheet.ts';
import type { PageTexts } from './texts/text-shape.ts';

export type LayoutModel = {
  texts: PageTexts;
  heading: string;
  /** What stands in the window's title instead of the heading, such as an error. */
  title?: string | undefined;
  publisherName?: string | undefined;
  /** Loads `url` after so many seconds, without any script. */
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
        <link rel="stylesheet" href={attribute(styleSheetPath)} />
      </head>
      <body>
        {publisherHeader(model.publisherName)}
        <main>
          <h1 safe>{model.heading}</h1>
          {content}
        </main>
      </body>
    </html>
  );
  if (typeof document !== 'string') throw new TypeError('A page has a part that is not ready.');
  return `<!doctype html>${document}`;
}

function refreshTag(refresh: LayoutModel['refresh']): JSX.Element {
  const address = outsideAddress(refresh?.url);
  if (refresh === undefined || address === undefined) return '';
  return <meta http-equiv="refresh" content={`${Math.ceil(refresh.seconds)};url=${address}`} />;
}

function publisherHeader(publisherName: string | undefined): JSX.Element {
  if (publisherName === undefined) return '';
  return (
    <header>
      <p class="publisher" safe>
        {publisherName}
      </p>
    </header>
  );
}
