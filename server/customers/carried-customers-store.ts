import { type Queryable, sql } from '../database/statement.ts';
import { ChangedMeanwhile } from '../database/transaction.ts';
import type { CarriedAddress, CarriedCustomer } from './carried-customer.ts';
import type { ConsentStatement } from './consent.ts';
import type { CustomerPlan } from './decide-carried-customer.ts';
import type { Reference } from './references-store.ts';

export type PlannedCustomer = { carried: CarriedCustomer; plan: CustomerPlan };

const insertCustomers = sql(
  'customers.insertCarried',
  `INSERT INTO customers (publisher_id, customer_number, details, is_said, registered_at, changed_at,
     carried_at)
   SELECT $1, given.number, given.details, given.is_said, coalesce(given.registered_at, clock.at), clock.at,
     clock.at
   FROM (SELECT (SELECT leveret_now()) AS at) AS clock,
     unnest($2::bigint[], $3::json[], $4::boolean[], $5::timestamptz[])
       AS given (number, details, is_said, registered_at)
   ORDER BY given.number ON CONFLICT (publisher_id, customer_number) DO NOTHING RETURNING customer_number`,
);

const replaceCustomers = sql(
  'customers.replaceCarried',
  `UPDATE customers SET details = given.details, is_said = given.is_said, changed_at = clock.at,
     carried_at = clock.at
   FROM (SELECT (SELECT leveret_now()) AS at) AS clock,
     unnest($2::bigint[], $3::json[], $4::boolean[]) AS given (number, details, is_said)
   WHERE publisher_id = $1 AND customer_number = given.number`,
);

const deleteContacts = sql(
  'customerContacts.deleteOfCustomers',
  'DELETE FROM customer_contacts WHERE publisher_id = $1 AND customer_number = ANY ($2::bigint[])',
);

const insertContacts = sql(
  'customerContacts.insertMany',
  `INSERT INTO customer_contacts (publisher_id, customer_number, contact_key)
   SELECT DISTINCT $1::integer, given.number, given.key
   FROM unnest($2::bigint[], $3::bytea[]) AS given (number, key)`,
);

const insertAddresses = sql(
  'customerAddresses.insertMany',
  `INSERT INTO customer_addresses (publisher_id, customer_number, products, address, starts_at, ends_at)
   SELECT $1, given.number, string_to_array(given.products, ','), given.address,
     coalesce(given.starts_at, (SELECT leveret_now())), given.ends_at
   FROM unnest($2::bigint[], $3::text[], $4::json[], $5::timestamptz[], $6::timestamptz[]) WITH ORDINALITY
     AS given (number, products, address, starts_at, ends_at, position)
   ORDER BY position`,
);

const insertReferences = sql(
  'externalReferences.insertMany',
  `INSERT INTO external_references (publisher_id, customer_number, reference_code, external_id, changed_at)
   SELECT $1, given.number, given.code, given.id, (SELECT leveret_now())
   FROM unnest($2::bigint[], $3::text[], $4::text[]) AS given (number, code, id)
   ORDER BY given.code, given.id ON CONFLICT DO NOTHING RETURNING reference_code`,
);

const insertStatements = sql(
  'consentStatements.insertMany',
  `INSERT INTO consent_statements (publisher_id, customer_number, consent_code, version, channel_code, state,
     stated_at, source, by_kind, by_id, recorded_at)
   SELECT $1, given.number, given.code, given.version, given.channel, given.state, given.stated_at,
     given.source, given.by_kind, given.by_id, (SELECT leveret_now())
   FROM unnest($2::bigint[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::timestamptz[], $8::text[],
     $9::text[], $10::text[]) WITH ORDINALITY
     AS given (number, code, version, channel, state, stated_at, source, by_kind, by_id, position)
   ORDER BY position`,
);

// What is given out meanwhile is far less than the room that is left.
const moveNumbers = sql(
  'customers.moveNumbers',
  `SELECT setval('customer_numbers', $1::bigint + 1000)
   WHERE (SELECT last_value FROM customer_numbers) <= $1`,
);

/**
 * Writes what was decided under the locks of `findStanding`. Throws `ChangedMeanwhile` where somebody was
 * quicker, so that the transaction begins anew.
 */
