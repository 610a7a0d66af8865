import { frameScripts } from './frame-scripts.ts';
import { attribute } from './safe-text.ts';

/** What stands in the frame of a checkout until our page at `ours`, an origin, has handed its HTML over. */
export function renderSnippetLoader(ours: string): string {
  const script = <script data-ours={attribute(ours)}>{frameScripts.get('load-snippet.js') ?? ''}</script>;
  if (typeof script !== 'string') throw new TypeError('The loader has a part that is not ready.');
  return `<!doctype html><meta charset="utf-8">${script}`;
}
