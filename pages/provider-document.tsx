import { heightScript } from './frame-scripts.ts';
import { attribute } from './safe-text.ts';

/**
 * `snippet` is HTML of a payment provider, and is shown as it is. `policy` is its Content-Security-Policy,
 * which lets it load and run what it needs, and `heightScript`.
 */
export type ProviderDocumentModel = { language: string; title: string; snippet: string; policy: string };

/** The whole document that stands in the frame of a provider's checkout, away from our own origin. */
export function renderProviderDocument({ language, title, snippet, policy }: ProviderDocumentModel): string {
  const head = (
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="content-security-policy" content={attribute(policy)} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title safe>{title}</title>
      <style>{'html, body { margin: 0; background: #fff; }'}</style>
      <script>{heightScript}</script>
    </head>
  );
  if (typeof head !== 'string') throw new TypeError('The document has a part that is not ready.');
  return `<!doctype html><html lang="${attribute(language)}">${head}<body>${snippet}</body></html>`;
}
