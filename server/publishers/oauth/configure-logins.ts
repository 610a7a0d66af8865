import type { IncomingMessage } from 'node:http';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { cookieOf } from '../../kit/http/browser-form.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { ReaderDirectory } from '../reader.ts';
import { readerScopes } from '../reader-scopes.ts';
import { tokenNames } from '../verify-access-token.ts';
import { siteOf } from './clients-adapter.ts';
import { explainRefusal } from './explain-refusal.ts';
import { createLoginPolicy, loginAddress, MustLogIn, strengthParameter } from './login-policy.ts';
import { claimsOf, readerClaims } from './reader-claims.ts';
import { sentParameter } from './sent-mark.ts';
import { newFamilyId } from './token-family.ts';

type Context = {
  publishers: PublisherDirectory;
  readers: ReaderDirectory;
  clock: { now(): Date };
  secrets: { cookies: Buffer };
  settings: { publicUrl: string };
};

/** A refresh token lives so long; that of an `original` site anew from each use in its second half. */
export const refreshTokenSeconds = 30 * 24 * 3600;

/** What an authorization request was refused for, by the request that the library was given. */
const refusals = new WeakMap<IncomingMessage, Error>();

export function refusalOf(request: IncomingMessage): Error | undefined {
  return refusals.get(request);
}

/** The part of the OAuth server's settings that is about readers: their session, code and refresh tokens. */
export function configureLogins(context: Context): Configuration {
  const { publicUrl } = context.settings;
  const cookie = { path: '/', signed: false, httpOnly: true, sameSite: 'lax' } as const;
  return {
    acrValues: ['link', 'code'],
    allowOmittingSingleRegisteredRedirectUri: false,
    claims: readerClaims,
    cookies: {
      keys: [context.secrets.cookies.toString('base64url')],
      names: { session: cookieOf(publicUrl, context.readers.sessionCookieName).name },
      long: cookie,
      short: cookie,
    },
    expiresWithSession: () => false,
    extraParams: [strengthParameter, sentParameter],
    findAccount: (ctx, uniqueUserId, source) => findAccount(context, ctx, uniqueUserId, source),
    interactions: { policy: createLoginPolicy(context), url: () => `${publicUrl}/user/login` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: (ctx) => beginFamily(context, ctx),
    pkce: { required: (_ctx, client) => siteOf(client).profile === 'strict' },
    renderError(ctx, _out, error) {
      if (error instanceof MustLogIn) {
        ctx.status = 303;
        ctx.set('location', loginAddress(context, ctx));
        ctx.body = '';
        return;
      }
      // Whoever gave the request answers it, on a page of ours.
      refusals.set(ctx.req, explainRefusal(error));
      ctx.respond = false;
    },
    rotateRefreshToken: (ctx) => rotate(ctx),
  };
}

type Source = { authTime?: number; sessionUid?: string; grantId?: string };

async function findAccount(
  context: Context,
  ctx: KoaContextWithOIDC,
  uniqueUserId: string,
  source: object | undefined,
) {
  const client = await context.publishers.findClient(ctx.oidc.client?.clientId ?? '');
  if (!client) return undefined;
  const { authTime, sessionUid, grantId }: Source = source ?? {};
  const reader = await context.readers.findReader({
    publisherId: client.publisher.publisherId,
    uniqueUserId,
    loginSeconds: authTime,
    sessionUid: sessionUid ?? ctx.oidc.session?.uid,
    family: grantId,
  });
  return reader && { accountId: uniqueUserId, claims: () => claimsOf(uniqueUserId, reader, sessionUid) };
}

/** A family of its own for each login at a site; nobody is asked for consent to a publisher's own sites. */
async function beginFamily(context: Context, ctx: KoaContextWithOIDC) {
  const { account, provider } = ctx.oidc;
  const client = await context.publishers.findClient(ctx.oidc.client?.clientId ?? '');
  if (!client || !account) return undefined;
  const { accountId } = account;
  const { clientId, revocationNumber } = client;
  const grant = new provider.Grant({ clientId, accountId });
  grant.jti = newFamilyId({ clientId, uniqueUserId: accountId, revocationNumber });
  grant.addOIDCScope([...readerScopes]);
  grant.addResourceScope(tokenNames(context.settings.publicUrl).audience, [...readerScopes]);
  return grant;
}

/**
 * Profile `strict`: each refresh token is used once, and one that comes again ends its family (RFC 9700,
 * 4.14.2). Profile `original`, whose clients are confidential and keep the first one: it stays, and its time
 * begins anew when half of it is over.
 */
async function rotate(ctx: KoaContextWithOIDC): Promise<boolean> {
  const { client, entities } = ctx.oidc;
  if (siteOf(client).profile === 'strict') return true;
  const token = entities.RefreshToken;
  if (token && token.remainingTTL <= refreshTokenSeconds / 2) {
    // Saving alone keeps the end that the token has.
    token.exp = Math.floor(Date.now() / 1000) + refreshTokenSeconds;
    await token.save();
  }
  return false;
}
