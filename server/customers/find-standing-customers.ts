import { type Queryable, sql } from '../database/statement.ts';
import type { Address } from './address.ts';
import type { CarriedCustomer } from './carried-customer.ts';
import type { ConsentState, ConsentStatement } from './consent.ts';
import type { CustomerDetails } from './customer.ts';
import type { StoredAddress } from './decide-address-change.ts';
import type { StandingCustomer } from './decide-carried-customer.ts';
import type { Reference } from './references-store.ts';

const lockStatement = sql(
  'customers.lockMany',
  `SELECT customer_number, details, is_said, coalesce(changed_at <= carried_at, false) AS is_as_carried
   FROM customers WHERE publisher_id = $1 AND customer_number = ANY ($2::bigint[])
   ORDER BY customer_number FOR UPDATE`,
);

const findPayers = sql(
  'orders.findPayersOfNumbers',
  `SELECT DISTINCT customer_number, mobile_key, email_key
   FROM orders LEFT JOIN order_parties ON order_parties.order_id = orders.order_id AND line_number = 0
   WHERE orders.publisher_id = $1 AND customer_number = ANY ($2::bigint[])`,
);

const findContacts = sql(
  'customerContacts.findMany',
  `SELECT customer_number, contact_key FROM customer_contacts
   WHERE publisher_id = $1 AND customer_number = ANY ($2::bigint[])`,
);

const findAddresses = sql(
  'customerAddresses.findMany',
  `SELECT customer_number, address_id, products, address, starts_at, ends_at FROM customer_addresses
   WHERE publisher_id = $1 AND customer_number = ANY ($2::bigint[]) ORDER BY address_id`,
);

const findReferences = sql(
  'externalReferences.findMany',
  `SELECT customer_number, reference_code, external_id FROM external_references
   WHERE publisher_id = $1 AND customer_number = ANY ($2::bigint[])
   UNION
   SELECT customer_number, reference_code, external_id FROM external_references
     JOIN unnest($3::text[], $4::text[]) AS given (code, id)
       ON reference_code = given.code AND external_id = given.id
   WHERE publisher_id = $1`,
);

const findStatements = sql(
  'consentStatements.findMany',
  `SELECT customer_number, consent_code, version, channel_code, state, stated_at, source, by_kind, by_id
   FROM consent_statements
   WHERE publisher_id = $1 AND customer_number = ANY ($2::bigint[]) ORDER BY statement_id`,
);

type Of<Row> = Row & { customer_number: number };
type LockedRow = Of<{ details: CustomerDetails; is_said: boolean; is_as_carried: boolean }>;
type PayerRow = Of<{ mobile_key: Buffer | null; email_key: Buffer | null }>;
type ContactRow = Of<{ contact_key: Buffer }>;
type AddressRow = Of<{
  address_id: number;
  products: string[] | null;
  address: Address;
  starts_at: Date;
  ends_at: Date | null;
}>;
type ReferenceRow = Of<{ reference_code: string; external_id: string }>;
type StatementRow = Of<{
  consent_code: string;
  version: number;
  channel_code: string;
  state: ConsentState;
  stated_at: Date;
  source: string;
  by_kind: ConsentStatement['by']['kind'];
  by_id: string;
}>;

/** A customer of a file, and everything that it may be found by: its own keys and those of its accounts. */
export type Sought = { carried: CarriedCustomer; keys: readonly Buffer[] };

/** What stands here of each customer of a file, locked until the end of the transaction. */
export async function findStandingCustomers(
  transaction: Queryable,
  publisherId: number,
  sought: readonly Sought[],
): Promise<StandingCustomer[]> {
  const numbers = sought.map(({ carried }) => carried.customerNumber);
  const given = [publisherId, numbers];
  const locked = byNumber(await transaction.query<LockedRow>(lockStatement, given));
  const unsaid = [...locked].flatMap(([number, [row]]) => (row?.is_said === false ? number : []));
  const unknown = [...unsaid, ...numbers.filter((number) => !locked.has(number))];
  const contacts = byNumber(await transaction.query<ContactRow>(findContacts, [publisherId, unsaid]));
  const payers = byNumber(await transaction.query<PayerRow>(findPayers, [publisherId, unknown]));
  const named = sought.flatMap(({ carried }) => carried.references);
  const codes = named.map(({ referenceCode }) => referenceCode);
  const ids = named.map(({ externalId }) => externalId);
  const found = await transaction.query<ReferenceRow>(findReferences, [...given, codes, ids]);
  const references = byNumber(found);
  const holders = new Map(found.map((row) => [nameOf(toReference(row)), row.customer_number]));
  // Where nobody is known, nothing hangs on them.
  const known = [publisherId, [...locked.keys()]];
  const addresses = byNumber(await transaction.query<AddressRow>(findAddresses, known));
  const statements = byNumber(await transaction.query<StatementRow>(findStatements, known));
  return sought.map(({ carried: { customerNumber: number, references: named }, keys }) => {
    const [customer] = locked.get(number) ?? [];
    return {
      customer: customer && {
        details: customer.details,
        isSaid: customer.is_said,
        isAsCarried: customer.is_as_carried,
      },
      isOfOthers:
        (payers.get(number) ?? []).some((payer) => !isAmong(payer, keys)) ||
        (customer?.is_said === false && !isReachedBy(contacts.get(number) ?? [], keys)),
      addresses: (addresses.get(number) ?? []).map(toAddress),
      references: (references.get(number) ?? []).map(toReference),
      taken: named.filter((one) => (holders.get(nameOf(one)) ?? number) !== number),
      statements: (statements.get(number) ?? []).map(toStatement),
    };
  });
}

function byNumber<Row extends { customer_number: number }>(rows: readonly Row[]): Map<number, Row[]> {
  return Map.groupBy(rows, (row) => row.customer_number);
}

function isAmong({ mobile_key: mobile, email_key: email }: PayerRow, keys: readonly Buffer[]): boolean {
  return keys.some((key) => (mobile && key.equals(mobile)) || (email && key.equals(email)));
}

function isReachedBy(contacts: readonly ContactRow[], keys: readonly Buffer[]): boolean {
  return contacts.some(({ contact_key: contact }) => keys.some((key) => key.equals(contact)));
}

function nameOf({ referenceCode, externalId }: Reference): string {
  return JSON.stringify([referenceCode, externalId]);
}

function toReference({ reference_code: referenceCode, external_id: externalId }: ReferenceRow): Reference {
  return { referenceCode, externalId };
}

function toAddress(row: AddressRow): StoredAddress {
  return {
    addressId: row.address_id,
    products: row.products ?? undefined,
    address: row.address,
    startsAt: row.starts_at,
    endsAt: row.ends_at ?? undefined,
  };
}

function toStatement(row: StatementRow): ConsentStatement {
  return {
    consentCode: row.consent_code,
    version: row.version,
    channelCode: row.channel_code,
    state: row.state,
    statedAt: row.stated_at,
    source: row.source,
    by: { kind: row.by_kind, id: row.by_id },
  };
}
