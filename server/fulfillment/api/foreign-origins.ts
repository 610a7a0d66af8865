/**
 * The sources of a policy that do not cover our own origin, as a browser would match them (CSP Level 3,
 * 6.7.2.8, "Does url match expression in origin"): in lower case, without a default port; `http` also covers
 * `https`. A host may begin with `*.`; what is no origin is left out, and so is a wildcard over our host at
 * whichever port.
 */
export function foreignOrigins(sources: readonly string[], publicUrl: string): string[] {
  const ours = new URL(publicUrl);
  const foreign = sources.flatMap((source) => {
    const url = URL.parse(source);
    if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return [];
    return covers(url, ours) ? [] : url.origin;
  });
  return [...new Set(foreign)];
}

function covers(source: URL, ours: URL): boolean {
  const [pattern, host] = [hostOf(source), hostOf(ours)];
  if (pattern.startsWith('*')) return host.endsWith(pattern.slice(1));
  return pattern === host && portOf(source) === portOf(ours);
}

/** A dot at the end names the same machine. */
function hostOf({ hostname }: URL): string {
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
}

/** The default ports are one: a browser goes from the one to the other by itself. */
function portOf({ port }: URL): string {
  return port === '80' || port === '443' ? '' : port;
}
