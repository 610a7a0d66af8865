import { readFileSync } from 'node:fs';

/** Drawn, so that one file is sharp at every size. */
export const favicon: string = readFileSync(new URL('../favicon.svg', import.meta.url), 'utf8');
