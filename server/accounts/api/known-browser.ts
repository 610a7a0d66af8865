import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookieOf, writeCookie } from '../../kit/http/browser-form.ts';
import type { PageCall } from '../../kit/http/endpoint.ts';

/**
 * A browser that was logged in keeps a mark of it for each of the last five readers, also after logging out,
 * so that its reader is not taken for a stranger. A mark opens nothing: it gives tries of its own.
 */
const cookieName = 'leveret-known';
const mostMarks = 5;
/** As long as browsers keep a cookie. */
const keptDays = 400;

type Reader = { publisherId: number; credentialKey: Buffer };

export function hasMarkOf(call: PageCall, publicUrl: string, secret: Buffer, reader: Reader): boolean {
  const wanted = Buffer.from(markOf(secret, reader));
  return readMarks(call, publicUrl).some((mark) => timingSafeEqual(Buffer.from(mark), wanted));
}

/** The cookie that makes the browser at hand a known one of a reader, beside those that it has. */
export function markCookie(call: PageCall, publicUrl: string, secret: Buffer, reader: Reader): string {
  const mark = markOf(secret, reader);
  const others = readMarks(call, publicUrl).filter((known) => known !== mark);
  const marks = [mark, ...others].slice(0, mostMarks);
  return writeCookie(publicUrl, cookieName, marks.join('.'), keptDays * 86_400);
}

/** Follows from the reader under the installation's key: nobody makes one up, and none is stored. */
function markOf(secret: Buffer, { publisherId, credentialKey }: Reader): string {
  const mac = createHmac('sha256', secret).update(`known browser ${publisherId} `).update(credentialKey);
  return mac.digest('base64url').slice(0, 22);
}

function readMarks(call: PageCall, publicUrl: string): string[] {
  const value = call.cookies[cookieOf(publicUrl, cookieName).name] ?? '';
  return value
    .split('.')
    .slice(0, mostMarks)
    .filter((mark) => /^[\w-]{22}$/.test(mark));
}
