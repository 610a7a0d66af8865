import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../config/secrets.ts';
import { countAttempts, forgetAttempts, takeAttempt } from '../database/attempt-limits.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { digitsOf } from '../kit/clean-text.ts';
import {
  browserTries,
  type Counted,
  codeTriesSeconds,
  codeTryFromLimits,
  codeTryLimits,
  mostCodeTries,
  standingOf,
} from './attempt-budgets.ts';
import { findNewestCode, type LinkRow } from './find-login-link.ts';
import { type CodeCaller, countedOf, hasAskedForCode, isKnownBrowser } from './find-standing.ts';
import { linkCode } from './login-link.ts';
import { countCodeTry } from './login-links-store.ts';
import { type SpendOutcome, spendFoundLink } from './spend-link.ts';

type Context = { database: Database; secrets: Pick<Secrets, 'loginLink' | 'credentialHash'> };

export type CodeRequest = CodeCaller & {
  code: string;
  /** Its holder begins anew, where the number may be another's now. */
  wantsNewAccount?: boolean;
  /** The page of an agreement, which only its payer is led to. */
  holdsAgreement?: boolean;
};

export type CodeOutcome =
  | Extract<SpendOutcome, { kind: 'logged in' | 'closed' | 'number is old' }>
  | { kind: 'wrong'; triesLeft: number }
  /** Only who knows the code learns that it is over. */
  | { kind: 'expired' }
  | { kind: 'too many' };

/**
 * Logs in by six digits: of the code that this browser asked for, or else of the newest that the system sent.
 * A browser has five tries in ten minutes, within the budget of its standing, so that strangers use up no
 * tries but their own. A credential that nobody knows is answered, counted and timed like one that somebody
 * has. What is not six digits is wrong, and none of the five: nobody guesses by it.
 */
export function enterCode(context: Context, request: CodeRequest): Promise<CodeOutcome> {
  const counted = countedOf(context.secrets, request);
  const digits = digitsOf(request.code);
  return context.database.transaction('enter-code', async (transaction) => {
    const isKnown = await isKnownBrowser(transaction, request);
    const hasAsked = await hasAskedForCode(transaction, counted);
    const standing = standingOf({ isKnown, hasAsked });
    if (!/^\d{6}$/.test(digits)) {
      const mayAsk = standing !== 'stranger' || (await takeAttempt(transaction, codeTryFromLimits(counted)));
      return mayAsk ? answerWrong(transaction, counted) : { kind: 'too many' };
    }
    // Holds the tries of one browser one after another, so that a sixth never slips through.
    const mayTry = await takeAttempt(transaction, codeTryLimits(standing, counted));
    if (!mayTry) return { kind: 'too many' };
    const link = await findNewestCode(transaction, request, hasAsked ? counted.browser : undefined);
    if (isRight(context.secrets.loginLink, link, digits) && link) {
      return useCode(context, transaction, link, request, counted);
    }
    if (link && hasAsked) await countCodeTry(transaction, request.publisherId, link.link_id);
    return answerWrong(transaction, counted);
  });
}

async function answerWrong(transaction: Transaction, counted: Counted): Promise<CodeOutcome> {
  const { counter } = browserTries(counted);
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
  { visitor, hasMark, holdsAgreement = false, wantsNewAccount = false }: CodeRequest,
  counted: Counted,
): Promise<CodeOutcome> {
  if (link.is_code_expired || link.code_tries >= mostCodeTries) return { kind: 'expired' };
  const claim = { isShownBeside: hasMark || holdsAgreement, wantsNewAccount };
  const outcome = await spendFoundLink(context, transaction, link, visitor, claim);
  switch (outcome.kind) {
    case 'used':
    case 'expired':
      return { kind: 'expired' };
    case 'logged in':
    case 'closed':
    case 'number is old':
      await forgetAttempts(transaction, browserTries(counted).counter);
      return outcome;
  }
}
