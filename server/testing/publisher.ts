import { randomBytes } from 'node:crypto';
import type { Database } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import { clientScopes } from '../publishers/client-settings.ts';
import { createClient, type NewClient } from '../publishers/create-client.ts';
import { createPublisher, type NewPublisher } from '../publishers/create-publisher.ts';

export type TestPublisher = { publisherId: PublisherId; clientId: string; secret: string };

/** Another tenant with one client that may do everything, for tests of what tenants see of each other. */
export async function createTestPublisher(
  database: Database,
  given: { publisher?: Partial<NewPublisher>; client?: Partial<NewClient> } = {},
): Promise<TestPublisher> {
  const clientId = given.client?.clientId ?? `test.${randomBytes(6).toString('hex')}`;
  return database.transaction('create test publisher', async (transaction) => {
    const publisherId = await createPublisher(transaction, {
      name: 'Andre Avis',
      timeZone: 'Europe/Stockholm',
      country: 'SE',
      currency: 'SEK',
      locale: 'sv',
      ...given.publisher,
    });
    const client = { clientId, name: 'Test site', scopes: clientScopes, ...given.client };
    const created = await createClient(transaction, publisherId, client);
    if (!created) throw new Error(`the client ${clientId} is there already`);
    return { publisherId, clientId, secret: created.secret };
  });
}
