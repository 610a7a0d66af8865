import { createTestPublisher, type TestPublisher } from '@leveret/server/publishers/test-publisher.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import type { House } from '../builders/house.ts';

/** A client of another publisher in the same house, who may do everything, but only with what is its own. */
export type Stranger = TestPublisher & { client: DemoClient };

export async function connectStranger(
  house: House,
  profile: 'original' | 'strict' = 'original',
): Promise<Stranger> {
  const { database, publishers } = house.app.context;
  const made = await createTestPublisher(database, {
    client: {
      profile,
      settings: { allowsHttp: true, callbackPorts: [], rateLimit: null },
      returnAddresses: [{ match: 'loopback' }],
    },
  });
  await publishers.refresh();
  const client = await connectDemoClient(house.url, { id: made.clientId, secret: made.secret });
  return { ...made, client };
}
