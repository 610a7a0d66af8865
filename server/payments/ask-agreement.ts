import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import type { SharedHttpClient } from '../kit/http-client.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { unseal } from '../kit/seal.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../kit/work-queue/work.ts';
import { callFor } from './call-for.ts';
import type { MethodDirectory } from './find-method.ts';
import { agreementPlace } from './note-beside.ts';
import { orderOf, type PaymentEvent } from './payment.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
};

/** The job that asks the provider whether an agreement still stands. */
export function askAgreement(publisherId: number, agreementId: number): NewJob {
  return {
    name: 'ask-agreement',
    publisherId,
    key: String(agreementId),
    arguments: { publisherId, agreementId },
  };
}

export const askAgreementJob: JobKind<Context> = {
  run: (context, job) => runAskAgreement(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400],
  concurrency: 8,
  leaseSeconds: 12,
};

const findStatement = sql(
  'paymentAgreements.find',
  `SELECT order_id, attempt_id, adapter, merchant_id, token_sealed FROM payment_agreements
   WHERE publisher_id = $1 AND agreement_id = $2 AND state = 'active'`,
);

type Row = {
  order_id: number;
  attempt_id: number;
  adapter: string;
  merchant_id: string;
  token_sealed: Buffer;
};

async function runAskAgreement(context: Context, job: Job): Promise<JobResult> {
  const publisherId = Number(job.arguments['publisherId']);
  const agreementId = Number(job.arguments['agreementId']);
  const [row] = await context.database.query<Row>(findStatement, [publisherId, agreementId]);
  const configured = row && context.methods.findByAdapter(publisherId, row.adapter, row.merchant_id);
  if (!row || !configured?.method.askAgreement) return done;
  const token = unseal(context.secrets.sealing, agreementPlace(row.attempt_id), row.token_sealed).toString();
  const call = callFor(context, configured);
  const { agreement, code = 'no answer' } = await configured.method.askAgreement(call, token);
  if (!agreement) return { kind: 'later', reason: code };
  if (agreement.state === 'stopped') await stop(context, publisherId, agreementId, row);
  return done;
}

const stopStatement = sql(
  'paymentAgreements.stop',
  `UPDATE payment_agreements SET state = 'stopped', stopped_at = leveret_now()
   WHERE publisher_id = $1 AND agreement_id = $2 AND state = 'active' RETURNING agreement_id`,
);

async function stop(context: Context, publisherId: number, agreementId: number, row: Row): Promise<void> {
  await context.database.transaction('agreement-stopped', async (transaction) => {
    const stopped = await transaction.query(stopStatement, [publisherId, agreementId]);
    if (stopped.length === 0) return;
    const about = { ...orderOf({ publisherId, orderId: row.order_id }), agreementId };
    await transaction.report<PaymentEvent>([{ name: 'agreement stopped', ...about }]);
  });
}
