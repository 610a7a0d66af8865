import type { Secrets } from '../config/secrets.ts';
import { sql } from '../database/statement.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { AccountEvent } from './account.ts';
import { beginAnew, lockOrdersOfNumber } from './begin-anew.ts';
import type { ProofEffect } from './decide-proof.ts';
import { findLinkById, findLinkByToken, type LinkRow } from './find-login-link.ts';
import { findSession } from './find-session.ts';
import { type ClosedReason, closedReasonOf } from './link-closed.ts';
import { markSpent } from './login-links-store.ts';
import { secretHash, sessionIdFor } from './session.ts';
import { logInBrowser } from './sessions-store.ts';
import { noClaim, type ReaderClaim, weighProof } from './weigh-proof.ts';

type Context = { database: Database; secrets: Pick<Secrets, 'loginLink'> };

/**
 * The browser at hand: the nonce that it was given with the page, and the session it may have from before.
 */
export type Visitor = { nonce: string; formerSessionId: string | undefined };

export type SpendOutcome =
  | { kind: 'logged in'; link: LinkRow; sessionId: string }
  | { kind: 'used' | 'expired'; link: LinkRow }
  /** Nobody has proven the number for so long that it may be another's now; the link is as it was. */
  | { kind: 'number is old'; link: LinkRow }
  | { kind: 'closed'; link: LinkRow; reason: ClosedReason };

/** Spends the link of a token for one browser. Nothing is answered for a token that was not made here. */
export async function spendLink(
  context: Context,
  token: string,
  visitor: Visitor,
  claim: ReaderClaim = noClaim,
): Promise<SpendOutcome | undefined> {
  const link = await findLinkByToken(context.database, token);
  if (!link) return undefined;
  return context.database.transaction('spend-link', (transaction) =>
    spendFoundLink(context, transaction, link, visitor, claim),
  );
}

const lockOrder = sql(
  'orders.lockForLink',
  'SELECT order_id FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
);

/**
 * Of any number of parallel calls one spends the link, proves its credential and starts a session. The order
 * is locked first, as everywhere. The same browser may come again within a minute and gets the same session.
 * A number that may have changed hands opens nothing before its holder has said more (`decide-proof.ts`).
 */
export async function spendFoundLink(
  context: Context,
  transaction: Transaction,
  found: LinkRow,
  visitor: Visitor,
  claim: ReaderClaim,
): Promise<SpendOutcome> {
  const { publisher_id: publisher, link_id: linkId, order_id: order } = found;
  const effect = await effectOf(transaction, found, visitor, claim);
  const orders = effect === 'begins anew' ? await lockOrdersOfNumber(transaction, found) : [];
  if (order !== null) await transaction.query(lockOrder, [publisher, order]);
  const link = (await findLinkById(transaction, publisher, linkId)) ?? found;
  const reason = closedReasonOf(link);
  if (reason) return { kind: 'closed', link, reason };
  if (effect === 'asks') return { kind: 'number is old', link };
  const sessionId = sessionIdFor(context.secrets.loginLink, linkId, visitor.nonce);
  const spent = await markSpent(transaction, link, secretHash(visitor.nonce));
  if (!spent) return repeatOrRefuse(transaction, link, visitor, sessionId);
  if (effect === 'begins anew') await beginAnew(transaction, link, orders);
  await transaction.report<AccountEvent>([spentEvent(link)]);
  await logInBrowser(transaction, {
    id: sessionId,
    formerId: visitor.formerSessionId,
    publisherId: publisher,
    credentialKey: link.credential_key,
    strength: spent.is_young ? 'code' : 'link',
  });
  return { kind: 'logged in', link, sessionId };
}

/** A link that is over says so, whatever its number is; and only numbers change hands. */
async function effectOf(
  transaction: Transaction,
  link: LinkRow,
  visitor: Visitor,
  claim: ReaderClaim,
): Promise<ProofEffect> {
  if (link.credential_kind === 'email' || link.is_spent || link.is_expired) return 'opens';
  const reader = { publisherId: link.publisher_id, credentialKey: link.credential_key };
  return weighProof(transaction, reader, visitor.formerSessionId, claim);
}

/** Reads the link again: whoever spent it may have done so while this call waited for its row. */
async function repeatOrRefuse(
  transaction: Transaction,
  found: LinkRow,
  visitor: Visitor,
  sessionId: string,
): Promise<SpendOutcome> {
  const link = (await findLinkById(transaction, found.publisher_id, found.link_id)) ?? found;
  if (!link.is_spent) return { kind: 'expired', link };
  const mayRepeat = isSpentBy(link, visitor.nonce) && (await findSession(transaction, sessionId));
  return mayRepeat ? { kind: 'logged in', link, sessionId } : { kind: 'used', link };
}

/** Whether this browser spent the link within the last minute. */
export function isSpentBy(link: LinkRow, nonce: string | undefined): boolean {
  if (nonce === undefined || !link.is_spent_now || link.spent_nonce_sha256 === null) return false;
  return link.spent_nonce_sha256.equals(secretHash(nonce));
}

function spentEvent(link: LinkRow): AccountEvent {
  return {
    name: 'login link spent',
    publisherId: publisherId(link.publisher_id),
    ...(link.order_id !== null && { orderId: orderId(link.order_id) }),
    linkId: link.link_id,
  };
}
