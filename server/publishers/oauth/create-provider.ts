import type { Configuration, Provider as OidcProvider, ResourceServer } from 'oidc-provider';
import type { Queryable } from '../../database/statement.ts';
import { isClientSecret } from '../authenticate-client.ts';
import { clientScopes } from '../client-settings.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { SigningKeys } from '../signing-keys.ts';
import { revocationClaim, tokenNames } from '../verify-access-token.ts';
import { createClientsAdapter } from './clients-adapter.ts';
import { clientAuthMethods } from './describe-server.ts';
import { errors, Provider } from './load-provider.ts';
import { createRecordsAdapter } from './records-adapter.ts';

export type OauthContext = {
  database: Queryable;
  publishers: PublisherDirectory;
  clock: { now(): Date };
  secrets: { cookies: Buffer };
  settings: { mode: 'sandbox' | 'live'; publicUrl: string };
};

const hour = 3600;
const tokenSeconds = { original: 12 * hour, strict: hour };
const algorithm = 'EdDSA';

/**
 * Builds the OAuth server (oidc-provider) for one set of keys. Secrets are compared with their hashes, access
 * tokens are signed (RFC 9068), and every address in its answers comes from `publicUrl`.
 */
export function createProvider(context: OauthContext, keys: SigningKeys): OidcProvider {
  const { issuer } = tokenNames(context.settings.publicUrl);
  const provider = new Provider(issuer, configure(context, keys));
  // Its requests are made by us, with the host and scheme of publicUrl in the forwarded headers.
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = function compareWithHashes(secret: string) {
    return isClientSecret(context, this.clientId, secret);
  };
  return provider;
}

function configure(context: OauthContext, keys: SigningKeys): Configuration {
  return {
    adapter: (model) =>
      model === 'Client' ? createClientsAdapter(context) : createRecordsAdapter(context.database, model),
    clientAuthMethods: [...clientAuthMethods],
    clientDefaults: { id_token_signed_response_alg: algorithm },
    enabledJWA: { idTokenSigningAlgValues: [algorithm] },
    cookies: {
      keys: [context.secrets.cookies.toString('base64url')],
      long: { path: '/user' },
      short: { path: '/user' },
    },
    extraTokenClaims: async (_ctx, token) => {
      const client = await context.publishers.findClient(token.clientId ?? '');
      return { [revocationClaim]: client?.revocationNumber };
    },
    features: features(context, keys),
    formats: { customizers: { jwt: (_ctx, _token, parts) => moveToDatabaseClock(context, parts.payload) } },
    interactions: { url: (_ctx, interaction) => `/user/login?interaction=${interaction.uid}` },
    findAccount: () => undefined,
    jwks: { keys: [...keys.all] },
    responseTypes: ['code'],
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      jwks: '/oauth/jwks',
      userinfo: '/oauth/userinfo',
      end_session: '/logout',
    },
    scopes: [...clientScopes],
    ttl: { ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? tokenSeconds.strict },
  };
}

function features(context: OauthContext, keys: SigningKeys): Configuration['features'] {
  const { audience } = tokenNames(context.settings.publicUrl);
  return {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      async getResourceServerInfo(ctx, _resource, client): Promise<ResourceServer> {
        refuseUnknownScopes(ctx.oidc.params?.['scope']);
        const known = await context.publishers.findClient(client.clientId);
        return {
          scope: clientScopes.join(' '),
          audience,
          accessTokenTTL: tokenSeconds[known?.profile ?? 'strict'],
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: algorithm, kid: keys.signing.kid } },
        };
      },
    },
  };
}

/** The library leaves out what it does not know, and a slip would get a token for something else. */
function refuseUnknownScopes(asked: unknown): void {
  const known = new Set<string>(clientScopes);
  const scopes = typeof asked === 'string' ? asked.split(' ') : [];
  const unknown = scopes.find((scope) => scope !== '' && !known.has(scope));
  if (unknown !== undefined) throw new errors.InvalidScope('requested scope is unknown', unknown);
}

/** The library writes times by this node's clock; whoever verifies them goes by the database's. */
function moveToDatabaseClock(context: OauthContext, payload: Record<string, unknown>): void {
  const { iat, exp } = payload;
  if (typeof iat !== 'number' || typeof exp !== 'number') return;
  const now = Math.floor(context.clock.now().getTime() / 1000);
  payload.iat = now;
  payload.exp = now + exp - iat;
}
