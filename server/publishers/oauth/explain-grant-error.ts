import type { KoaContextWithOIDC } from 'oidc-provider';

const again = 'send the reader to /user/oauth/authorize again';

/**
 * What a site does about a refused code or refresh token, by what the library found. The library says the
 * same of all of them; whoever reads this has proven to be the client.
 */
const remedies: [found: RegExp, description: string][] = [
  [/code already consumed/, `the code was used before, and what it gave has ended; ${again}`],
  [
    /code (not found|is expired)/,
    `the code is unknown, used, of another client, or older than a minute; ${again}`,
  ],
  [
    /redirect_uri mismatch/,
    'redirect_uri must be that of the authorization request, to the letter and with its query',
  ],
  [/code_verifier/, 'code_verifier is not the one whose SHA-256 was the code_challenge of the request'],
  [/refresh token already used/, `the refresh token was used before, so its whole login has ended; ${again}`],
  [/already consumed/, `it was used in the same moment by another request; ${again}`],
  [/refresh token (not found|is expired)/, `the refresh token is unknown, ended or 30 days old; ${again}`],
  [/client mismatch/, `it is unknown, ended, or was given to another client; ${again}`],
  [/account not found|grant not found/, `the reader has logged out, or the login was ended; ${again}`],
];

/** Puts into a refusal what to do, in place of the library's one sentence. */
export function explainGrantError(ctx: KoaContextWithOIDC, error: Error & { error_detail?: unknown }): void {
  const { body } = ctx;
  if (typeof body !== 'object' || body === null || Reflect.get(body, 'error') !== 'invalid_grant') return;
  const found = typeof error.error_detail === 'string' ? error.error_detail : error.message;
  const remedy = remedies.find(([pattern]) => pattern.test(found))?.[1];
  if (remedy !== undefined) ctx.body = { ...body, error_description: remedy };
}
