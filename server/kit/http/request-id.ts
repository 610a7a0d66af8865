import type { IncomingMessage } from 'node:http';
import { newPrefixedId } from '../ids.ts';

/** The caller's own id where it is safe to log and to send back, else a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : newPrefixedId('req');
}
