import { type Queryable, sql } from '../database/statement.ts';
import { isCorrected } from '../orders/find-correction.ts';
import type { AccountState } from './account.ts';
import { effectOfProof, type ProofEffect } from './decide-proof.ts';
import { isSessionId, secretHash } from './session.ts';
import { sessionStands } from './sessions-store.ts';

/** What the browser at hand says besides the link or code. */
export type ReaderClaim = {
  /** It has the mark of a browser that was logged in as the reader, or the page of the reader's agreement. */
  isShownBeside: boolean;
  wantsNewAccount: boolean;
};

export const noClaim: ReaderClaim = { isShownBeside: false, wantsNewAccount: false };

// An e-mail address counts where the account bought with it before the number may have changed hands: who
// has the number now can write any address on an order.
const findStatement = sql(
  'credentials.findProof',
  `SELECT held.kind, holder.state AS account_state,
     (extract(epoch FROM (SELECT leveret_now()) - held.last_proven_at)
       / 86400)::float8 AS days_since_proof,
     EXISTS (
       SELECT FROM sessions JOIN accounts USING (publisher_id, account_id)
       WHERE session_sha256 = $3 AND sessions.publisher_id = $1 AND ${sessionStands}
         AND (accounts.account_id = held.account_id OR EXISTS (
           SELECT FROM orders JOIN order_parties payers ON payers.order_id = orders.order_id
               AND payers.line_number = 0
             JOIN credentials mail ON mail.publisher_id = $1 AND mail.credential_key = payers.email_key
           WHERE orders.account_id = held.account_id AND orders.publisher_id = $1
             AND orders.registered_at <= held.last_proven_at
             AND mail.account_id = accounts.account_id AND mail.proven_at IS NOT NULL
             AND NOT ${isCorrected('$1', 'orders.order_id')}))) AS is_shown_by_session
   FROM credentials held JOIN accounts holder ON holder.account_id = held.account_id
   WHERE held.publisher_id = $1 AND held.credential_key = $2`,
);

type Row = {
  kind: 'email' | 'mobile';
  account_state: AccountState;
  days_since_proof: number | null;
  is_shown_by_session: boolean;
};

/** What somebody opens who shows that a credential is theirs. */
export async function weighProof(
  database: Queryable,
  reader: { publisherId: number; credentialKey: Buffer },
  sessionId: string | undefined,
  claim: ReaderClaim,
): Promise<ProofEffect> {
  const session = sessionId !== undefined && isSessionId(sessionId) ? secretHash(sessionId) : null;
  const [row] = await database.query<Row>(findStatement, [reader.publisherId, reader.credentialKey, session]);
  if (!row) return 'opens';
  return effectOfProof({
    kind: row.kind,
    accountState: row.account_state,
    daysSinceProof: row.days_since_proof ?? undefined,
    isShownBeside: claim.isShownBeside || row.is_shown_by_session,
    wantsNewAccount: claim.wantsNewAccount,
  });
}
