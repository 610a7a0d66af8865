import { randomBytes } from 'node:crypto';
import type { Transaction } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import type { ReturnAddress } from '../kit/return-url.ts';
import { hashSecret } from './authenticate-client.ts';
import type { ClientScope, ClientSettings } from './client-settings.ts';
import { insertClient, putSecret } from './publisher-store.ts';

export type NewClient = {
  clientId: string;
  name: string;
  profile?: 'original' | 'strict';
  scopes: readonly ClientScope[];
  returnAddresses?: readonly ReturnAddress[];
  /** What differs from the defaults. */
  settings?: Partial<ClientSettings>;
};

/** A secret of 256 random bits, in characters that need no escaping anywhere. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Makes a client of the publisher and answers its secret, which is shown this once. Answers nothing where
 * the id is taken, by whomever.
 */
export async function createClient(
  transaction: Transaction,
  publisherId: PublisherId,
  client: NewClient,
  secret: string = newSecret(),
): Promise<{ secret: string } | undefined> {
  const inserted = await transaction.query(insertClient, [
    client.clientId,
    publisherId,
    client.name,
    client.profile ?? 'original',
    client.scopes,
    JSON.stringify(client.returnAddresses ?? []),
    JSON.stringify(client.settings ?? {}),
  ]);
  if (inserted.length === 0) return undefined;
  await transaction.query(putSecret, [client.clientId, 1, hashSecret(secret)]);
  return { secret };
}
