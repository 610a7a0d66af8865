import { createTestPublisher, type TestPublisher } from '@leveret/server/testing/publisher.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import type { Fixture } from '../builders/fixture.ts';

/** A client of another publisher in the same fixture, who may do everything with what is its own. */
export type Stranger = TestPublisher & { client: DemoClient };

export async function connectStranger(
  fixture: Fixture,
  profile: 'original' | 'strict' = 'original',
): Promise<Stranger> {
  const { database, publishers } = fixture.app.context;
  const made = await createTestPublisher(database, {
    client: {
      profile,
      settings: { allowsHttp: true, callbackPorts: [], rateLimit: null, orderedOnSite: true },
      returnAddresses: [{ match: 'loopback' }],
    },
  });
  await publishers.refresh();
  const client = await connectDemoClient(fixture.url, { id: made.clientId, secret: made.secret });
  return { ...made, client };
}
