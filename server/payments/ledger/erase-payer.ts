import type { PersonErased } from '../../customers/customer.ts';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';

const eraseSteps = sql(
  'paymentAttempts.erase',
  `UPDATE payment_attempts SET buyer_step = NULL, guest_id = NULL, return_page = NULL
   WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])`,
);

// Empty rather than gone: what a provider says later would be sealed with a new key, and be known again.
const emptyKeys = sql(
  'paymentKeys.empty',
  `INSERT INTO payment_keys (payment_id, sealed_key)
   SELECT payment_id, NULL FROM payments WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])
   ORDER BY payment_id
   ON CONFLICT (payment_id) DO UPDATE SET sealed_key = NULL`,
);

// Payers are forgotten before: a number that still pays for an order is somebody else's as well.
const eraseMobiles = sql(
  'chargedMobiles.erase',
  `DELETE FROM charged_mobiles WHERE publisher_id = $1 AND mobile_key = ANY ($2::bytea[])
     AND NOT EXISTS (SELECT FROM order_parties payers WHERE payers.publisher_id = $1
       AND payers.mobile_key = charged_mobiles.mobile_key AND payers.line_number = 0)`,
);

/** What the buyer was shown, by which browser, what providers said of them, and the number charged. */
export const erasePayer: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'erasePayer',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events) {
      for (const statement of [eraseSteps, emptyKeys])
        await transaction.query(statement, [publisherId, person.orderIds]);
      await transaction.query(eraseMobiles, [publisherId, person.keys]);
    }
  },
};
