import { sql } from '../../database/statement.ts';

const pageSize = 500;

/** RFC 3339 with milliseconds, as the files have moments. */
const moment = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const listOf = (members: string, from: string, order: string) =>
  `(SELECT json_agg(json_build_object(${members}) ORDER BY ${order}) FROM ${from})`;

// What nobody has proven at an account that somebody uses is no more than a claim.
const counts = `(proven_at IS NOT NULL OR accounts.state <> 'active')`;

const thing = 'kind, product_code, issue_code, article_ref, category_type';
const members = `'kind', kind, 'product', product_code, 'issue', issue_code, 'articleRef', article_ref,
     'categoryType', category_type, 'startsAt', starts_at, 'endsAt', ends_at`;
const access = (found: string) => `(
     SELECT json_agg(json_build_object(${members})
       ORDER BY starts_at, ends_at, kind, product_code, issue_code, article_ref, category_type)
     FROM (SELECT DISTINCT ${thing}, ${moment('starts_at')} AS starts_at, ${moment('ends_at')} AS ends_at
       FROM (${found}) found WHERE publisher_id = $1 AND revoked_at IS NULL) told)`;

const heldBy = (kind: string) => `SELECT grants.* FROM credentials JOIN grants
         ON grants.publisher_id = $1 AND grants.${kind}_key = credential_key
       WHERE credentials.account_id = accounts.account_id AND ${counts}
         AND (grants.account_id IS NULL OR grants.account_id = accounts.account_id)`;

/** Of `accounts`: an account as `import people` takes it. */
const account = `json_strip_nulls(json_build_object('uniqueUserId', unique_user_id,
     'createdAt', ${moment('created_at')},
     'isClosed', CASE WHEN state = 'closed' THEN true END,
     'passwordHash', CASE WHEN EXISTS (SELECT FROM credentials
       WHERE credentials.account_id = accounts.account_id AND proven_at IS NOT NULL) THEN password_hash END,
     'credentials', ${listOf(
       `'credential', credential, 'provenAt', ${moment('proven_at')},
       'lastProvenAt', ${moment('coalesce(last_proven_at, proven_at)')},
       'heldSince', ${moment('held_since')}`,
       `credentials WHERE credentials.account_id = accounts.account_id AND ${counts}`,
       'credential COLLATE "C"',
     )},
     'access', ${access(`SELECT grants.* FROM grants WHERE grants.account_id = accounts.account_id
       UNION ALL ${heldBy('mobile')} UNION ALL ${heldBy('email')}`)}))`;

// An erased person's is closed, and has nothing left to know it by.
const isTold = `(state <> 'closed' OR EXISTS (
     SELECT FROM credentials WHERE credentials.account_id = accounts.account_id))`;

const ofCustomer = `publisher_id = $1 AND customer_number = customers.customer_number`;

/** Customers after `$2` in the order of their numbers. */
export const listCustomers = sql(
  'people.listCustomers',
  `SELECT customer_number, details, json_strip_nulls(json_build_object(
     'isSaid', CASE WHEN NOT is_said THEN false END,
     'registeredAt', ${moment('registered_at')},
     'addresses', ${listOf(
       `'products', products, 'address', address, 'startDate', ${moment('starts_at')},
       'endDate', ${moment('ends_at')}`,
       `customer_addresses WHERE ${ofCustomer}`,
       'address_id',
     )},
     'externalReferences', ${listOf(
       `'referenceCode', reference_code, 'externalId', external_id`,
       `external_references WHERE ${ofCustomer}`,
       'reference_code COLLATE "C"',
     )},
     'consents', ${listOf(
       `'consentCode', consent_code, 'version', version, 'channelCode', nullif(channel_code, ''),
       'state', state, 'statedAt', ${moment('stated_at')}, 'source', source,
       'by', json_build_object('kind', by_kind, 'id', coalesce((
         SELECT unique_user_id FROM accounts WHERE by_kind = 'user' AND accounts.publisher_id = $1
           AND account_id = CASE WHEN by_id ~ '^[0-9]{1,18}$' THEN by_id::bigint END), by_id))`,
       `consent_statements WHERE ${ofCustomer}`,
       'statement_id',
     )},
     'accounts', (SELECT json_agg(${account} ORDER BY unique_user_id) FROM accounts
       WHERE accounts.publisher_id = $1 AND accounts.customer_number = customers.customer_number
         AND ${isTold}))) AS told
   FROM customers WHERE publisher_id = $1 AND customer_number > $2
   ORDER BY customer_number LIMIT ${pageSize}`,
);

/** Accounts of nobody who is a customer, after `$2` in the order of their ids. */
export const listAccounts = sql(
  'people.listAccounts',
  `SELECT unique_user_id, ${account} AS account FROM accounts
   WHERE publisher_id = $1 AND unique_user_id > $2 AND ${isTold} AND NOT EXISTS (
     SELECT FROM customers WHERE customers.publisher_id = $1
       AND customers.customer_number = accounts.customer_number)
   ORDER BY unique_user_id LIMIT ${pageSize}`,
);

/** Addresses after the key `$2` that hold access, and that are no account's. The id follows from the key. */
const listHeld = (kind: 'mobile' | 'email') =>
  sql(
    `people.listHeldBy-${kind}`,
    `WITH held AS MATERIALIZED (
       SELECT DISTINCT ${kind}_key AS key FROM grants
       WHERE publisher_id = $1 AND ${kind}_key > $2 AND account_id IS NULL AND revoked_at IS NULL
         AND NOT EXISTS (SELECT FROM credentials JOIN accounts USING (account_id)
           WHERE credentials.publisher_id = $1 AND credential_key = ${kind}_key AND ${counts})
       ORDER BY 1 LIMIT ${pageSize})
     SELECT key, CASE WHEN credential IS NOT NULL THEN json_strip_nulls(json_build_object(
       'uniqueUserId', left(encode(sha256(key), 'hex'), 32),
       'createdAt', (SELECT ${moment('min(registered_at)')} FROM grants JOIN orders USING (order_id)
         WHERE grants.publisher_id = $1 AND grants.${kind}_key = key),
       'credentials', json_build_array(json_build_object('credential', credential)),
       'access', ${access(`SELECT grants.* FROM grants
         WHERE grants.publisher_id = $1 AND grants.${kind}_key = key AND grants.account_id IS NULL`)}))
       END AS account
     FROM held CROSS JOIN LATERAL (
       SELECT coalesce(
         (SELECT parties.${kind} FROM grants JOIN order_parties parties USING (order_id)
          WHERE grants.publisher_id = $1 AND grants.${kind}_key = key AND parties.${kind}_key = key LIMIT 1),
         (SELECT credential FROM grants JOIN order_completions USING (order_id)
          WHERE grants.publisher_id = $1 AND grants.${kind}_key = key AND credential_key = key LIMIT 1)
       ) AS credential) found
     ORDER BY key`,
  );

export const listHeldByAddress = { mobile: listHeld('mobile'), email: listHeld('email') };
