import { hash } from 'node:crypto';

// The text up to the end tag, as a browser takes it; a script with `src` runs no text.
const scripts = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi;

/**
 * The sources for `script-src` that let the inline scripts of a piece of HTML run, and no others: each by its
 * hash (Content Security Policy Level 3, 2.3.1). The HTML must be shown as it is.
 */
export function inlineScriptSources(html: string): string[] {
  return [...html.matchAll(scripts)]
    .filter(([, attributes = '']) => !/\ssrc\s*=/i.test(attributes))
    .map(([, , text = '']) => `'sha256-${hash('sha256', text, 'base64')}'`);
}
