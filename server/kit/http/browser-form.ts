import { randomBytes } from 'node:crypto';
import type { PageCall } from './endpoint.ts';

/**
 * `__Host-` binds a cookie to our host and to a secure connection. Chromium and Firefox count http on
 * localhost as one; over plain http elsewhere, which only a sandbox may use, prefix and `Secure` are left
 * out.
 */
export function cookieOf(publicUrl: string, name: string): { name: string; attributes: string } {
  const isSecure = /^(https:|http:\/\/(localhost|127\.0\.0\.1)(:|$))/.test(publicUrl);
  return {
    name: isSecure ? `__Host-${name}` : name,
    attributes: `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`,
  };
}

export function writeCookie(publicUrl: string, name: string, value: string, maxAgeSeconds?: number): string {
  const cookie = cookieOf(publicUrl, name);
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${cookie.name}=${value}; ${cookie.attributes}${age}`;
}

const nonceName = 'leveret-browser';

/** The nonce that this browser was given before. */
export function readNonce(call: PageCall, publicUrl: string): string | undefined {
  const value = call.cookies[cookieOf(publicUrl, nonceName).name];
  return value !== undefined && /^[\w-]{22}$/.test(value) ? value : undefined;
}

export type BrowserNonce = { nonce: string; cookies: string[] };

/** The nonce of this browser for the forms of a page, with the cookie that sets it where it has none yet. */
export function browserNonce(call: PageCall, publicUrl: string): BrowserNonce {
  const known = readNonce(call, publicUrl);
  if (known !== undefined) return { nonce: known, cookies: [] };
  const nonce = randomBytes(16).toString('base64url');
  return { nonce, cookies: [writeCookie(publicUrl, nonceName, nonce)] };
}

/** Whether the browser sent a cookie of ours; those of a domain that we share may come without. */
export function bringsOurCookie({ cookies }: Pick<PageCall, 'cookies'>): boolean {
  return Object.keys(cookies).some((name) => /^(__Host-)?leveret(-|$)/.test(name));
}

/** A form of a page of ours that came without any cookie of ours, though the page has set one. */
export function keepsNoCookie(call: PageCall): boolean {
  return call.method === 'POST' && !bringsOurCookie(call);
}

/**
 * `foreign` comes from another site. `stale` comes from a page of ours that this browser has no cookie for
 * (any more): the page may be shown again with a new one.
 */
export type FormOrigin = { kind: 'ours'; nonce: string } | { kind: 'foreign' } | { kind: 'stale' };

/** A form counts when it was sent by our own page, and the page was shown to this browser. */
export function checkFormOrigin(call: PageCall, publicUrl: string): FormOrigin {
  if (!isSameOrigin(call.headers, publicUrl)) return { kind: 'foreign' };
  const nonce = readNonce(call, publicUrl);
  if (nonce === undefined || call.form['nonce'] !== nonce) return { kind: 'stale' };
  return { kind: 'ours', nonce };
}

/** Our pages send no referrer, so that browsers write `Origin: null`; then `Sec-Fetch-Site` tells. */
function isSameOrigin(headers: PageCall['headers'], publicUrl: string): boolean {
  if (headers.secFetchSite !== undefined && headers.secFetchSite !== 'same-origin') return false;
  const { origin } = headers;
  return origin === undefined || origin === 'null' || origin === publicUrl;
}
