import type { Secrets } from '../config/secrets.ts';
import { forgetAttempts, takeAttempt } from '../database/attempt-limits.ts';
import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import type { AccountState } from './account.ts';
import { browserTries, newCodeLimits } from './attempt-budgets.ts';
import { findNewestLink, hasUnusedCode } from './find-login-link.ts';
import { type CodeCaller, countedOf, isKnownBrowser } from './find-standing.ts';
import { issueLinks } from './issue-login-link.ts';
import type { WantedLink } from './login-links-store.ts';
import { wantedLike } from './send-new-link.ts';

type Context = { database: Database; secrets: Pick<Secrets, 'loginLink' | 'credentialHash'> };

/** A credential that a page of ours names, and the page that its reader comes back to. */
export type CodeDestination = Pick<WantedLink, 'credentialKind' | 'credential' | 'returnUrl'>;

export type CodeRequest = CodeCaller & {
  clientId: string;
  to?: CodeDestination;
  /** Sends nothing where the browser has had one within the last minute: another tab, or the page again. */
  isOnce?: boolean;
};

const codeLifetimeSeconds = 600;

/**
 * Sends a code to a credential that is known here, to it alone, for the browser that asks, within the limits
 * of its standing; or to the one that a page of ours names. An unknown credential is counted alike, and
 * nothing tells the caller which it was.
 */
export function sendNewCode(context: Context, request: CodeRequest): Promise<void> {
  const counted = countedOf(context.secrets, request);
  return context.database.transaction('send-new-code', async (transaction) => {
    const isKnown = await isKnownBrowser(transaction, request);
    if (request.isOnce && (await hasUnusedCode(transaction, request, counted.browser))) return;
    if (!(await takeAttempt(transaction, newCodeLimits(isKnown, counted)))) return;
    // The new code has tries of its own.
    await forgetAttempts(transaction, browserTries(counted).counter);
    const wanted = await findWanted(transaction, request);
    if (!wanted) return;
    const cause = isKnown ? 'reader' : 'stranger';
    await issueLinks(context, transaction, [{ ...wanted, cause, askedBy: counted.browser }], 'as asked');
  });
}

/** After the code the reader goes on to where the newest link of the system led, unless that has ended. */
async function findWanted(
  database: Queryable,
  request: CodeRequest,
): Promise<Omit<WantedLink, 'cause'> | undefined> {
  const code = { purpose: 'code' as const, lifetimeSeconds: codeLifetimeSeconds };
  const nowhere = { orderId: undefined, returnUrl: undefined, errorUrl: undefined };
  const { publisherId, clientId, credentialKey } = request;
  const reader = { publisherId, clientId, credentialKey, ...nowhere, ...code };
  // Whoever has the credential of a closed account learns so by the code, and nobody else does.
  if (request.to) return { ...reader, ...request.to };
  const link = await findNewestLink(database, publisherId, credentialKey);
  if (link?.account_state === 'closed') return undefined;
  if (link) {
    const leadsNowhere = link.order_state === 'stopped' || link.is_ended;
    return { ...wantedLike(link), ...code, ...(leadsNowhere && nowhere) };
  }
  const credential = await findCredential(database, request);
  return credential && { ...reader, ...credential };
}

const findStatement = sql(
  'credentials.findForCode',
  `SELECT kind, credential, accounts.state FROM credentials JOIN accounts USING (account_id)
   WHERE credentials.publisher_id = $1 AND credential_key = $2`,
);

type Row = { kind: 'email' | 'mobile'; credential: string; state: AccountState };

async function findCredential(database: Queryable, request: CodeRequest) {
  const [row] = await database.query<Row>(findStatement, [request.publisherId, request.credentialKey]);
  if (!row || row.state === 'closed') return undefined;
  return { credentialKind: row.kind, credential: row.credential };
}
