import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The one style sheet of all pages. */
export const styleSheet: string = readFileSync(new URL('../style.css', import.meta.url), 'utf8');

/** Changes whenever the style sheet does. */
export const styleSheetHash: string = createHash('sha256').update(styleSheet).digest('hex').slice(0, 16);

/** Where the pages expect it. With the hash in the address it may be cached for good. */
export const styleSheetPath: string = `/user/assets/style.css?v=${styleSheetHash}`;
