import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The caller's own id where it is safe to log and to send back, else a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : newRequestId();
}

/** Node draws the randomness of these many at a time, which other ids cannot use: every request needs one. */
export function newRequestId(): string {
  return `req_${randomUUID()}`;
}
