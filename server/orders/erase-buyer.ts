import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

/** What a bill or receipt says of its buyer: name and address, and no way to reach them. */
const documented = `json_strip_nulls(json_build_object(
  'firstName', party -> 'firstName', 'middleName', party -> 'middleName', 'lastName', party -> 'lastName',
  'companyName', party -> 'companyName', 'companyRegistrationNumber', party -> 'companyRegistrationNumber',
  'street', party -> 'street', 'streetNumber', party -> 'streetNumber', 'entrance', party -> 'entrance',
  'postalCode', party -> 'postalCode', 'postalPlace', party -> 'postalPlace',
  'countryCode', party -> 'countryCode'))`;

const keepBuyers = sql(
  'keptBuyers.insert',
  `INSERT INTO kept_buyers (order_id, publisher_id, buyer, kept_until)
   SELECT given.order_id, order_parties.publisher_id, ${documented}, given.kept_until
   FROM unnest($2::bigint[], $3::timestamptz[]) AS given (order_id, kept_until)
   JOIN order_parties ON order_parties.order_id = given.order_id AND line_number = 0
   WHERE order_parties.publisher_id = $1 ON CONFLICT (order_id) DO NOTHING`,
);

const eraseParties = sql(
  'orderParties.erase',
  'DELETE FROM order_parties WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])',
);

// On orders of others the person is whom something was sent to.
const eraseReceivers = sql(
  'orderParties.eraseReceiver',
  `DELETE FROM order_parties WHERE publisher_id = $1
     AND (mobile_key = ANY ($2::bytea[]) OR email_key = ANY ($2::bytea[]))`,
);

const eraseReceiverKeys = sql(
  'orderLines.eraseReceivers',
  `UPDATE order_lines SET receiver_mobile_key = NULL, receiver_email_key = NULL
   WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])
     AND (receiver_mobile_key IS NOT NULL OR receiver_email_key IS NOT NULL)`,
);

// What the site said of the person beside the order, in words of its own.
const eraseAttributes = sql(
  'orders.eraseAttributes',
  `UPDATE orders SET attributes = '{}' WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])`,
);

const eraseProviderWords = sql(
  'paymentKeys.erase',
  `DELETE FROM payment_keys USING payments WHERE payments.publisher_id = $1
     AND payments.order_id = ANY ($2::bigint[]) AND payment_keys.payment_id = payments.payment_id`,
);

/**
 * Forgets who bought, and with the keys of the payments what providers said of them. Where the books must
 * still name the buyer, name and address are put apart first.
 */
export const eraseBuyer: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseBuyer',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person, kept } of events) {
      const keptIds = kept.map((one) => one.orderId);
      await transaction.query(keepBuyers, [publisherId, keptIds, kept.map((one) => one.keptUntil)]);
      for (const statement of [eraseParties, eraseReceiverKeys, eraseAttributes, eraseProviderWords])
        await transaction.query(statement, [publisherId, person.orderIds]);
      await transaction.query(eraseReceivers, [publisherId, person.keys]);
    }
  },
};
