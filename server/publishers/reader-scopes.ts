/**
 * What a reader's token may be asked for: who it is (OpenID Connect Core, 5.4), `read` for the reader's own
 * data by our API, the one scope that clients of the original name, and `write` for what changes in the
 * reader's name.
 */
export const readerScopes = ['openid', 'profile', 'email', 'phone', 'read', 'write'] as const;

/**
 * A scope without `offline_access`, which libraries ask for to get a refresh token (OpenID Connect Core, 11).
 * Here every login at a site gets one, so that it adds nothing and is passed over, as is allowed there.
 */
export function withoutOfflineAccess(scope: string): string {
  const asked = scope.split(' ').filter((one) => one !== '' && one !== 'offline_access');
  return asked.join(' ');
}
