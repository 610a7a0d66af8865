import { sql } from '@leveret/server/database/statement.js';
import { logInReader } from '@leveret/server/testing/log-in-reader.js';
import { connectStranger } from '../access/stranger.ts';
import { buildFixture } from '../builders/fixture.ts';

export type LoginSite = {
  clientId: string;
  secret: string;
  profile: 'original' | 'strict';
  /** What signs its id_tokens, where it is not what every library takes. */
  algorithm?: 'EdDSA';
};

const askForEdDsa = sql(
  'test clients.askForEdDsa',
  `UPDATE clients SET settings = settings || '{"idTokenSignedResponseAlg": "EdDSA"}' WHERE client_id = $1`,
);

/** A node over HTTP with a site of each profile, and a browser that is logged in or not. */
export async function openLoginTown() {
  const fixture = await buildFixture({ realTime: false });
  const strict = await connectStranger(fixture, 'strict');
  const short = await connectStranger(fixture, 'strict');
  await fixture.app.context.database.query(askForEdDsa, [short.clientId]);
  await fixture.app.context.publishers.refresh();
  const sites: LoginSite[] = [
    { clientId: 'no.leveret.demo', secret: 'leveret-demo-secret', profile: 'original' },
    { clientId: strict.clientId, secret: strict.secret, profile: 'strict' },
    { clientId: short.clientId, secret: short.secret, profile: 'strict', algorithm: 'EdDSA' },
  ];
  return {
    sites,
    issuer: new URL(`${fixture.url}/user`),
    redirectUri: 'http://localhost:3000/back',
    logIn: (site: LoginSite) => logInReader(fixture.app.context, site.clientId, 'kari@example.com'),
    /** Where a browser is sent on to. */
    async follow(address: URL, cookie?: string): Promise<URL> {
      const headers = { accept: 'text/html', ...(cookie !== undefined && { cookie }) };
      const reply = await fetch(address, { headers, redirect: 'manual' });
      const { url } = fixture;
      return new URL(reply.headers.get('location') ?? `/answered/${reply.status}`, url);
    },
    /** Who the reader is, as the API says. */
    async profile(token: string): Promise<{ status: number; uniqueId?: string }> {
      const headers = { authorization: `Bearer ${token}` };
      const reply = await fetch(`${fixture.url}/capi/v1/customer/profile`, { headers });
      return { status: reply.status, ...(reply.ok && { uniqueId: (await reply.json()).uniqueId }) };
    },
    close: () => fixture.close(),
  };
}
