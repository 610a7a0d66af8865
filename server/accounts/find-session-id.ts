import { cookieOf } from '../kit/http/browser-form.ts';
import type { PageCall } from '../kit/http/endpoint.ts';
import { isSessionId } from './session.ts';

/** Without the prefix that a secure connection adds: the session of the browser's last login, wherever. */
export const sessionCookieName = 'leveret';

/** Publishers share the host; a browser is logged in at each of them by a cookie of its own. */
export function sessionCookieAt(publisherId: number): string {
  return `${sessionCookieName}-${publisherId}`;
}

/**
 * The session that a browser has at a publisher. Where it has none there, or none is named, that of its last
 * login, else any: it may be another publisher's, and whoever uses it looks whose it is.
 */
export function findSessionId(
  { cookies }: Pick<PageCall, 'cookies'>,
  publicUrl: string,
  publisherId?: number,
): string | undefined {
  const nameOf = (name: string) => cookieOf(publicUrl, name).name;
  const isAnywhere = new RegExp(`^${nameOf(sessionCookieName)}-\\d+$`);
  const names =
    publisherId === undefined
      ? [nameOf(sessionCookieName), ...Object.keys(cookies).filter((name) => isAnywhere.test(name))]
      : [nameOf(sessionCookieAt(publisherId)), nameOf(sessionCookieName)];
  return names.map((name) => cookies[name]).find((value) => value !== undefined && isSessionId(value));
}
