import type { Secrets } from '../config/secrets.ts';
import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import type { AccountState } from './account.ts';
import { browserTries, newCodeLimits } from './attempt-budgets.ts';
import { forgetAttempts, takeAttempt } from './attempt-limits.ts';
import { findNewestLink } from './find-login-link.ts';
import { type CodeCaller, countedOf, isKnownBrowser } from './find-standing.ts';
import { issueLinks } from './issue-login-link.ts';
import type { WantedLink } from './login-links-store.ts';
import { wantedLike } from './send-new-link.ts';

type Context = { database: Database; secrets: Pick<Secrets, 'loginLink' | 'credentialHash'> };

export type CodeWish = CodeCaller & { clientId: string };

const codeLifetimeSeconds = 600;

/**
 * Sends a code to a credential that is known here, to it alone, for the browser that asks, within the limits
 * of its standing. An unknown credential is counted alike, and nothing tells the caller which it was.
 */
export function sendNewCode(context: Context, wish: CodeWish): Promise<void> {
  const counted = countedOf(context.secrets, wish);
  return context.database.transaction('send-new-code', async (transaction) => {
    const isKnown = await isKnownBrowser(transaction, wish);
    if (!(await takeAttempt(transaction, newCodeLimits(isKnown, counted)))) return;
    // The new code has tries of its own.
    await forgetAttempts(transaction, browserTries(counted).counter);
    const wanted = await findWanted(transaction, wish);
    if (!wanted) return;
    const cause = isKnown ? 'reader' : 'stranger';
    await issueLinks(context, transaction, [{ ...wanted, cause, askedBy: counted.browser }], 'as asked');
  });
}

/** After the code the reader goes on to where the newest link led, unless its order has stopped meanwhile. */
async function findWanted(
  database: Queryable,
  wish: CodeWish,
): Promise<Omit<WantedLink, 'cause'> | undefined> {
  const code = { purpose: 'code' as const, lifetimeSeconds: codeLifetimeSeconds };
  const nowhere = { orderId: undefined, returnUrl: undefined, errorUrl: undefined };
  const link = await findNewestLink(database, wish.publisherId, wish.credentialKey);
  if (link?.account_state === 'closed') return undefined;
  if (link) return { ...wantedLike(link), ...code, ...(link.order_state === 'stopped' && nowhere) };
  const { publisherId, clientId, credentialKey } = wish;
  const credential = await findCredential(database, wish);
  return credential && { publisherId, clientId, credentialKey, ...credential, ...nowhere, ...code };
}

const findStatement = sql(
  'credentials.findForCode',
  `SELECT kind, credential, accounts.state FROM credentials JOIN accounts USING (account_id)
   WHERE credentials.publisher_id = $1 AND credential_key = $2`,
);

type Row = { kind: 'email' | 'mobile'; credential: string; state: AccountState };

async function findCredential(database: Queryable, wish: CodeWish) {
  const [row] = await database.query<Row>(findStatement, [wish.publisherId, wish.credentialKey]);
  if (!row || row.state === 'closed') return undefined;
  return { credentialKind: row.kind, credential: row.credential };
}