export async function writeCarriedCustomers(
  transaction: Queryable,
  publisherId: number,
  planned: readonly PlannedCustomer[],
): Promise<void> {
  await writeDetails(transaction, publisherId, planned);
  await writeAddresses(
    transaction,
    publisherId,
    ofEach(planned, ({ addresses }) => addresses),
  );
  await writeReferences(
    transaction,
    publisherId,
    ofEach(planned, ({ references }) => references),
  );
  await writeStatements(
    transaction,
    publisherId,
    ofEach(planned, ({ statements }) => statements),
  );
}

type Of<Part> = { number: number; part: Part };

function ofEach<Part>(
  planned: readonly PlannedCustomer[],
  partsOf: (plan: CustomerPlan) => readonly Part[],
): Of<Part>[] {
  return planned.flatMap(({ carried, plan }) =>
    partsOf(plan).map((part) => ({ number: carried.customerNumber, part })),
  );
}

async function writeDetails(
  transaction: Queryable,
  publisherId: number,
  planned: readonly PlannedCustomer[],
): Promise<void> {
  const doing = (what: CustomerPlan['does']) =>
    planned.filter(({ plan }) => plan.does === what).map(({ carried }) => carried);
  const [added, replaced] = [doing('add'), doing('replace')];
  if (added.length + replaced.length === 0) return;
  const numbers = (some: readonly CarriedCustomer[]) => some.map((one) => one.customerNumber);
  const details = (some: readonly CarriedCustomer[]) => some.map((one) => JSON.stringify(one.details));
  const said = (some: readonly CarriedCustomer[]) => some.map((one) => one.isSaid);
  const registeredAt = added.map((one) => one.registeredAt?.toISOString() ?? null);
  const values = [publisherId, numbers(added), details(added), said(added), registeredAt];
  const written = await transaction.query(insertCustomers, values);
  if (written.length !== added.length) throw new ChangedMeanwhile('a customer was registered meanwhile');
  await transaction.query(moveNumbers, [Math.max(0, ...numbers(added))]);
  if (replaced.length > 0) {
    const others = [numbers(replaced), details(replaced), said(replaced)];
    await transaction.query(replaceCustomers, [publisherId, ...others]);
    await transaction.query(deleteContacts, [publisherId, numbers(replaced)]);
  }
  const contacts = [...added, ...replaced].flatMap(({ customerNumber: number, keys }) =>
    keys.map((key) => ({ number, key })),
  );
  const keys = contacts.map(({ key }) => key);
  await transaction.query(insertContacts, [publisherId, contacts.map(({ number }) => number), keys]);
}

async function writeAddresses(
  transaction: Queryable,
  publisherId: number,
  addresses: readonly Of<CarriedAddress>[],
): Promise<void> {
  if (addresses.length === 0) return;
  await transaction.query(insertAddresses, [
    publisherId,
    addresses.map(({ number }) => number),
    addresses.map(({ part }) => part.products?.join(',') ?? null),
    addresses.map(({ part }) => JSON.stringify(part.address)),
    addresses.map(({ part }) => part.startsAt?.toISOString() ?? null),
    addresses.map(({ part }) => part.endsAt?.toISOString() ?? null),
  ]);
}

async function writeReferences(
  transaction: Queryable,
  publisherId: number,
  references: readonly Of<Reference>[],
): Promise<void> {
  if (references.length === 0) return;
  const written = await transaction.query(insertReferences, [
    publisherId,
    references.map(({ number }) => number),
    references.map(({ part }) => part.referenceCode),
    references.map(({ part }) => part.externalId),
  ]);
  if (written.length !== references.length) throw new ChangedMeanwhile('a reference was taken meanwhile');
}

async function writeStatements(
  transaction: Queryable,
  publisherId: number,
  statements: readonly Of<ConsentStatement>[],
): Promise<void> {
  if (statements.length === 0) return;
  await transaction.query(insertStatements, [
    publisherId,
    statements.map(({ number }) => number),
    statements.map(({ part }) => part.consentCode),
    statements.map(({ part }) => part.version),
    statements.map(({ part }) => part.channelCode),
    statements.map(({ part }) => part.state),
    statements.map(({ part }) => part.statedAt.toISOString()),
    statements.map(({ part }) => part.source),
    statements.map(({ part }) => part.by.kind),
    statements.map(({ part }) => part.by.id),
  ]);
}
