import { type Queryable, sql } from '../../database/statement.ts';
import { type ConfiguredMethod, type MethodDirectory, settingsFor } from '../merchants/find-method.ts';
import type { MethodSettings } from '../port/payment-method.ts';
import type { AttemptFacts } from '../port/payment-request.ts';
import type { AttemptRow } from './attempts-store.ts';
import { type FactsRow, factsColumns, factsOf } from './find-attempt-facts.ts';

/** An attempt with all that asking its provider needs. */
export type FoundAttempt = {
  publisherId: number;
  attemptId: number;
  state: AttemptRow['state'];
  flow: AttemptRow['flow'];
  noticeToken: string;
  /** Nothing where the merchant's settings are gone. */
  configured: ConfiguredMethod | undefined;
  facts: AttemptFacts;
  isCancelAsked: boolean;
  /** How often the provider was asked, and how old the attempt is. */
  askedCount: number;
  ageSeconds: number;
  windowSecondsLeft: number;
  secondsToReport: number;
  /** Since its one call that takes money was claimed; nothing where there is none, or not yet. */
  claimedSecondsAgo: number | undefined;
};

const findStatement = sql(
  'paymentAttempts.findToAsk',
  `SELECT attempts.publisher_id, attempt_id, adapter, attempts.merchant_id, notice_token,
     pinned, attempts.flow, attempts.state, asked_count,
     orders.cancel_asked_at IS NOT NULL AS is_cancel_asked,
     extract(epoch FROM (SELECT leveret_now()) - attempts.created_at)::float8 AS age_seconds,
     extract(epoch FROM least(window_ends_at, held_until) - (SELECT leveret_now()))::float8
       AS window_seconds_left,
     coalesce(extract(epoch FROM report_due_at - (SELECT leveret_now())), 0)::float8 AS seconds_to_report,
     (SELECT extract(epoch FROM (SELECT leveret_now()) - max(sent_at))::float8 FROM payment_operations charges
      WHERE charges.attempt_id = attempts.attempt_id AND kind = 'charge') AS claimed_seconds_ago,
     ${factsColumns}
   FROM payment_attempts attempts JOIN payments USING (payment_id)
     LEFT JOIN orders ON orders.order_id = payments.order_id
   WHERE attempts.publisher_id = $1 AND attempt_id = $2`,
);

type Row = FactsRow & {
  publisher_id: number;
  attempt_id: number;
  adapter: string;
  merchant_id: string;
  notice_token: string;
  pinned: MethodSettings;
  flow: AttemptRow['flow'];
  state: AttemptRow['state'];
  asked_count: number;
  is_cancel_asked: boolean;
  age_seconds: number;
  window_seconds_left: number;
  seconds_to_report: number;
  claimed_seconds_ago: number | null;
};

export async function findAttempt(
  context: { database: Queryable; methods: Pick<MethodDirectory, 'findByAdapter'> },
  publisherId: number,
  attemptId: number,
): Promise<FoundAttempt | undefined> {
  const [row] = await context.database.query<Row>(findStatement, [publisherId, attemptId]);
  if (!row) return undefined;
  const configured = context.methods.findByAdapter(row.publisher_id, row.adapter, row.merchant_id);
  return {
    publisherId: row.publisher_id,
    attemptId: row.attempt_id,
    state: row.state,
    flow: row.flow,
    noticeToken: row.notice_token,
    configured: configured && { ...configured, settings: settingsFor(configured, row.pinned) },
    facts: factsOf(row),
    isCancelAsked: row.is_cancel_asked,
    askedCount: row.asked_count,
    ageSeconds: row.age_seconds,
    windowSecondsLeft: row.window_seconds_left,
    secondsToReport: row.seconds_to_report,
    claimedSecondsAgo: row.claimed_seconds_ago ?? undefined,
  };
}
