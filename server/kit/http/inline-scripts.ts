import { hash } from 'node:crypto';

/** More are never looked at: what lets them run has to fit into a header. */
export const mostInlineScripts = 40;

/**
 * The sources for `script-src` that let the inline scripts of a piece of HTML run, and no others: each by its
 * hash (Content Security Policy Level 3, 2.3.1). The HTML must be shown as it is.
 */
export function inlineScriptSources(html: string): string[] {
  return findInlineScripts(html).map((text) => `'sha256-${hash('sha256', text, 'base64')}'`);
}

/**
 * The texts of the inline scripts, as a browser takes them; one with `src` runs no text. Every step goes on
 * from where the one before ended, and the first that finds nothing is the last, so that the work grows with
 * the length alone, whatever a stranger writes.
 */
export function findInlineScripts(html: string): string[] {
  const texts: string[] = [];
  const openings = /<script(?=[\s/>])/gi;
  const endings = /<\/script(?=[\s/>])/gi;
  while (texts.length < mostInlineScripts) {
    const opening = openings.exec(html);
    const tagEnd = opening ? endOfTag(html, openings.lastIndex) : -1;
    if (!opening || tagEnd === -1) break;
    endings.lastIndex = tagEnd;
    const ending = endings.exec(html);
    if (!ending) break;
    const attributes = html.slice(openings.lastIndex, tagEnd);
    if (!/[\s/"']src\s*=/i.test(attributes)) texts.push(html.slice(tagEnd + 1, ending.index));
    openings.lastIndex = endings.lastIndex;
  }
  return texts;
}

const quotes = ['"', "'"];

/** Where the `>` of a tag stands that begins before `start`; one inside a quoted value ends nothing. */
function endOfTag(html: string, start: number): number {
  let isValue = false;
  for (let at = start; at < html.length; at += 1) {
    const character = html.charAt(at);
    if (character === '>') return at;
    if (isValue && quotes.includes(character)) {
      at = html.indexOf(character, at + 1);
      if (at === -1) return -1;
    }
    isValue = character === '=' || (isValue && character <= ' ');
  }
  return -1;
}
