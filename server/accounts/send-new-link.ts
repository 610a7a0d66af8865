import type { Secrets } from '../config/secrets.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { addressKey, codeTryCounter, forgetAttempts, newLinkLimits, takeAttempt } from './attempt-limits.ts';
import { findLinkByToken, type LinkRow } from './find-login-link.ts';
import { issueLinks } from './issue-login-link.ts';
import { closedReasonOf } from './link-closed.ts';
import type { WantedLink } from './login-links-store.ts';

type Context = { database: Database; secrets: Pick<Secrets, 'loginLink' | 'credentialHash'> };

/**
 * Sends a new link to the credential that the link of a token went to, within the limits of credential and
 * address. Answers the link of the token, whether anything was sent or not.
 */
export async function sendNewLink(
  context: Context,
  token: string,
  address: string,
): Promise<LinkRow | undefined> {
  const link = await findLinkByToken(context.database, token);
  if (!link || closedReasonOf(link)) return link;
  await context.database.transaction('send-new-link', async (transaction) => {
    if (!(await mayAskForLink(context, transaction, link.publisher_id, link.credential_key, address))) return;
    await issueLinks(context, transaction, [wantedLike(link)], 'as asked');
  });
  return link;
}

/** Counts one wish for a new link or code. What comes of it has tries of its own. */
export async function mayAskForLink(
  context: Context,
  transaction: Transaction,
  publisherId: number,
  credentialKey: Buffer,
  address: string,
): Promise<boolean> {
  const from = addressKey(context.secrets.credentialHash, address);
  const mayAsk = await takeAttempt(transaction, newLinkLimits(publisherId, credentialKey, from));
  if (mayAsk) await forgetAttempts(transaction, codeTryCounter(publisherId, credentialKey));
  return mayAsk;
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
    purpose: 'login',
    returnUrl: link.return_url ?? undefined,
    errorUrl: link.error_url ?? undefined,
    lifetimeSeconds: link.lifetime_seconds,
  };
}
