import { type Queryable, sql } from '../database/statement.ts';
import type { CustomerKey } from './customers-store.ts';
import { findPerson } from './find-person.ts';

type Rows = Record<string, unknown>[];

const listOf = (columns: string, from: string) =>
  `(SELECT coalesce(json_agg(row_to_json(listed)), '[]') FROM (SELECT ${columns} FROM ${from}) listed)`;

const ofOrders = 'publisher_id = $1 AND order_id = ANY ($3::bigint[])';
const mine = 'publisher_id = $1 AND customer_number = $2';

/** $3 orders that they paid for, $4 all orders, $5 accounts, $6 keys, $7 addresses that were written to. */
const findStatement = sql(
  'customers.findPersonalData',
  `SELECT
     ${listOf('address_id AS id, products, address, starts_at, ends_at', `customer_addresses WHERE ${mine}`)}
       AS addresses,
     ${listOf('reference_code, external_id, changed_at', `external_references WHERE ${mine}`)}
       AS "externalReferences",
     ${listOf(
       'consent_code, version, channel_code, state, stated_at, source, recorded_at',
       `consent_statements WHERE ${mine}`,
     )} AS consents,
     ${listOf(
       `unique_user_id, state, created_at, ARRAY(SELECT json_build_object('credential', credential,
          'provenAt', proven_at) FROM credentials WHERE credentials.account_id = accounts.account_id)
          AS credentials`,
       'accounts WHERE publisher_id = $1 AND account_id = ANY ($5::bigint[])',
     )} AS accounts,
     ${listOf(
       'created_at, seen_at, expires_at, ended_at',
       'sessions WHERE publisher_id = $1 AND account_id = ANY ($5::bigint[])',
     )} AS sessions,
     ${listOf(
       `order_id, external_order_id, customer_number, state, payment_method, amount_minor, currency,
        attributes, registered_at, ended_at,
        (SELECT json_agg(json_build_object('description', description, 'quantity', quantity,
          'amountMinor', amount_minor, 'vatMinor', vat_minor) ORDER BY line_number)
          FROM order_lines lines WHERE lines.order_id = orders.order_id) AS lines,
        (SELECT json_agg(json_build_object('lineNumber', line_number, 'party', party) ORDER BY line_number)
          FROM order_parties parties WHERE parties.order_id = orders.order_id) AS parties`,
       `orders WHERE ${ofOrders} ORDER BY order_id`,
     )} AS orders,
     ${listOf(
       'order_id, state, invoice_number, amount_minor, credited_minor, currency, issued_at, due_on',
       `invoices WHERE ${ofOrders}`,
     )} AS invoices,
     ${listOf('order_id, product_code, started_at, stopped_at', `subscriptions WHERE ${ofOrders}`)}
       AS subscriptions,
     ${listOf(
       'order_id, kind, product_code, article_ref, category_type, starts_at, ends_at, revoked_at',
       `grants WHERE publisher_id = $1 AND (account_id = ANY ($5::bigint[])
          OR mobile_key = ANY ($6::bytea[]) OR email_key = ANY ($6::bytea[]))`,
     )} AS access,
     ${listOf(
       'order_id, name, receipt_to, remark, state, stated_at, decided_at',
       `withdrawals WHERE ${ofOrders}`,
     )} AS withdrawals,
     ${listOf(
       'order_id, template, channel, destination, state, created_at, ended_at',
       `messages WHERE publisher_id = $1
          AND (order_id = ANY ($4::bigint[]) OR destination = ANY ($7::text[]))`,
     )} AS messages,
     ${listOf(
       'order_id, credential, purpose, created_at, expires_at, spent_at',
       `login_links WHERE publisher_id = $1
          AND (order_id = ANY ($4::bigint[]) OR credential_key = ANY ($6::bytea[]))`,
     )} AS "loginLinks",
     ${listOf('at, by_kind, operation_id, reason, facts', `acts WHERE ${mine} ORDER BY at`)} AS acts`,
);

export type PersonalData = Record<
  | 'addresses'
  | 'externalReferences'
  | 'consents'
  | 'accounts'
  | 'sessions'
  | 'orders'
  | 'invoices'
  | 'subscriptions'
  | 'access'
  | 'withdrawals'
  | 'messages'
  | 'loginLinks'
  | 'acts',
  Rows
>;

/** What every table knows of the person behind a customer number, but for secrets. */
export async function findPersonalData(database: Queryable, key: CustomerKey): Promise<PersonalData> {
  const { accountIds, orderIds, givenOrderIds, keys, contacts } = await findPerson(database, key);
  const customer = [key.publisherId, key.customerNumber];
  const values = [...customer, orderIds, [...orderIds, ...givenOrderIds], accountIds, keys, contacts];
  const [row] = await database.query<PersonalData>(findStatement, values);
  if (!row) throw new Error('the export answered nothing');
  return row;
}
