import { clientScopes, idTokenAlgorithms } from '../client-settings.ts';
import { readerScopes } from '../reader-scopes.ts';
import { tokenNames } from '../verify-access-token.ts';
import { readerClaims } from './reader-claims.ts';

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
    authorization_endpoint: `${issuer}/oauth/authorize`,
    userinfo_endpoint: `${issuer}/oauth/userinfo`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    introspection_endpoint_auth_methods_supported: clientAuthMethods,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    revocation_endpoint_auth_methods_supported: clientAuthMethods,
    end_session_endpoint: `${issuer}/logout`,
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    acr_values_supported: ['link', 'code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: idTokenAlgorithms,
    claims_supported: ['sub', 'acr', 'auth_time', 'sid', ...readerClaims.email, ...readerClaims.phone],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    token_endpoint_auth_methods_supported: clientAuthMethods,
    scopes_supported: [...readerScopes, ...clientScopes],
    service_documentation: `${publicUrl}/docs/`,
  };
}
