import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseStatement = sql(
  'grants.erase',
  `UPDATE grants SET account_id = NULL,
     mobile_key = CASE WHEN NOT erased.of_mobile THEN mobile_key END,
     email_key = CASE WHEN NOT erased.of_email THEN email_key END
   FROM unnest($2::bigint[], $3::smallint[], $4::text[], $5::integer[], $6::boolean[], $7::boolean[])
     AS erased (order_id, line_number, kind, period_number, of_mobile, of_email)
   WHERE grants.publisher_id = $1 AND grants.order_id = erased.order_id
     AND grants.line_number = erased.line_number AND grants.kind = erased.kind
     AND grants.period_number = erased.period_number`,
);

/** What a person could read is nobody's from then on; what others read by the same orders stays theirs. */
export const eraseHolders: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseHolders',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events) {
      const { grants } = person;
      await transaction.query(eraseStatement, [
        publisherId,
        grants.map((grant) => grant.orderId),
        grants.map((grant) => grant.lineNumber),
        grants.map((grant) => grant.kind),
        grants.map((grant) => grant.periodNumber),
        grants.map((grant) => grant.ofMobile),
        grants.map((grant) => grant.ofEmail),
      ]);
    }
  },
};
