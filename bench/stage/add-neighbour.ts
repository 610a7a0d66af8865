import { createPool } from '@leveret/server/database/connect.js';
import { createDatabase } from '@leveret/server/database/transaction.js';
import { createTestPublisher } from '@leveret/server/testing/publisher.js';

/** Another publisher on the node's database, with one client; answers what a token is asked for with. */
export async function addNeighbour(databaseUrl: string): Promise<{ clientId: string; secret: string }> {
  const settings = { connection: { connectionString: databaseUrl }, poolSize: 1, preparedStatements: true };
  const pool = createPool(settings, () => undefined);
  const database = createDatabase(pool, {
    preparedStatements: true,
    report: async () => undefined,
    random: Math.random,
  });
  try {
    return await createTestPublisher(database, {
      client: {
        settings: { allowsHttp: true, callbackPorts: [], orderedOnSite: true, rateLimit: null },
        returnAddresses: [{ match: 'loopback' }],
      },
    });
  } finally {
    await database.close();
  }
}
