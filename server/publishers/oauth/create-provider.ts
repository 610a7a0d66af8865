import type { Adapter, Configuration, Provider as OidcProvider, ResourceServer } from 'oidc-provider';
import type { Database } from '../../database/transaction.ts';
import { allowAddress } from '../allowed-address.ts';
import { isClientSecret } from '../authenticate-client.ts';
import { clientScopes, idTokenAlgorithms } from '../client-settings.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { ReaderDirectory } from '../reader.ts';
import { readerScopes } from '../reader-scopes.ts';
import type { SigningKeys } from '../signing-keys.ts';
import { familyClaim, revocationClaim, tokenNames } from '../verify-access-token.ts';
import { createClientsAdapter, siteMetadata, siteOf } from './clients-adapter.ts';
import { configureLogins, refreshTokenSeconds } from './configure-logins.ts';
import { clientAuthMethods } from './describe-server.ts';
import { createFamiliesAdapter, outlivesCode } from './families-adapter.ts';
import { errors, Provider } from './load-provider.ts';
import { createRecordsAdapter } from './records-adapter.ts';
import { createSessionsAdapter } from './sessions-adapter.ts';
import { keepSitesAddress } from './sites-address.ts';
import { readFamilyId } from './token-family.ts';

export type OauthContext = {
  database: Database;
  publishers: PublisherDirectory;
  readers: ReaderDirectory;
  clock: { now(): Date };
  secrets: { cookies: Buffer };
  settings: { mode: 'sandbox' | 'live'; publicUrl: string };
};

const hour = 3600;
const tokenSeconds = { original: 12 * hour, strict: hour };
const accessTokenAlgorithm = 'EdDSA';

/**
 * Builds the OAuth server (oidc-provider) for one set of keys. Secrets are compared with their hashes, access
 * tokens are signed (RFC 9068), and every address in its answers comes from `publicUrl`.
 */
export function createProvider(context: OauthContext, keys: SigningKeys): OidcProvider {
  const { publicUrl } = context.settings;
  const { issuer } = tokenNames(publicUrl);
  const provider = new Provider(issuer, configure(context, keys));
  // Its requests are made by us, with the host and scheme of publicUrl in the forwarded headers.
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = function compareWithHashes(secret: string) {
    return isClientSecret(context, this.clientId, secret);
  };
  provider.Client.prototype.redirectUriAllowed = function isAllowed(address: string) {
    return allowAddress(siteOf(this), 'redirect_uri', address, publicUrl).ok;
  };
  keepSitesAddress(provider);
  return provider;
}

function configure(context: OauthContext, keys: SigningKeys): Configuration {
  return {
    adapter: (model) => adapterOf(context, model),
    clientAuthMethods: [...clientAuthMethods],
    enabledJWA: { idTokenSigningAlgValues: [...idTokenAlgorithms] },
    extraClientMetadata: { properties: [siteMetadata] },
    features: features(context, keys),
    formats: { customizers: { jwt: (_ctx, _token, parts) => moveToDatabaseClock(context, parts.payload) } },
    jwks: { keys: [...keys.all] },
    responseTypes: ['code'],
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      jwks: '/oauth/jwks',
      userinfo: '/oauth/userinfo',
      end_session: '/logout',
    },
    scopes: [...clientScopes, ...readerScopes],
    ...configureLogins(context),
    extraTokenClaims: async (ctx, token) => {
      const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
      if (!source || !('sessionUid' in token)) {
        const client = await context.publishers.findClient(token.clientId ?? '');
        return { [revocationClaim]: client?.revocationNumber };
      }
      const { acr: strength, authTime: auth_time } = source;
      const { sessionUid: sid, grantId } = token;
      // That of the login: the client's tokens may be ended while this one is made.
      const revocationNumber = readFamilyId(grantId)?.revocationNumber;
      return { [revocationClaim]: revocationNumber, strength, auth_time, sid, [familyClaim]: grantId };
    },
    ttl: {
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? tokenSeconds.strict,
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? tokenSeconds.strict,
      AuthorizationCode: 60,
      RefreshToken: refreshTokenSeconds,
      IdToken: hour,
      Session: hour,
      Grant: 24 * hour,
      Interaction: hour,
    },
  };
}

function adapterOf(context: OauthContext, model: string) {
  switch (model) {
    case 'Client':
      return createClientsAdapter(context);
    case 'Session':
      return createSessionsAdapter(context.readers);
    case 'Grant':
      return createFamiliesAdapter(context);
    default:
      return createTokensAdapter(context, model);
  }
}

function createTokensAdapter(context: OauthContext, model: string): Adapter {
  const records = createRecordsAdapter(context.database, model);
  return {
    ...records,
    revokeByGrantId: async (id) => {
      if (!outlivesCode()) await records.revokeByGrantId(id);
    },
  };
}

function features(context: OauthContext, keys: SigningKeys): Configuration['features'] {
  const { audience } = tokenNames(context.settings.publicUrl);
  return {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    // It would refuse signed tokens, so that it is answered beside.
    userinfo: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      async getResourceServerInfo(ctx, resource, client): Promise<ResourceServer> {
        if (resource !== audience) throw new errors.InvalidTarget('the only resource is our API');
        const known = scopesFor(ctx.oidc.params?.['grant_type']);
        refuseUnknownScopes(ctx.oidc.params?.['scope'], known);
        const { profile = 'strict' } = (await context.publishers.findClient(client.clientId)) ?? {};
        return {
          scope: known.join(' '),
          audience,
          accessTokenTTL: tokenSeconds[profile],
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: accessTokenAlgorithm, kid: keys.signing.kid } },
        };
      },
    },
  };
}

/** A client asks for what it may do, everybody else for what a reader's token may. */
function scopesFor(grantType: unknown): readonly string[] {
  return grantType === 'client_credentials' ? clientScopes : readerScopes;
}

/** The library leaves out what it does not know, and a slip would get a token for something else. */
function refuseUnknownScopes(asked: unknown, known: readonly string[]): void {
  const scopes = typeof asked === 'string' ? asked.split(' ') : [];
  const unknown = scopes.find((scope) => scope !== '' && !known.includes(scope));
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
