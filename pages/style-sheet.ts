import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { coloursOf, readColour, type Theme } from './publisher-colour.ts';

/** The one style sheet of all pages, as short as it gets: a phone loads it before it shows a page. */
export const styleSheet: string = readFileSync(new URL('../style.css', import.meta.url), 'utf8')
  .replaceAll(/\/\*.*?\*\//gs, '')
  .replaceAll(/\n\s*/g, '');

/**
 * The style sheet with a publisher's colour in place of ours; ours where it is none. Pages allow no style but
 * that of a file of ours, so that the colour is in the file, and the file's address says which.
 */
export function styleSheetIn(colour: string | undefined): string {
  const read = readColour(colour);
  if (read === undefined) return styleSheet;
  const rule = (theme: Theme) => {
    const properties = Object.entries(coloursOf(read, theme)).map(([name, value]) => `--${name}: ${value};`);
    return `@media (prefers-color-scheme: ${theme}) { :root { ${properties.join(' ')} } }`;
  };
  return `${styleSheet}\n${rule('light')}\n${rule('dark')}\n`;
}

/** Changes whenever the style sheet in this colour does. */
export function styleSheetHash(colour: string | undefined): string {
  return createHash('sha256').update(styleSheetIn(colour)).digest('hex').slice(0, 16);
}

const ownPath = `/user/assets/style.css?v=${styleSheetHash(undefined)}`;
const paths = new Map<string, string>();

/** Where the pages of a publisher expect it. With the hash in the address it may be cached for good. */
export function styleSheetPathFor(colour: string | undefined): string {
  if (colour === undefined || readColour(colour) === undefined) return ownPath;
  const known = paths.get(colour);
  if (known !== undefined) return known;
  const path = `/user/assets/style.css?v=${styleSheetHash(colour)}&colour=${colour.slice(1)}`;
  // One for each publisher, who rarely changes it.
  if (paths.size >= 1000) paths.clear();
  paths.set(colour, path);
  return path;
}
