import { readFileSync } from 'node:fs';

/** The script that takes payments on a publisher's page. It stands alone, and holds no one else's code. */
export const payScript: string = readFileSync(new URL('../scripts/leveretpay.js', import.meta.url), 'utf8');

/**
 * Whether a page may ask for it by this version: the newest of 1, of 1.0 and of 1.1, which is the original's,
 * or an exact one of these.
 */
export function isPayScriptVersion(version: string): boolean {
  return /^1(?:\.[01](?:\.\d{1,3})?)?$/.test(version);
}
