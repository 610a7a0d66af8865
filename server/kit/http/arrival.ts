import type { PageCall } from './endpoint.ts';

/**
 * Who is behind a GET, as far as its headers tell (Fetch Metadata, W3C): `sent` by a page or its redirect in
 * a browser that has gone there; `opened` in a browser from outside of it, such as a message or the address
 * bar; `unsaid` by old browsers and by programs; `nobody` where it is only looked up, previewed or fetched
 * ahead. What a form sends is told by its nonce instead.
 */
export type Arrival = 'sent' | 'opened' | 'unsaid' | 'nobody';

export function arrivalOf({ method, headers }: Pick<PageCall, 'method' | 'headers'>): Arrival {
  if (method !== 'GET' || isFetchedAhead(headers)) return 'nobody';
  if (robots.test(headers.userAgent ?? '')) return 'nobody';
  const { secFetchMode: mode, secFetchDest: destination, secFetchSite: site } = headers;
  // No browser names a mode alone, but Node's fetch does.
  if (destination === undefined && site === undefined) return 'unsaid';
  // An image or a frame of another page is no visit. The first browsers that told a mode told no destination.
  const isVisit = destination === undefined ? mode === 'navigate' : destination === 'document';
  if (!isVisit) return 'nobody';
  return site === 'none' ? 'opened' : 'sent';
}

/** Whether the browser says that somebody has gone to the page. */
export function isPersons(arrival: Arrival): boolean {
  return arrival === 'sent' || arrival === 'opened';
}

/** Nobody has asked for the page yet, so that nothing may be completed or begun by it. */
export function isFetchedAhead(headers: PageCall['headers']): boolean {
  return /prefetch|preview|prerender/i.test(headers.purpose ?? '');
}

// What previewers of links and scanners call themselves; Cubot is a phone.
const robots = new RegExp(
  '(?<!cu)bot\\b|crawl|spider|slurp|preview|scanner|safelinks|facebookexternalhit|facebookcatalog|' +
    '^whatsapp|embedly|mimecast|barracuda|proofpoint',
  'i',
);
