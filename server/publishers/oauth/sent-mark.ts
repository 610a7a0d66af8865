import { createHmac, timingSafeEqual } from 'node:crypto';

/** The parameter by which an authorization knows when it first sent its reader to log in. */
export const sentParameter = 'leveret_since';

/** Whoever comes back later is asked anew: an address from the browser's history is no proof of a login. */
const markedMilliseconds = 3_600_000;

/** The query of an authorization without a mark of ours, as it was written. */
export function withoutMark(query: string): string {
  const pairs = query.split('&').filter((pair) => !pair.startsWith(`${sentParameter}=`));
  return pairs.join('&');
}

/** Milliseconds and their proof for this one request, whose client, scope and state stand in its query. */
export function markSent(secret: Buffer, query: string, milliseconds: number): string {
  return `${milliseconds}.${proofOf(secret, query, String(milliseconds))}`;
}

/** When the reader was sent for this request; nothing for a mark that is old, of another one, or not ours. */
export function readSent(secret: Buffer, query: string, mark: unknown, now: number): number | undefined {
  if (typeof mark !== 'string') return undefined;
  const [milliseconds, proof] = /^(\d{1,16})\.([\w-]{43})$/.exec(mark)?.slice(1) ?? [];
  if (milliseconds === undefined || proof === undefined) return undefined;
  const isOurs = timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(secret, query, milliseconds)));
  const sentAt = Number(milliseconds);
  return isOurs && now - sentAt <= markedMilliseconds ? sentAt : undefined;
}

/** Of the parameters, not of how they are encoded, which a page on the way may do in another way. */
function proofOf(secret: Buffer, query: string, milliseconds: string): string {
  const request = new URLSearchParams(withoutMark(query)).toString();
  return createHmac('sha256', secret).update(`sent to log in ${milliseconds} ${request}`).digest('base64url');
}
