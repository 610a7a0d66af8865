/**
 * What a reader's token may be asked for: who it is (OpenID Connect Core, 5.4), and `read` for the reader's
 * own data by our API, the one scope that clients of the original name.
 */
export const readerScopes = ['openid', 'profile', 'email', 'phone', 'read'] as const;
