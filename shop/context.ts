import type { Leveret } from './leveret.ts';
import type { Pages } from './page.ts';
import type { Sessions } from './sessions.ts';

/** What every page of the shop has at hand; `url` is the shop's own address. */
export type Context = { url: string; leveret: Leveret; sessions: Sessions; pages: Pages };
