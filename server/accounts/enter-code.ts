import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../config/secrets.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { digitsOf } from '../kit/clean-text.ts';
import {
  addressKey,
  codeTriesSeconds,
  codeTryCounter,
  codeTryFromLimit,
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
 * nobody knows is answered, counted and timed like one that somebody has. What is not six digits is wrong,
 * and none of the five: nobody guesses by it.
 */
export function enterCode(context: Context, request: CodeRequest): Promise<CodeOutcome> {
  const { publisherId, credentialKey } = request;
  const address = addressKey(context.secrets.credentialHash, request.address);
  const digits = digitsOf(request.code);
  return context.database.transaction('enter-code', async (transaction) => {
    if (!/^\d{6}$/.test(digits)) {
      const mayAsk = await takeAttempt(transaction, [codeTryFromLimit(address)]);
      return mayAsk ? answerWrong(transaction, request) : { kind: 'too many' };
    }
    // Holds the tries of one credential one after another, so that a sixth never slips through.
    const mayTry = await takeAttempt(transaction, codeTryLimits(publisherId, credentialKey, address));
    if (!mayTry) return { kind: 'too many' };
    const link = await findNewestLink(transaction, publisherId, credentialKey);
    if (isRight(context.secrets.loginLink, link, digits) && link) {
      return useCode(context, transaction, link, request);
    }
    if (link) await countCodeTry(transaction, publisherId, link.link_id);
    return answerWrong(transaction, request);
  });
}

async function answerWrong(transaction: Transaction, request: CodeRequest): Promise<CodeOutcome> {
  const counter = codeTryCounter(request.publisherId, request.credentialKey);
  const triesLeft = mostCodeTries - (await countAttempts(transaction, counter, codeTriesSeconds));
  return triesLeft > 0 ? { kind: 'wrong', triesLeft } : { kind: 'too many' };
}

/** Compares in constant time, also where there is no link to compare with. */
function isRight(secret: Buffer, link: LinkRow | undefined, digits: string): boolean {
  const code = linkCode(secret, link?.key_id ?? '', link?.link_id ?? 0);
  return timingSafeEqual(Buffer.from(digits), Buffer.from(code)) && link !== undefined;
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
