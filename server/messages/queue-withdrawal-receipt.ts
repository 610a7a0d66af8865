import { lockNames } from '../database/lock-names.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { comparedEmail } from '../kit/email-address.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { isCorrected } from '../orders/find-correction.ts';
import type { Proof, WithdrawalEvent } from '../withdrawals/withdrawal.ts';
import { decideWithdrawalReceipts, type ReceiptToSend } from './decide-withdrawal-receipts.ts';
import type { MessageEvent } from './message.ts';
import { messageLanguage } from './message-language.ts';
import { newReference, type QueuedRow, queuedEvent } from './queue-message.ts';

type Received = Extract<WithdrawalEvent, { name: 'withdrawal received' }>;

// The order's own address is the payer's, or once it was corrected the one that it was corrected to.
const findStatement = sql(
  'messages.findStatement',
  `SELECT stated.withdrawal_id, stated.publisher_id, stated.order_id, stated.receipt_to, stated.proof,
     stated.language, publishers.locale, payer.party ->> 'language' AS payer_language,
     payer.party ->> 'countryCode' AS payer_country,
     coalesce(CASE WHEN NOT ${isCorrected('stated.publisher_id', 'stated.order_id')} THEN payer.email END,
       (SELECT credential FROM order_completions asked
        WHERE asked.order_id = stated.order_id AND credential_kind = 'email')) AS own
   FROM withdrawals stated JOIN publishers ON publishers.publisher_id = stated.publisher_id
     LEFT JOIN order_parties payer ON payer.order_id = stated.order_id AND payer.line_number = 0
   WHERE stated.publisher_id = $1 AND stated.withdrawal_id = $2`,
);

type StatementRow = {
  withdrawal_id: number;
  publisher_id: number;
  order_id: number | null;
  receipt_to: string | null;
  proof: Proof;
  language: string | null;
  locale: string;
  payer_language: string | null;
  payer_country: string | null;
  own: string | null;
};

const countStatement = sql(
  'messages.countWithdrawalReceipts',
  `SELECT (SELECT count(*)::integer FROM messages
     WHERE publisher_id = $1 AND template = 'withdrawal-receipt' AND facts ->> 'mailbox' = $3
       AND cause = 'stranger' AND created_at > (SELECT leveret_now()) - interval '24 hours') AS to_typed,
     count(*) FILTER (WHERE cause = 'stranger' AND facts ->> 'mailbox' = $4)::integer AS to_own,
     count(*) FILTER (WHERE cause = 'reader')::integer AS proven
   FROM messages WHERE order_id = $2 AND publisher_id = $1 AND template = 'withdrawal-receipt'
     AND created_at > (SELECT leveret_now()) - interval '24 hours'`,
);

type CountRow = { to_typed: number; to_own: number; proven: number };

