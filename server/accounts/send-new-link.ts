import type { Secrets } from '../config/secrets.ts';
import { forgetAttempts, takeAttempt } from '../database/attempt-limits.ts';
import type { Database } from '../database/transaction.ts';
import { isAuthorizationAddress } from '../publishers/allowed-address.ts';
import { browserCodes, browserTries, newLinkLimits } from './attempt-budgets.ts';
import { findLinkByToken, type LinkRow } from './find-login-link.ts';
import { issueLinks } from './issue-login-link.ts';
import { closedReasonOf } from './link-closed.ts';
import type { WantedLink } from './login-links-store.ts';

type Context = {
  database: Database;
  secrets: Pick<Secrets, 'loginLink'>;
  settings: { publicUrl: string };
};

/**
 * Sends a new link to the credential that the link of a token went to. Whoever holds a token may, wherever
 * they are and whatever strangers do, within the limits of that link and of its reader's links. Answers the
 * link of the token, whether anything was sent or not. `browser` is the hash of the nonce of who presses.
 */
export async function sendNewLink(
  context: Context,
  token: string,
  browser: Buffer,
): Promise<LinkRow | undefined> {
  const link = await findLinkByToken(context.database, token);
  if (!link || closedReasonOf(link)) return link;
  const reader = { publisherId: link.publisher_id, credentialKey: link.credential_key };
  await context.database.transaction('send-new-link', async (transaction) => {
    const wanted = wantedAgain(link, browser, context.settings.publicUrl);
    const counted = { ...reader, browser };
    const ofBrowser = wanted.askedBy ? [browserCodes(counted)] : [];
    if (!(await takeAttempt(transaction, [...newLinkLimits(reader, link.link_id), ...ofBrowser]))) return;
    // The new code has tries of its own.
    if (wanted.askedBy) await forgetAttempts(transaction, browserTries(counted).counter);
    await issueLinks(context, transaction, [wanted], 'as asked');
  });
  return link;
}

/**
 * The link that is sent where a former one is over. What a browser asked for is asked for again by the one
 * that presses: it never becomes a link of the system, and another browser is not led to an authorization
 * that it did not begin.
 */
function wantedAgain(link: LinkRow, browser: Buffer, publicUrl: string): WantedLink {
  const wanted = wantedLike(link);
  if (wanted.askedBy === undefined) return wanted;
  const { returnUrl } = wanted;
  const isBegunElsewhere =
    returnUrl !== undefined &&
    isAuthorizationAddress(returnUrl, publicUrl) &&
    !wanted.askedBy.equals(browser);
  return { ...wanted, askedBy: browser, returnUrl: isBegunElsewhere ? undefined : returnUrl };
}

/** A link to the same credential, for the same purchase, browser and time as the former one. */
export function wantedLike(link: LinkRow): WantedLink {
  return {
    publisherId: link.publisher_id,
    clientId: link.client_id,
    orderId: link.order_id ?? undefined,
    credentialKind: link.credential_kind,
    credential: link.credential,
    credentialKey: link.credential_key,
    // Without an order there is no purchase to tell of.
    purpose: link.order_id === null ? 'code' : 'login',
    returnUrl: link.return_url ?? undefined,
    errorUrl: link.error_url ?? undefined,
    lifetimeSeconds: link.lifetime_seconds,
    cause: 'reader',
    ...(link.asked_nonce_sha256 && { askedBy: link.asked_nonce_sha256 }),
  };
}
