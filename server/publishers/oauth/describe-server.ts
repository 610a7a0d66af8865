import { clientScopes } from '../client-settings.ts';
import { tokenNames } from '../verify-access-token.ts';

export const clientAuthMethods = ['client_secret_basic', 'client_secret_post'] as const;

/**
 * What discovery tells of the OAuth server (RFC 8414, 2): only what answers. The library's own document also
 * names what it could do, such as logins.
 */
export function describeServer(publicUrl: string): object {
  const { issuer } = tokenNames(publicUrl);
  return {
    issuer,
    token_endpoint: `${issuer}/oauth/token`,
    jwks_uri: `${issuer}/oauth/jwks`,
    grant_types_supported: ['client_credentials'],
    // No grant that is given here has a response type, and the member is required.
    response_types_supported: [],
    token_endpoint_auth_methods_supported: clientAuthMethods,
    scopes_supported: clientScopes,
    service_documentation: `${publicUrl}/docs/`,
  };
}
