import type { MethodSettings } from '../../port/payment-method.ts';

/**
 * Domains that the checkout may load from, by the end of the API's host name. Kustom publishes no list, so
 * that a merchant can set more. A snippet of 2021 tells events to `klarnaevt.com`.
 */
const klarna = ['https://*.klarna.com', 'https://*.klarnacdn.net', 'https://*.klarnaevt.com'];
const families: [end: string, origins: string[]][] = [
  ['kustom.co', ['https://*.kustom.co', ...klarna]],
  ['klarna.com', klarna],
];

/**
 * The API's own origin, those that the snippet names, and those that the provider is known to use. Each is
 * one that a policy can name, in lower case and without a default port; the work grows with the snippet's
 * length alone.
 */
export function originsOf(settings: MethodSettings, html: string): string[] {
  const base = URL.parse(settings['baseUrl'] ?? '');
  const hostname = base?.hostname ?? '';
  const known = families.find(([end]) => `.${hostname}`.endsWith(`.${end}`))?.[1] ?? [];
  const set = (settings['snippetOrigins'] ?? '').split(/\s+/);
  const all = [...(base ? [base.origin] : []), ...namedIn(html), ...known, ...set];
  const origins = all.filter(isOrigin).flatMap((text) => URL.parse(text)?.origin ?? []);
  return [...new Set(origins)].filter(isOrigin);
}

/** Origins of the web addresses that stand between quotation marks. */
function namedIn(html: string): string[] {
  const addresses = html.matchAll(/["'](https?:\/\/[^"'\s/?#\\]+)/g);
  return [...addresses].flatMap(([, address = '']) => URL.parse(address)?.origin ?? []);
}

/** A host may also begin with `*.`; nothing in it could end a source or a directive of the policy. */
function isOrigin(text: string): boolean {
  return (
    /^https?:\/\/(\*\.)?[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/.test(text) ||
    /^https?:\/\/\[[0-9a-f:.]{2,45}\](:\d{1,5})?$/.test(text)
  );
}
