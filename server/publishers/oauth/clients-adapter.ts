import type { Adapter, ClientMetadata } from 'oidc-provider';
import { mayHaveTokens } from '../demo-client.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { Client } from '../publisher.ts';

type Context = { publishers: PublisherDirectory; settings: { mode: 'sandbox' | 'live' } };

/** Shows our clients to the OAuth server. It never writes one. */
export function createClientsAdapter(context: Context): Adapter {
  const readOnly = () => Promise.reject(new Error('clients are not written by the OAuth server'));
  const nothing = () => Promise.resolve(undefined);
  return {
    async find(id) {
      const client = await context.publishers.findClient(id);
      return client && mayHaveTokens(context.settings.mode, client) ? metadataOf(client) : undefined;
    },
    findByUid: nothing,
    findByUserCode: nothing,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: nothing,
  };
}

/** The library wants a secret to compare with; ours are hashes, which its own comparison never sees. */
function metadataOf(client: Client): ClientMetadata {
  return {
    client_id: client.clientId,
    client_name: client.name,
    client_secret: 'kept as a hash',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: client.scopes.join(' '),
  };
}
