import type { PageAnswer, PageSource } from './endpoint.ts';

// A page runs nothing and shows nothing that is not ours, unless its answer names an origin.
const baseSources: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'style-src': "'self'",
  'img-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
};

const plainPolicy = writePolicy(baseSources);

/** The Content-Security-Policy of a page. Throws where an origin could end a directive. */
export function contentSecurityPolicy(allows: PageAnswer['allows'], framedBy?: string): string {
  if (!allows && framedBy === undefined) return plainPolicy;
  const sources: Record<string, string> = { ...baseSources };
  if (framedBy !== undefined) sources['frame-ancestors'] = framedBy;
  for (const [directive, origins] of Object.entries(allows ?? {}) as [PageSource, readonly string[]][]) {
    const own = directive === 'frame-src' || directive === 'connect-src' ? undefined : "'self'";
    sources[directive] = [sources[directive] ?? own, ...origins.map(checkSource)].filter(Boolean).join(' ');
  }
  return writePolicy(sources);
}

/** The policy of a document of somebody else: only what is named, of our own nothing. */
export function foreignPolicy(allows: NonNullable<PageAnswer['allows']>): string {
  const sources = Object.entries(allows).map(([directive, origins]) => [
    directive,
    origins.length === 0 ? "'none'" : origins.map(checkSource).join(' '),
  ]);
  return writePolicy({ 'default-src': "'none'", 'base-uri': "'none'", ...Object.fromEntries(sources) });
}

function checkSource(source: string): string {
  if (!/^[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(source)) throw new Error(`${source} is not an origin`);
  return source;
}

function writePolicy(sources: Readonly<Record<string, string>>): string {
  return Object.entries(sources)
    .map(([directive, values]) => `${directive} ${values}`)
    .join('; ');
}

/** Headers of every page, beside its policy. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

/** Half a year: what browsers remember of a host that is reached by https. */
export const strictTransport = 'max-age=15552000';
