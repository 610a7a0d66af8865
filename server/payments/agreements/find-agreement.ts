import { type Queryable, sql } from '../../database/statement.ts';
import type { RenewalTerms } from '../lines/agreement-terms.ts';
import { type AttemptState, isOpen } from '../payment.ts';

/** An agreement as its page shows it. */
export type FoundAgreement = {
  publisherId: number;
  orderId: number;
  clientId: string;
  publisherName: string;
  locale: string;
  timeZone: string;
  /** Nothing while the buyer has not consented. */
  agreementId: number | undefined;
  state: 'active' | 'ending' | 'ended' | 'waiting' | 'never';
  currency: string;
  terms: RenewalTerms;
  /** The end of the last period that is paid for. */
  paidUntil: Date | undefined;
  /** Who pays by it, and can be sent a code: by SMS where there is a mobile. */
  reader: { credentialKind: 'email' | 'mobile'; credential: string; credentialKey: Buffer } | undefined;
};

const findStatement = sql(
  'paymentAgreements.findOfTry',
  `SELECT attempts.publisher_id, attempts.order_id, orders.client_id, publishers.name AS publisher_name,
     publishers.locale, publishers.time_zone, agreement_id, agreements.state AS agreement_state,
     stop_wanted_at IS NOT NULL AS is_ending, attempts.state AS attempt_state, orders.currency, agreed,
     (SELECT max(ends_at) FROM subscriptions JOIN subscription_periods USING (subscription_id)
      WHERE subscriptions.order_id = orders.order_id) AS paid_until,
     payers.mobile, payers.mobile_key, payers.email, payers.email_key,
     corrected.credential_kind, corrected.credential, corrected.credential_key
   FROM payment_attempts attempts
     JOIN orders ON orders.publisher_id = attempts.publisher_id AND orders.order_id = attempts.order_id
     JOIN publishers ON publishers.publisher_id = attempts.publisher_id
     LEFT JOIN payment_agreements agreements ON agreements.attempt_id = attempts.attempt_id
     LEFT JOIN order_parties payers ON payers.order_id = attempts.order_id AND payers.line_number = 0
     LEFT JOIN order_completions corrected ON corrected.order_id = attempts.order_id AND EXISTS (
       SELECT FROM events WHERE events.publisher_id = attempts.publisher_id
         AND events.order_id = attempts.order_id AND name = 'credential corrected')
   WHERE attempts.reference = $1 AND agreed IS NOT NULL`,
);

type Row = {
  publisher_id: number;
  order_id: number;
  client_id: string;
  publisher_name: string;
  locale: string;
  time_zone: string;
  agreement_id: number | null;
  agreement_state: 'active' | 'stopped' | null;
  is_ending: boolean;
  attempt_state: AttemptState;
  currency: string;
  agreed: RenewalTerms;
  paid_until: Date | null;
  mobile: string | null;
  mobile_key: Buffer | null;
  email: string | null;
  email_key: Buffer | null;
  /** The address that a client has corrected the order's to. */
  credential_kind: 'email' | 'mobile' | null;
  credential: string | null;
  credential_key: Buffer | null;
};

/** The agreement that a try asked its buyer for. */
export async function findAgreement(
  database: Queryable,
  reference: string,
): Promise<FoundAgreement | undefined> {
  const [row] = await database.query<Row>(findStatement, [reference]);
  if (!row) return undefined;
  return {
    publisherId: row.publisher_id,
    orderId: row.order_id,
    clientId: row.client_id,
    publisherName: row.publisher_name,
    locale: row.locale,
    timeZone: row.time_zone,
    agreementId: row.agreement_id ?? undefined,
    state: stateOf(row),
    currency: row.currency,
    terms: row.agreed,
    paidUntil: row.paid_until ?? undefined,
    reader: readerOf(row),
  };
}

function stateOf({ agreement_state: state, is_ending: isEnding, attempt_state: attempt }: Row) {
  if (state === 'stopped') return 'ended';
  if (state === 'active') return isEnding ? 'ending' : 'active';
  return isOpen(attempt) ? 'waiting' : 'never';
}

function readerOf(row: Row): FoundAgreement['reader'] {
  const { credential_kind: credentialKind, credential, credential_key: credentialKey } = row;
  if (credentialKind !== null && credential !== null && credentialKey !== null)
    return { credentialKind, credential, credentialKey };
  const { mobile, mobile_key: mobileKey, email, email_key: emailKey } = row;
  if (mobile !== null && mobileKey !== null)
    return { credentialKind: 'mobile', credential: mobile, credentialKey: mobileKey };
  if (email !== null && emailKey !== null)
    return { credentialKind: 'email', credential: email, credentialKey: emailKey };
  return undefined;
}
