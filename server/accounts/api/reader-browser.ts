import { checkFormOrigin, cookieOf, writeCookie } from '../../kit/http/browser-form.ts';
import type { PageCall } from '../../kit/http/endpoint.ts';
import { sessionCookieName } from '../find-session.ts';
import { isSessionId, longestSessionDays } from '../session.ts';
import type { Visitor } from '../spend-link.ts';

export function readSessionId(call: PageCall, publicUrl: string): string | undefined {
  const value = call.cookies[cookieOf(publicUrl, sessionCookieName).name];
  return value !== undefined && isSessionId(value) ? value : undefined;
}

export function sessionCookie(publicUrl: string, sessionId: string): string {
  return writeCookie(publicUrl, sessionCookieName, sessionId, longestSessionDays * 86_400);
}

export function endedSessionCookie(publicUrl: string): string {
  return writeCookie(publicUrl, sessionCookieName, '', 0);
}

export type FormCheck = { kind: 'ours'; visitor: Visitor } | { kind: 'foreign' } | { kind: 'stale' };

/** A form of ours, with who sent it: the browser's nonce, and the session that it had before. */
export function checkForm(call: PageCall, publicUrl: string): FormCheck {
  const origin = checkFormOrigin(call, publicUrl);
  if (origin.kind !== 'ours') return origin;
  return {
    kind: 'ours',
    visitor: { nonce: origin.nonce, formerSessionId: readSessionId(call, publicUrl) },
  };
}
