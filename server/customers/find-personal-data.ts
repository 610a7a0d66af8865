import { type Queryable, sql } from '../database/statement.ts';
import type { CustomerDetails, ErasedPerson } from './customer.ts';

type Rows = Record<string, unknown>[];

const listOf = (columns: string, from: string) =>
  `(SELECT coalesce(json_agg(row_to_json(listed)), '[]') FROM (SELECT ${columns} FROM ${from}) listed)`;

const ofNumbers = 'publisher_id = $1 AND customer_number = ANY ($2::bigint[])';
const ofOrders = 'publisher_id = $1 AND order_id = ANY ($3::bigint[])';
const ofAccounts = 'publisher_id = $1 AND account_id = ANY ($4::bigint[])';
// Beside OR the lines are looked up in one table of them; as a join, each order would go through all.
const isTheirs = '(order_id, line_number) IN (SELECT * FROM unnest($8::bigint[], $9::smallint[]))';

/**
 * $2 numbers, $3 orders that they paid for, $4 accounts, $5 links, $6 messages, $7 withdrawals, $8 and $9 the
 * lines that name them, $10 to $13 grants.
 */
const findStatement = sql(
  'customers.findPersonalData',
  `SELECT
     (SELECT coalesce(json_agg(json_build_object('customerNumber', customer_number, 'details', details)
        ORDER BY customer_number), '[]') FROM customers WHERE ${ofNumbers} AND is_said) AS customers,
     ${listOf(
       'customer_number, address_id AS id, products, address, starts_at, ends_at',
       `customer_addresses WHERE ${ofNumbers}`,
     )} AS addresses,
     ${listOf(
       'customer_number, reference_code, external_id, changed_at',
       `external_references WHERE ${ofNumbers}`,
     )} AS "externalReferences",
     ${listOf(
       `customer_number, consent_code, version, channel_code, state, stated_at, source,
        recorded_at`,
       `consent_statements WHERE ${ofNumbers}`,
     )} AS consents,
     ${listOf(
       `unique_user_id, state, created_at, ARRAY(SELECT json_build_object('credential', credential,
          'provenAt', proven_at) FROM credentials WHERE credentials.account_id = accounts.account_id)
          AS credentials`,
       `accounts WHERE ${ofAccounts}`,
     )} AS accounts,
     ${listOf('created_at, seen_at, expires_at, ended_at', `sessions WHERE ${ofAccounts}`)} AS sessions,
     ${listOf(
       `order_id, external_order_id, customer_number, state, payment_method, amount_minor, currency,
        attributes, registered_at, ended_at,
        (SELECT json_agg(json_build_object('description', description, 'quantity', quantity,
          'amountMinor', amount_minor, 'vatMinor', vat_minor) ORDER BY line_number)
          FROM order_lines lines WHERE lines.order_id = orders.order_id) AS lines,
        (SELECT json_agg(json_build_object('lineNumber', line_number, 'party', party) ORDER BY line_number)
          FROM order_parties parties WHERE parties.order_id = orders.order_id
            AND (line_number = 0 OR ${isTheirs})) AS parties`,
       `orders WHERE ${ofOrders} ORDER BY order_id`,
     )} AS orders,
     ${listOf(
       'order_id, line_number, party',
       `order_parties WHERE publisher_id = $1 AND line_number > 0 AND ${isTheirs}
          AND order_id <> ALL ($3::bigint[])`,
     )} AS received,
     ${listOf(
       'order_id, state, invoice_number, amount_minor, credited_minor, currency, issued_at, due_on',
       `invoices WHERE ${ofOrders}`,
     )} AS invoices,
     ${listOf('order_id, product_code, started_at, stopped_at', `subscriptions WHERE ${ofOrders}`)}
       AS subscriptions,
     ${listOf(
       'order_id, kind, product_code, article_ref, category_type, starts_at, ends_at, revoked_at',
       `grants JOIN unnest($10::bigint[], $11::smallint[], $12::text[], $13::integer[])
          AS theirs (order_id, line_number, kind, period_number)
          USING (order_id, line_number, kind, period_number) WHERE publisher_id = $1`,
     )} AS access,
     ${listOf(
       'order_id, name, receipt_to, remark, state, stated_at, decided_at',
       'withdrawals WHERE publisher_id = $1 AND withdrawal_id = ANY ($7::bigint[])',
     )} AS withdrawals,
     ${listOf(
       'order_id, template, channel, destination, state, created_at, ended_at',
       'messages WHERE publisher_id = $1 AND message_id = ANY ($6::bigint[])',
     )} AS messages,
     ${listOf(
       'order_id, credential, purpose, created_at, expires_at, spent_at',
       'login_links WHERE publisher_id = $1 AND link_id = ANY ($5::bigint[])',
     )} AS "loginLinks",
     ${listOf('at, by_kind, operation_id, reason, facts', `acts WHERE ${ofNumbers} ORDER BY at`)} AS acts`,
);

export type PersonalData = Record<
  | 'addresses'
  | 'externalReferences'
  | 'consents'
  | 'accounts'
  | 'sessions'
  | 'orders'
  | 'received'
  | 'invoices'
  | 'subscriptions'
  | 'access'
  | 'withdrawals'
  | 'messages'
  | 'loginLinks'
  | 'acts',
  Rows
> & {
  /** Who they are registered as, where somebody has said it. */
  customers: { customerNumber: number; details: CustomerDetails }[];
};

/** What every table knows of a person, but for secrets, and nothing of anybody else. */
export async function findPersonalData(
  database: Queryable,
  publisherId: number,
  person: ErasedPerson,
): Promise<PersonalData> {
  const { parties, grants } = person;
  const [row] = await database.query<PersonalData>(findStatement, [
    publisherId,
    person.customerNumbers,
    person.orderIds,
    person.accountIds,
    person.linkIds,
    person.messageIds,
    person.withdrawalIds,
    parties.map(({ orderId }) => orderId),
    parties.map(({ lineNumber }) => lineNumber),
    grants.map(({ orderId }) => orderId),
    grants.map(({ lineNumber }) => lineNumber),
    grants.map(({ kind }) => kind),
    grants.map(({ periodNumber }) => periodNumber),
  ]);
  if (!row) throw new Error('the export answered nothing');
  return row;
}
