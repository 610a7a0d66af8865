import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { fieldProblem, Problem } from '../kit/problem.ts';
import { type ConsentEffect, type ConsentRequest, decideConsent } from './consent.ts';
import { findConsentStatements, findConsentTexts, insertConsentStatement } from './consents-store.ts';
import type { CustomerEvent } from './customer.ts';
import type { CustomerKey } from './customers-store.ts';

export type Statement = Omit<ConsentRequest, 'statedAt' | 'isDated'> & {
  /** Now, where nobody says when. */
  statedAt: Date | undefined;
};

const readClock = sql('clock.readForConsent', 'SELECT (SELECT leveret_now()) AS now');

const refusals = {
  consent_is_unknown: 'names no text of consent',
  version_is_required: 'is required to give a consent: which words were shown',
} as const;

/**
 * Keeps what a customer who is locked says about a consent, and answers what that does to what holds. Throws
 * what `decideConsent` refuses.
 */
export async function stateConsent(
  transaction: Transaction,
  key: CustomerKey,
  statement: Statement,
): Promise<ConsentEffect> {
  const statements = await findConsentStatements(transaction, key);
  const texts = await findConsentTexts(transaction, key.publisherId);
  const isDated = statement.statedAt !== undefined;
  const statedAt = statement.statedAt ?? (await readNow(transaction));
  const decision = decideConsent({ ...statement, statedAt, isDated }, texts, statements);
  if ('refused' in decision) {
    if (decision.refused === 'too_many_statements') throw new Problem(decision.refused);
    const { refused, field } = decision;
    const code = refused === 'version_is_required' ? 'input_is_invalid' : refused;
    throw fieldProblem(code, field, `${field} ${refusals[refused]}`);
  }
  const { effect } = decision;
  if ('nothing' in decision) return effect;
  await insertConsentStatement(transaction, key, { ...statement, statedAt, version: decision.keep.version });
  const { consentCode, state } = statement;
  if (effect === 'changes') {
    await transaction.report<CustomerEvent>([
      { name: state === 'given' ? 'consent given' : 'consent withdrawn', ...key, consentCode },
    ]);
  }
  return effect;
}

async function readNow(transaction: Transaction): Promise<Date> {
  const [clock] = await transaction.query<{ now: Date }>(readClock);
  if (!clock) throw new Error('the clock of the database answered nothing');
  return clock.now;
}
