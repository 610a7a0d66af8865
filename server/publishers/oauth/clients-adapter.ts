import type { Adapter, ClientMetadata, Client as OidcClient } from 'oidc-provider';
import { mayHaveTokens } from '../demo-client.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { Client } from '../publisher.ts';
import { readerScopes } from '../reader-scopes.ts';
import { onlyReads } from './read-only.ts';

type Context = { publishers: PublisherDirectory; settings: { mode: 'sandbox' | 'live' } };

/** Our own metadata of a client: what decides its addresses, and whether it must prove its code. */
export const siteMetadata = 'site';
export type Site = Pick<Client, 'profile' | 'returnAddresses'>;

export function siteOf(client: OidcClient | undefined): Site {
  const site = client?.[siteMetadata];
  if (typeof site !== 'object' || site === null) throw new Error('the client has no site');
  return site as Site;
}

/** Shows our clients to the OAuth server. It never writes one. */
export function createClientsAdapter(context: Context): Adapter {
  return {
    ...onlyReads('clients'),
    async find(id) {
      const client = await context.publishers.findClient(id);
      return client && mayHaveTokens(context.settings.mode, client) ? metadataOf(client) : undefined;
    },
  };
}

/**
 * The library wants a secret and an address to compare with. Our secrets are hashes and our addresses a rule
 * of the profile; its own comparisons see neither.
 */
function metadataOf(client: Client): ClientMetadata {
  return {
    client_id: client.clientId,
    client_name: client.name,
    client_secret: 'kept as a hash',
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: client.settings.idTokenSignedResponseAlg,
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
    redirect_uris: ['https://compared-by-our-own-rule.invalid/'],
    scope: [...client.scopes, ...readerScopes].join(' '),
    [siteMetadata]: { profile: client.profile, returnAddresses: client.returnAddresses },
  };
}
