import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

/** What the library adds to a site's address (RFC 6749, 4.1.2; RFC 9207; OpenID Connect Session, 2). */
const added = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'scope'] as const;

/**
 * The library writes the query of a site's own address anew: `a%20b` becomes `a+b`, and `?flag` becomes
 * `?flag=`. A site that signs or compares its address would not know it again, so it is put back as it was
 * given. It also sends our session's cookie again, which is ours to send.
 */
export function keepSitesAddress(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path !== '/oauth/authorize') return;
    ctx.remove('set-cookie');
    const { params } = (ctx as KoaContextWithOIDC).oidc ?? {};
    const [location, address] = [ctx.response.get('location'), params?.['redirect_uri']];
    // A refused response_type is answered behind a #, where the query stands as it was given.
    if (typeof address !== 'string' || !/^https?:[^#]+$/i.test(location)) return;
    ctx.set('location', answerAt(address, new URL(location).searchParams));
  });
}

/** The site's address as it was given, and the answer behind it. */
export function answerAt(address: string, answer: URLSearchParams): string {
  const own = new URL(address).searchParams;
  const told = added.flatMap((name): [string, string][] => {
    const value = answer.getAll(name)[own.getAll(name).length];
    return value === undefined ? [] : [[name, value]];
  });
  const between = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  // Headers are ASCII; a name of a host is written as the parser does.
  const given = /^[!-~]*$/.test(address) ? address : new URL(address).href;
  return `${given}${between}${new URLSearchParams(told).toString()}`;
}
