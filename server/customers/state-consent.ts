import type { Transaction } from '../database/transaction.ts';
import { fieldProblem, Problem } from '../kit/problem.ts';
import { type ConsentRequest, type ConsentStatement, decideConsent } from './consent.ts';
import { findConsentStatements, findConsentTexts, insertConsentStatement } from './consents-store.ts';
import type { CustomerEvent } from './customer.ts';
import type { CustomerKey } from './customers-store.ts';

export type Statement = ConsentRequest & {
  statedAt: Date | undefined;
  source: string;
  by: ConsentStatement['by'];
};

// Each change of mind is kept, so that whoever changes it and changes it would fill the database.
const mostStatements = 1000;

const refusals = {
  consent_is_unknown: 'names no text of consent',
  version_is_required: 'is required to give a consent: which words were shown',
} as const;

/** Keeps what a customer who is locked says about a consent. Throws what `decideConsent` refuses. */
export async function stateConsent(
  transaction: Transaction,
  key: CustomerKey,
  statement: Statement,
): Promise<void> {
  const statements = await findConsentStatements(transaction, key);
  const texts = await findConsentTexts(transaction, key.publisherId);
  const decision = decideConsent(statement, texts, statements);
  if ('refused' in decision) {
    const { refused, field } = decision;
    const code = refused === 'version_is_required' ? 'input_is_invalid' : refused;
    throw fieldProblem(code, field, `${field} ${refusals[refused]}`);
  }
  if ('nothing' in decision) return;
  if (statements.length >= mostStatements) throw new Problem('too_many_statements');
  await insertConsentStatement(transaction, key, { ...statement, version: decision.keep.version });
  const { consentCode, state } = statement;
  await transaction.report<CustomerEvent>([
    { name: state === 'given' ? 'consent given' : 'consent withdrawn', ...key, consentCode },
  ]);
}
