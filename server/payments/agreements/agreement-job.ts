import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import { type SealingKeys, unseal } from '../../kit/seal.ts';
import type { Job, NewJob } from '../../kit/work-queue/work.ts';
import { agreementPlace } from '../ledger/note-beside.ts';
import type { ConfiguredMethod, MethodDirectory } from '../merchants/find-method.ts';

export type AgreementJobContext = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
};

/** One job per agreement, and a lane per publisher, whose provider may be slow. */
export function agreementJob(name: string, publisherId: number, agreementId: number): NewJob {
  return { name, publisherId, key: String(agreementId), arguments: { publisherId, agreementId } };
}

const findStatement = sql(
  'paymentAgreements.findOfJob',
  `SELECT order_id, attempt_id, adapter, merchant_id, token_sealed, stop_wanted_at IS NOT NULL AS is_to_stop
   FROM payment_agreements WHERE publisher_id = $1 AND agreement_id = $2 AND state = 'active'`,
);

type Row = {
  order_id: number;
  attempt_id: number;
  adapter: string;
  merchant_id: string;
  token_sealed: Buffer;
  is_to_stop: boolean;
};

export type AgreementOfJob = {
  about: { publisherId: number; agreementId: number; orderId: number };
  isToStop: boolean;
  /** Nothing where the account is not set up any more. */
  configured: ConfiguredMethod | undefined;
  token: string;
};

/** The agreement that a job is about, while it is active, and the account that it was made by. */
export async function agreementOfJob(
  { database, methods, secrets }: AgreementJobContext,
  job: Job,
): Promise<AgreementOfJob | undefined> {
  const publisherId = Number(job.arguments['publisherId']);
  const agreementId = Number(job.arguments['agreementId']);
  const [row] = await database.query<Row>(findStatement, [publisherId, agreementId]);
  if (!row) return undefined;
  return {
    about: { publisherId, agreementId, orderId: row.order_id },
    isToStop: row.is_to_stop,
    configured: methods.findByAdapter(publisherId, row.adapter, row.merchant_id),
    token: unseal(secrets.sealing, agreementPlace(row.attempt_id), row.token_sealed).toString(),
  };
}
