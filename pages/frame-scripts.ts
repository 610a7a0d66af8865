import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const names = [
  'provider-frame.js',
  'leave-frame.js',
  'load-snippet.js',
  'go-on.js',
  'submit-form.js',
] as const;
type FrameScript = (typeof names)[number];

const read = (name: string): string => readFileSync(new URL(`../scripts/${name}`, import.meta.url), 'utf8');

/** The scripts of pages, by name: around the frame of a provider's checkout, and those that lead on. */
export const frameScripts: ReadonlyMap<string, string> = new Map(names.map((name) => [name, read(name)]));

/** Where the pages expect one; the address changes with what stands in it. */
export function frameScriptPath(name: FrameScript): string {
  const hash = createHash('sha256').update(frameScripts.get(name) ?? '');
  return `/user/assets/frame/${name}?v=${hash.digest('hex').slice(0, 16)}`;
}

/** Stands inline in the frame, where nothing of ours can be loaded from. */
export const heightScript: string = read('tell-height.js');
