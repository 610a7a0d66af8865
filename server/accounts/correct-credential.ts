import type { Secrets } from '../config/secrets.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { accountId } from '../kit/ids.ts';
import { maskEmail, maskPhone } from '../kit/mask.ts';
import { Problem } from '../kit/problem.ts';
import type { OrderState } from '../orders/order.ts';
import type { AccountEvent, AccountState } from './account.ts';
import { ensureAccount } from './accounts-store.ts';
import { refusalOfCorrection } from './decide-correction.ts';
import { recordAssignments } from './record-assignments.ts';
import { type LinkOutcome, type LinkRequest, sendLinkTo } from './send-order-link.ts';

type Context = { secrets: Pick<Secrets, 'loginLink'> };

export type CorrectionRequest = LinkRequest & {
  credential: { kind: 'email' | 'mobile'; shown: string; key: Buffer };
};

export type CorrectionOutcome = { endedLinks: number; link: LinkOutcome | undefined };

const lockOrder = sql(
  'orders.lockForCorrection',
  'SELECT order_id FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
);

const findFacts = sql(
  'orders.findForCorrection',
  `SELECT orders.state, orders.account_id, accounts.state AS account_state,
     EXISTS (SELECT FROM credentials JOIN accounts closed ON closed.account_id = credentials.account_id
       WHERE credentials.publisher_id = orders.publisher_id AND credential_key = $3
         AND closed.state = 'closed') AS is_new_closed,
     orders.account_id IS NOT NULL OR EXISTS (SELECT FROM order_completions completions
       WHERE completions.order_id = orders.order_id AND credential IS NOT NULL) AS is_named,
     EXISTS (SELECT FROM login_links WHERE login_links.order_id = orders.order_id AND spent_at IS NOT NULL)
       OR EXISTS (SELECT FROM grants JOIN credentials ON credentials.publisher_id = grants.publisher_id
           AND credential_key IN (grants.mobile_key, grants.email_key)
         WHERE grants.order_id = orders.order_id AND NOT of_receiver AND proven_at IS NOT NULL
           AND credential_key <> $3) AS is_proven,
     EXISTS (SELECT FROM grants WHERE grants.order_id = orders.order_id AND NOT of_receiver
       AND grants.account_id IS NOT NULL
       AND grants.account_id IS DISTINCT FROM orders.account_id) AS is_anothers
   FROM orders LEFT JOIN accounts USING (account_id)
   WHERE orders.publisher_id = $1 AND orders.order_id = $2`,
);

type Facts = {
  state: OrderState;
  account_id: number | null;
  account_state: AccountState | null;
  is_new_closed: boolean;
  is_named: boolean;
  is_proven: boolean;
  is_anothers: boolean;
};

/**
 * Gives an order to another address than the one that was named, as if it had been named at first: links to
 * others end, access that nobody has proven moves, and a link goes out where the order is completed. The same
 * address again changes nothing. Throws `not_found` and what `refusalOfCorrection` says.
 */
export async function correctCredential(
  context: Context,
  transaction: Transaction,
  request: CorrectionRequest,
): Promise<CorrectionOutcome> {
  const { client, orderId, credential } = request;
  const { publisherId } = client.publisher;
  await transaction.query(lockOrder, [publisherId, orderId]);
  const [facts] = await transaction.query<Facts>(findFacts, [publisherId, orderId, credential.key]);
  if (!facts) throw new Problem('not_found');
  const refusal = refusalOfCorrection({
    state: facts.state,
    accountState: facts.account_state ?? undefined,
    isNewClosed: facts.is_new_closed,
    isNamed: facts.is_named,
    isProven: facts.is_proven,
    isAnothers: facts.is_anothers,
  });
  if (refusal) throw new Problem(refusal);
  const endedLinks = await endLinks(transaction, request);
  await nameCredential(transaction, request);
  if (facts.account_id !== null) await assignAnew(transaction, request, facts.account_id);
  await transaction.report<AccountEvent>([
    {
      name: 'credential corrected',
      publisherId,
      orderId,
      correctedBy: client.clientId,
      credential: credential.kind === 'email' ? maskEmail(credential.shown) : maskPhone(credential.shown),
      endedLinks,
    },
  ]);
  if (facts.state !== 'completed' && facts.account_id === null) return { endedLinks, link: undefined };
  const { kind, shown, key } = credential;
  const reader = { kind, credential: shown, key };
  const link = await sendLinkTo(context, transaction, { ...request, reader }, 'once in ten minutes');
  return { endedLinks, link };
}

const endStatement = sql(
  'loginLinks.endOthers',
  `UPDATE login_links SET ended_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND order_id = $2 AND credential_key <> $3
     AND spent_at IS NULL AND ended_at IS NULL
   RETURNING link_id`,
);

async function endLinks(transaction: Transaction, request: CorrectionRequest): Promise<number> {
  const { client, orderId, credential } = request;
  const values = [client.publisher.publisherId, orderId, credential.key];
  return (await transaction.query(endStatement, values)).length;
}

const nameStatement = sql(
  'orderCompletions.correctCredential',
  `INSERT INTO order_completions (order_id, publisher_id, client_id, credential, credential_kind,
     credential_key, asked_at)
   VALUES ($2, $1, $3, $4, $5, $6, (SELECT leveret_now()))
   ON CONFLICT (order_id) DO UPDATE SET credential = excluded.credential,
     credential_kind = excluded.credential_kind, credential_key = excluded.credential_key`,
);

async function nameCredential(transaction: Transaction, request: CorrectionRequest): Promise<void> {
  const { client, orderId, credential } = request;
  const { publisherId } = client.publisher;
  const { shown, kind, key } = credential;
  await transaction.query(nameStatement, [publisherId, orderId, client.clientId, shown, kind, key]);
}

const setAccount = sql(
  'orders.setCorrectedAccount',
  'UPDATE orders SET account_id = $3 WHERE publisher_id = $1 AND order_id = $2',
);

/** An order that was tied to an address goes with it. */
async function assignAnew(
  transaction: Transaction,
  { client, orderId, credential }: CorrectionRequest,
  former: number,
): Promise<void> {
  const { publisherId } = client.publisher;
  const { key, kind, shown } = credential;
  const account = await ensureAccount(transaction, { publisherId, key, kind, credential: shown });
  if (account.account_id === former) return;
  await transaction.query(setAccount, [publisherId, orderId, account.account_id]);
  await recordAssignments(transaction, [
    {
      publisherId,
      orderId,
      accountId: accountId(account.account_id),
      by: 'client',
      assignedBy: client.clientId,
    },
  ]);
}
