import { createHash, timingSafeEqual } from 'node:crypto';

export type MetricsAnswer = 'shown' | 'token needed' | 'not there';

/**
 * Whether the figures of a node are shown to whoever brings `authorization`. In live mode an installation
 * without a token has none to show; where a token is set it is needed, also in a sandbox.
 */
export function allowMetrics(
  mode: 'sandbox' | 'live',
  token: string | undefined,
  authorization: string | undefined,
): MetricsAnswer {
  if (token === undefined) return mode === 'live' ? 'not there' : 'shown';
  const brought = /^bearer +(?<token>\S+)$/i.exec(authorization ?? '')?.groups?.['token'] ?? '';
  return isSame(brought, token) ? 'shown' : 'token needed';
}

/** Takes as long whatever was brought: hashes have one length, and tell nothing of how much agrees. */
function isSame(brought: string, token: string): boolean {
  return timingSafeEqual(hash(brought), hash(token));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
