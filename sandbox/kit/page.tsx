import { readFileSync } from 'node:fs';
import type { Children } from '@kitajs/html';

const styles = readFileSync(new URL('../../kit/page.css', import.meta.url), 'utf8');

/** What these pages may load: nothing but their own style. */
export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'";

/** The policy of a buyer's page: deciding there leads on to the merchant, whose address is another one. */
export const buyerPagePolicy = pagePolicy.replace("form-action 'self'", "form-action 'self' http: https:");

/** The frame of the sandbox's own pages. With `refreshSeconds` the browser loads the page again by itself. */
export function Page(props: { title: string; refreshSeconds?: number; children?: Children }): JSX.Element {
  return (
    <>
      {'<!doctype html>'}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="referrer" content="no-referrer" />
          {props.refreshSeconds ? <meta http-equiv="refresh" content={String(props.refreshSeconds)} /> : ''}
          <title safe>{`${props.title} · Leveret sandbox`}</title>
          <style>{styles}</style>
        </head>
        <body>{props.children}</body>
      </html>
    </>
  );
}
