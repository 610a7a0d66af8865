import { readFileSync } from 'node:fs';

/** The script that takes payments on a publisher's page. It stands alone, and holds no one else's code. */
export const payScript: string = readFileSync(new URL('../scripts/leveretpay.js', import.meta.url), 'utf8');

/** The versions it may be asked for by: the newest of 1, of 1.0 and of 1.1, which is the original's. */
export const payScriptVersions: readonly string[] = ['1', '1.0', '1.1'];
