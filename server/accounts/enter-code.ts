import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../config/secrets.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import {
  addressKey,
  codeTriesSeconds,
  codeTryCounter,
  codeTryLimits,
  countAttempts,
  forgetAttempts,
  mostCodeTries,
  takeAttempt,
} from './attempt-limits.ts';
import { findNewestLink, type LinkRow } from './find-login-link.ts';
import { linkCode } from './login-link.ts';
import { countCodeTry } from './login-links-store.ts';
import { type SpendOutcome, spendFoundLink, type Visitor } from './spend-link.ts';

type Context = { database: Database; secrets: Pick<Secrets, 'loginLink' | 'credentialHash'> };

export type CodeRequest = {
  publisherId: number;
  credentialKey: Buffer;
  code: string;
  address: string;
  visitor: Visitor;
};

export type CodeOutcome =
  | Extract<SpendOutcome, { kind: 'logged in' | 'closed' }>
  | { kind: 'wrong'; triesLeft: number }
  /** Only who knows the code learns that it is over. */
  | { kind: 'expired' }
  | { kind: 'too many' };

/**
 * Logs in by the six digits of the newest link to a credential: five tries in ten minutes. A credential that
 * nobody knows is answered, counted and timed like one that somebody has.
 */
export function enterCode(context: Context, request: CodeRequest): Promise<CodeOutcome> {
  const { publisherId, credentialKey } = request;
  const address = addressKey(context.secrets.credentialHash, request.address);
  return context.database.transaction('enter-code', async (transaction) => {
    // Holds the tries of one credential one after another, so that a sixth never slips through.
    const mayTry = await takeAttempt(transaction, codeTryLimits(publisherId, credentialKey, address));
    if (!mayTry) return { kind: 'too many' };
    const link = await findNewestLink(transaction, publisherId, credentialKey);
    if (isRight(context.secrets.loginLink, link, request.code) && link) {
      return useCode(context, transaction, link, request);
    }
    if (link) await countCodeTry(transaction, publisherId, link.link_id);
    const counter = codeTryCounter(publisherId, credentialKey);
    const triesLeft = mostCodeTries - (await countAttempts(transaction, counter, codeTriesSeconds));
    return triesLeft > 0 ? { kind: 'wrong', triesLeft } : { kind: 'too many' };
  });
}

/** Compares in constant time, also where there is no link to compare with. */
function isRight(secret: Buffer, link: LinkRow | undefined, given: string): boolean {
  const code = linkCode(secret, link?.key_id ?? '', link?.link_id ?? 0);
  const digits = given.replaceAll(/\s/g, '');
  return (
    /^\d{6}$/.test(digits) && timingSafeEqual(Buffer.from(digits), Buffer.from(code)) && link !== undefined
  );
}

async function useCode(
  context: Context,
  transaction: Transaction,
  link: LinkRow,
  request: CodeRequest,
): Promise<CodeOutcome> {
  if (link.is_code_expired || link.code_tries >= mostCodeTries) return { kind: 'expired' };
  const outcome = await spendFoundLink(context, transaction, link, request.visitor);
  switch (outcome.kind) {
    case 'used':
    case 'expired':
      return { kind: 'expired' };
    case 'logged in':
    case 'closed':
      await forgetAttempts(transaction, codeTryCounter(request.publisherId, request.credentialKey));
      return outcome;
  }
}