// What is gathered joins the e-mail that waits for the same mailbox, however its address is written and in
// whichever language the first of it was stated, unless that is full or about to go: a transaction ends long
// before the minutes between.
const insertStatement = sql(
  'messages.insertWithdrawalReceipts',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at), given AS (
     SELECT * FROM unnest($4::bigint[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[])
       AS given (order_id, destination, mailbox, told_as, is_gathered, reference)
   ), joined AS (
     UPDATE messages SET facts = jsonb_set(facts, '{withdrawalIds}',
       facts -> 'withdrawalIds' || to_jsonb($10::bigint))
     FROM given, clock
     WHERE given.is_gathered AND messages.publisher_id = $1 AND facts ->> 'mailbox' = given.mailbox
       AND messages.created_at > clock.at - interval '2 hours' AND template = 'withdrawal-receipt'
       AND messages.state = 'waiting' AND messages.order_id IS NOT DISTINCT FROM given.order_id
       AND facts ->> 'as' = given.told_as AND (facts ->> 'gathersUntil')::timestamptz > clock.at
       AND jsonb_array_length(facts -> 'withdrawalIds') < 50
     RETURNING given.reference
   )
   INSERT INTO messages (publisher_id, order_id, template, channel, language, destination, facts, cause,
     reference, state, created_at)
   SELECT $1, given.order_id, 'withdrawal-receipt', 'email', $2, given.destination,
     jsonb_build_object('withdrawalIds', jsonb_build_array($10::bigint), 'as', told_as, 'mailbox', mailbox)
       || CASE WHEN is_gathered THEN jsonb_build_object('gathersUntil', clock.at + interval '40 minutes')
         ELSE '{}' END,
     $3, given.reference, 'waiting', clock.at
   FROM given, clock WHERE reference NOT IN (SELECT reference FROM joined)
   RETURNING message_id, publisher_id, order_id, channel, facts ? 'gathersUntil' AS is_gathered`,
);

type InsertedRow = QueuedRow & { is_gathered: boolean };

// The page promises it within the hour: what joins or begins it last has time to be sent.
const gatheredAfterSeconds = 45 * 60;

/** Whoever states a withdrawal gets it back in writing, and the order's own address hears of it. */
export const queueWithdrawalReceipt: NowStep<unknown, Transaction, Received> = {
  stepName: 'queueWithdrawalReceipt',
  reports: ['message queued'],
  async run(_context, transaction, events) {
    for (const { publisherId, withdrawalId } of events) await tell(transaction, publisherId, withdrawalId);
  },
};

async function tell(transaction: Transaction, publisherId: number, withdrawalId: number): Promise<void> {
  const [row] = await transaction.query<StatementRow>(findStatement, [publisherId, withdrawalId]);
  if (!row) throw new Error('the statement was not written');
  const isProven = row.proof !== 'none';
  const [typed, own] = [row.receipt_to, row.own].map((address) => address && comparedEmail(address));
  // One writer at a time for what a ceiling is measured by, whether there is such an order or not.
  await lockNames(transaction, [
    `withdrawal receipts to ${publisherId} ${typed}`,
    `withdrawal receipts of ${publisherId} ${row.order_id}`,
  ]);
  const counted = [publisherId, row.order_id, typed, own];
  const [count] = await transaction.query<CountRow>(countStatement, counted);
  const receipts = decideWithdrawalReceipts({
    isProven,
    typed: row.receipt_to ?? undefined,
    own: row.own ?? undefined,
    before: { toTyped: count?.to_typed ?? 0, toOwn: count?.to_own ?? 0, proven: count?.proven ?? 0 },
  });
  if (receipts.length > 0) await insert(transaction, row, receipts);
}

/**
 * What goes to a typed address names no order, so that nothing of the order is found by it. All by one
 * statement, so that an order that exists costs no more than one that does not.
 */
async function insert(
  transaction: Transaction,
  row: StatementRow,
  receipts: readonly ReceiptToSend[],
): Promise<void> {
  const rows = await transaction.query<InsertedRow>(insertStatement, [
    row.publisher_id,
    languageOf(row),
    row.proof === 'none' ? 'stranger' : 'reader',
    receipts.map(({ as }) => (as === 'own' ? row.order_id : null)),
    receipts.map(({ to }) => to),
    receipts.map(({ to }) => comparedEmail(to)),
    receipts.map(({ as }) => as),
    receipts.map(({ when }) => when === 'gathered'),
    receipts.map(newReference),
    row.withdrawal_id,
  ]);
  await transaction.report<MessageEvent>(
    rows.map((one) => ({
      ...queuedEvent(one),
      ...(one.is_gathered && { afterSeconds: gatheredAfterSeconds }),
    })),
  );
}

/** The language of the page where it was stated, else the buyer's. */
function languageOf(row: StatementRow): string {
  if (row.language !== null) return row.language;
  const buyer = { language: row.payer_language ?? undefined, country: row.payer_country ?? undefined };
  return messageLanguage(buyer, row.locale);
}
