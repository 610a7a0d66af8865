import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from './order.ts';

type CheckoutConfirmed = Extract<OrderEvent, { name: 'checkout confirmed' }>;

const insertCheckouts = sql(
  'orderCheckouts.insert',
  `INSERT INTO order_checkouts (publisher_id, order_id, attempt_id, text_version, text_sha256, language,
     payment_method, amount_minor, early_start, pressed_at)
   SELECT publisher_id, order_id, attempt_id, text_version, decode(text_sha256, 'hex'), language,
     payment_method, amount_minor, early_start, (SELECT leveret_now())
   FROM unnest($1::integer[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
     $8::bigint[], $9::boolean[]) AS given (publisher_id, order_id, attempt_id, text_version, text_sha256,
     language, payment_method, amount_minor, early_start)`,
);

/** Keeps with the order what the buyer had been shown when the button was pressed. */
export const keepCheckout: NowStep<unknown, Transaction, CheckoutConfirmed> = {
  stepName: 'keepCheckout',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(insertCheckouts, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.attemptId ?? null),
      events.map((event) => event.textVersion),
      events.map((event) => event.textSha256),
      events.map((event) => event.language),
      events.map((event) => event.paymentMethod ?? null),
      events.map((event) => event.amountMinor),
      events.map((event) => event.earlyStart),
    ]);
  },
};
