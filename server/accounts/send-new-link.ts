import type { Secrets } from '../config/secrets.ts';
import { takeAttempt } from '../database/attempt-limits.ts';
import type { Database } from '../database/transaction.ts';
import { newLinkLimits } from './attempt-budgets.ts';
import { findLinkByToken, type LinkRow } from './find-login-link.ts';
import { issueLinks } from './issue-login-link.ts';
import { closedReasonOf } from './link-closed.ts';
import type { WantedLink } from './login-links-store.ts';

type Context = { database: Database; secrets: Pick<Secrets, 'loginLink'> };

/**
 * Sends a new link to the credential that the link of a token went to. Whoever holds a token may, wherever
 * they are and whatever strangers do, within the limits of that link and of its reader's links. Answers the
 * link of the token, whether anything was sent or not.
 */
export async function sendNewLink(context: Context, token: string): Promise<LinkRow | undefined> {
  const link = await findLinkByToken(context.database, token);
  if (!link || closedReasonOf(link)) return link;
  const reader = { publisherId: link.publisher_id, credentialKey: link.credential_key };
  await context.database.transaction('send-new-link', async (transaction) => {
    if (!(await takeAttempt(transaction, newLinkLimits(reader, link.link_id)))) return;
    await issueLinks(context, transaction, [wantedLike(link)], 'as asked');
  });
  return link;
}

/** A link to the same credential, for the same purchase and as long as the former one. */
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
  };
}
