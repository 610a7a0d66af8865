import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { agreementKey } from '../ledger/note-beside.ts';
import type { ConfiguredMethod } from '../merchants/find-method.ts';
import { askAgreementSoon } from './ask-agreement.ts';

const findStatement = sql(
  'paymentAgreements.findByToken',
  `SELECT agreement_id FROM payment_agreements
   WHERE publisher_id = $1 AND adapter = $2 AND token_key = $3 AND state = 'active'`,
);

type Context = { database: Database; secrets: { sealing: SealingKeys }; wakeWorker(): void };

/** A notice about an agreement only leads to asking whether it still stands. */
export async function noteAgreementNotice(
  context: Context,
  { publisherId, method }: ConfiguredMethod,
  token: string,
): Promise<'taken' | 'not ours'> {
  const key = agreementKey(context.secrets.sealing, method.name, token);
  const [row] = await context.database.query<{ agreement_id: number }>(findStatement, [
    publisherId,
    method.name,
    key,
  ]);
  if (!row) return 'not ours';
  const agreement = { publisherId, agreementId: row.agreement_id };
  await context.database.transaction('ask-agreement', (transaction) =>
    askAgreementSoon(transaction, agreement),
  );
  context.wakeWorker();
  return 'taken';
}
