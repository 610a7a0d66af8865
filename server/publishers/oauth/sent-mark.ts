import { createHmac, timingSafeEqual } from 'node:crypto';

/** The parameter by which an authorization knows when it first sent its reader to log in. */
export const sentParameter = 'leveret_since';

/** Milliseconds and their proof, so that nobody else says when a reader was sent. */
export function markSent(secret: Buffer, milliseconds: number): string {
  return `${milliseconds}.${proofOf(secret, String(milliseconds))}`;
}

/** When the reader was sent; nothing for a mark that is not ours. */
export function readSent(secret: Buffer, mark: unknown): number | undefined {
  if (typeof mark !== 'string') return undefined;
  const [milliseconds, proof] = /^(\d{1,16})\.([\w-]{43})$/.exec(mark)?.slice(1) ?? [];
  if (milliseconds === undefined || proof === undefined) return undefined;
  const isOurs = timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(secret, milliseconds)));
  return isOurs ? Number(milliseconds) : undefined;
}

function proofOf(secret: Buffer, milliseconds: string): string {
  return createHmac('sha256', secret).update(`sent to log in ${milliseconds}`).digest('base64url');
}
