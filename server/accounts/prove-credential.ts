import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { AccountEvent } from './account.ts';
import { ensureAccount, markProven } from './accounts-store.ts';

type LinkSpent = Extract<AccountEvent, { name: 'login link spent' }>;

const findCredential = sql(
  'loginLinks.findCredential',
  'SELECT publisher_id, credential_kind, credential, credential_key FROM login_links WHERE link_id = $1',
);

type Row = {
  publisher_id: number;
  credential_kind: 'email' | 'mobile';
  credential: string;
  credential_key: Buffer;
};

/**
 * Who spends a link has the credential it was sent to: its account is made if need be, and active from now
 * on.
 */
export const proveCredential: NowStep<unknown, Transaction, LinkSpent> = {
  stepName: 'proveCredential',
  reports: [],
  async run(_context, transaction, events) {
    for (const event of events) {
      const [row] = await transaction.query<Row>(findCredential, [event.linkId]);
      if (!row) continue;
      const { publisher_id: publisherId, credential_key: key, credential_kind: kind, credential } = row;
      await ensureAccount(transaction, { publisherId, key, kind, credential });
      await markProven(transaction, publisherId, key);
    }
  },
};
