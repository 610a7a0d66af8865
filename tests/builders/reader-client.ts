import { demoClientId, demoClientSecret } from '@leveret/server/publishers/demo-client.js';
import { readerToken, type TokenSite } from '@leveret/server/testing/reader-token.js';
import { connectWithToken, type DemoClient } from './demo-client.ts';
import type { Fixture } from './fixture.ts';

/** The demo publisher's site, as readers log in at it. */
const demoSite: TokenSite = {
  clientId: demoClientId,
  secret: demoClientSecret,
  redirectUri: 'http://localhost:3000/back',
};

/** A site that calls with the token of a reader who has just logged in by a code. */
export async function connectReader(
  fixture: Pick<Fixture, 'app' | 'url'>,
  credential: string,
  site = demoSite,
): Promise<DemoClient> {
  return connectWithToken(fixture.url, await readerToken(fixture.app, site, credential));
}
