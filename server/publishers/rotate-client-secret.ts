import type { Database } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import { hashSecret } from './authenticate-client.ts';
import { newSecret } from './create-client.ts';
import { findSecretSlots, limitSecret, lockClient, putSecret } from './publisher-store.ts';

const defaultOverlapHours = 72;

/**
 * Gives the client another secret, which is shown this once. The newest secret before it works on for the
 * overlap, so that a site can change over without a gap; an older one ends now. Answers nothing where the
 * publisher has no such client.
 */
export async function rotateClientSecret(
  context: { database: Database },
  publisherId: PublisherId,
  clientId: string,
  overlapHours: number = defaultOverlapHours,
): Promise<{ secret: string } | undefined> {
  return context.database.transaction('rotate client secret', async (transaction) => {
    const locked = await transaction.query(lockClient, [publisherId, clientId]);
    if (locked.length === 0) return undefined;
    const slots = await transaction.query<{ slot: number }>(findSecretSlots, [clientId]);
    const newest = slots.at(-1)?.slot;
    if (newest !== undefined) await transaction.query(limitSecret, [clientId, newest, overlapHours * 3600]);
    const secret = newSecret();
    await transaction.query(putSecret, [clientId, newest === 1 ? 2 : 1, hashSecret(secret)]);
    return { secret };
  });
}
