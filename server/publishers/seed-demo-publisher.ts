import { sql } from '../database/statement.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { type PublisherId, publisherId } from '../kit/ids.ts';
import { clientScopes } from './client-settings.ts';
import { createClient } from './create-client.ts';
import { createPublisher } from './create-publisher.ts';
import { demoClientId, demoClientSecret } from './demo-client.ts';
import { lockClients, publisherOfClient } from './publisher-store.ts';

const giveScopes = sql(
  'clients.giveScopes',
  'UPDATE clients SET scopes = $2 WHERE client_id = $1 AND scopes <> $2',
);

/**
 * Gives a sandbox its publisher and client, once, whatever node comes first. Answers the publisher's id, so
 * that the catalogue and the payment methods can be added to it.
 */
export async function seedDemoPublisher(context: { database: Database }): Promise<PublisherId> {
  const [known] = await context.database.query<{ publisher_id: number }>(publisherOfClient, [demoClientId]);
  if (known) {
    // A release may have brought more that a client may do.
    await context.database.query(giveScopes, [demoClientId, clientScopes]);
    await context.database.query(orderOnSite, [demoClientId]);
    return publisherId(known.publisher_id);
  }
  return context.database.transaction('seed demo publisher', async (transaction) => {
    await transaction.query(lockClients);
    const [other] = await transaction.query<{ publisher_id: number }>(publisherOfClient, [demoClientId]);
    return other ? publisherId(other.publisher_id) : seed(transaction);
  });
}

// The demo's buyers go straight on to the provider, also where its client is older than the setting.
const orderOnSite = sql(
  'clients.orderOnSite',
  `UPDATE clients SET settings = settings || '{"orderedOnSite": true}'
   WHERE client_id = $1 AND NOT settings ? 'orderedOnSite'`,
);

/** No ports means any: the demo site may run where it likes, and a newcomer tries the original's address. */
const demoSettings = {
  allowsHttp: true,
  rateLimit: null,
  callbackPorts: [],
  bareIdOpens: true,
  bareIdCompletes: true,
  orderedOnSite: true,
};

async function seed(transaction: Transaction): Promise<PublisherId> {
  const demo = await createPublisher(transaction, {
    name: 'Demo Avis',
    timeZone: 'Europe/Oslo',
    country: 'NO',
    currency: 'NOK',
    locale: 'nb',
  });
  const client = {
    clientId: demoClientId,
    name: 'Demo site',
    scopes: clientScopes,
    returnAddresses: [{ match: 'loopback' as const }],
    settings: { ...demoSettings },
  };
  await createClient(transaction, demo, client, demoClientSecret);
  return demo;
}
