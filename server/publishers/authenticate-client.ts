import { createHash, timingSafeEqual } from 'node:crypto';
import type { PublisherDirectory } from './find-publisher.ts';

/** What is stored of a secret: it is random and long, so a plain SHA-256 is enough. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

type Context = { publishers: PublisherDirectory; clock: { now(): Date } };

/** Whether the secret is one of the client's active ones. Compares all of them, each in constant time. */
export async function isClientSecret(context: Context, clientId: string, secret: string): Promise<boolean> {
  const given = hashSecret(secret);
  const now = context.clock.now();
  let isKnown = false;
  for (const { sha256, expiresAt } of await context.publishers.findSecrets(clientId)) {
    const isActive = expiresAt === undefined || expiresAt > now;
    if (timingSafeEqual(sha256, given) && isActive) isKnown = true;
  }
  return isKnown;
}
