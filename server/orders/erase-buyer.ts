import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

/** What a bill or receipt says of its buyer: name and address as they were typed, no way to reach them. */
const members = [
  ...['firstName', 'middleName', 'lastName', 'companyName', 'companyRegistrationNumber'],
  ...['department', 'departmentName', 'coAddress', 'careOfAddress', 'street', 'streetName', 'streetNumber'],
  ...['entrance', 'floorType', 'floor', 'suite', 'postalCode', 'postalPlace', 'postalAddress'],
  ...['postalAddressPostalCode', 'postalAddressPostalPlace', 'countryCode'],
];
const each = members.map((name) => `'${name}', party -> '${name}'`);
const documented = `json_strip_nulls(json_build_object(${each.join(', ')}))`;

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
  `DELETE FROM order_parties USING unnest($2::bigint[], $3::smallint[]) AS erased (order_id, line_number)
   WHERE publisher_id = $1 AND order_parties.order_id = erased.order_id
     AND order_parties.line_number = erased.line_number`,
);

const eraseReceiverKeys = sql(
  'orderLines.eraseReceivers',
  `UPDATE order_lines SET receiver_mobile_key = NULL, receiver_email_key = NULL
   FROM unnest($2::bigint[], $3::smallint[]) AS erased (order_id, line_number)
   WHERE publisher_id = $1 AND order_lines.order_id = erased.order_id
     AND order_lines.line_number = erased.line_number
     AND (receiver_mobile_key IS NOT NULL OR receiver_email_key IS NOT NULL)`,
);

// What the site said of the person beside the order, in words of its own.
const eraseAttributes = sql(
  'orders.eraseAttributes',
  `UPDATE orders SET attributes = '{}' WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])`,
);

/**
 * Forgets who bought, and where a person was the receiver of what others bought. Where the books must still
 * name the buyer, name and address are put apart first.
 */
export const eraseBuyer: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseBuyer',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person, kept } of events) {
      const keptIds = kept.map((one) => one.orderId);
      await transaction.query(keepBuyers, [publisherId, keptIds, kept.map((one) => one.keptUntil)]);
      const parties = [
        person.parties.map((party) => party.orderId),
        person.parties.map((party) => party.lineNumber),
      ];
      for (const statement of [eraseParties, eraseReceiverKeys])
        await transaction.query(statement, [publisherId, ...parties]);
      await transaction.query(eraseAttributes, [publisherId, person.orderIds]);
    }
  },
};
