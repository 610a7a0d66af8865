import type { Secrets } from '../config/secrets.ts';
import { addressKeys, countAttempts } from '../database/attempt-limits.ts';
import type { Transaction } from '../database/transaction.ts';
import { browserCodes, type Counted, codeTriesSeconds } from './attempt-budgets.ts';
import { isSessionOf } from './find-session.ts';
import { secretHash } from './session.ts';
import type { Visitor } from './spend-link.ts';

/** A browser that types a code or asks for one, for a credential at one publisher. */
export type CodeCaller = {
  publisherId: number;
  credentialKey: Buffer;
  address: string;
  visitor: Visitor;
  /** It brings the mark of a browser that was logged in as this reader. */
  hasMark: boolean;
};

export function countedOf(secrets: Pick<Secrets, 'credentialHash'>, caller: CodeCaller): Counted {
  const { publisherId, credentialKey, address, visitor } = caller;
  const from = addressKeys(secrets.credentialHash, address);
  return { publisherId, credentialKey, from, browser: secretHash(visitor.nonce) };
}

/** The reader's own browser: by its mark, or by a session that has not ended. */
export async function isKnownBrowser(transaction: Transaction, caller: CodeCaller): Promise<boolean> {
  const hasSession = await isSessionOf(transaction, caller.visitor.formerSessionId, caller);
  return caller.hasMark || hasSession;
}

/** Whether a code was granted to the browser lately; so for credentials that nobody has, too. */
export async function hasAskedForCode(transaction: Transaction, counted: Counted): Promise<boolean> {
  return (await countAttempts(transaction, browserCodes(counted).counter, codeTriesSeconds)) > 0;
}
