import { checkFormOrigin, writeCookie } from '../../kit/http/browser-form.ts';
import type { PageCall } from '../../kit/http/endpoint.ts';
import { findSessionId, sessionCookieAt, sessionCookieName } from '../find-session-id.ts';
import { longestSessionDays } from '../session.ts';
import type { Visitor } from '../spend-link.ts';

/** What a login at a publisher writes: it is the browser's last one, and the one there. */
export function sessionCookies(publicUrl: string, publisherId: number, sessionId: string): string[] {
  return [sessionCookieName, sessionCookieAt(publisherId)].map((name) =>
    writeCookie(publicUrl, name, sessionId, longestSessionDays * 86_400),
  );
}

/** What the end of the session at a publisher takes away; one at another publisher stays. */
export function endedSessionCookies(
  call: PageCall,
  publicUrl: string,
  publisherId: number | undefined,
): string[] {
  const isLast = findSessionId(call, publicUrl) === findSessionId(call, publicUrl, publisherId);
  const names = [
    ...(isLast ? [sessionCookieName] : []),
    ...(publisherId === undefined ? [] : [sessionCookieAt(publisherId)]),
  ];
  return names.map((name) => writeCookie(publicUrl, name, '', 0));
}

export type FormCheck = { kind: 'ours'; visitor: Visitor } | { kind: 'foreign' } | { kind: 'stale' };

/** A form of ours, with who sent it: the browser's nonce, and the session that it had at the publisher. */
export function checkForm(call: PageCall, publicUrl: string, publisherId: number | undefined): FormCheck {
  const origin = checkFormOrigin(call, publicUrl);
  if (origin.kind !== 'ours') return origin;
  return {
    kind: 'ours',
    visitor: { nonce: origin.nonce, formerSessionId: findSessionId(call, publicUrl, publisherId) },
  };
}
