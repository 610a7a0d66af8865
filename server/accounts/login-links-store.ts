import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { linkKeyId, linkToken, tokenHash } from './login-link.ts';

export type WantedLink = {
  publisherId: number;
  clientId: string;
  orderId: number | undefined;
  credentialKind: 'email' | 'mobile';
  credential: string;
  credentialKey: Buffer;
  purpose: 'login' | 'code';
  returnUrl: string | undefined;
  errorUrl: string | undefined;
  lifetimeSeconds: number;
};

export type IssuedLink = { linkId: number; wanted: WantedLink };

const allotIds = sql(
  'loginLinks.allot',
  `SELECT nextval(pg_get_serial_sequence('login_links', 'link_id')) AS link_id, leveret_now() AS at FROM generate_series(1, $1)`,
);

const insertLinks = sql(
  'loginLinks.insert',
  `INSERT INTO login_links (link_id, publisher_id, client_id, order_id, credential_kind, credential, credential_key,
     purpose, key_id, token_sha256, return_url, error_url, expires_at, code_expires_at, created_at)
   OVERRIDING SYSTEM VALUE
   SELECT given.link_id, given.publisher_id, given.client_id, given.order_id, given.kind, given.credential, given.key,
     given.purpose, given.key_id, given.hash, given.return_url, given.error_url,
     leveret_now() + given.seconds * interval '1 second', leveret_now() + interval '10 minutes', leveret_now()
   FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::bytea[], $8::text[],
     $9::text[], $10::bytea[], $11::text[], $12::text[], $13::integer[])
     AS given (link_id, publisher_id, client_id, order_id, kind, credential, key, purpose, key_id, hash, return_url, error_url, seconds)
   WHERE NOT EXISTS (
     SELECT FROM login_links earlier
     WHERE earlier.order_id = given.order_id AND earlier.credential_key = given.key AND $14
       AND earlier.created_at > leveret_now() - interval '10 minutes')
   RETURNING link_id`,
);

/**
 * Writes links with their derived tokens and answers those that were written. With `onceInTenMinutes` a link
 * for the same order and credential within that time is not repeated.
 */
export async function insertLoginLinks(
  transaction: Transaction,
  secret: Buffer,
  wanted: readonly WantedLink[],
  onceInTenMinutes: boolean,
): Promise<IssuedLink[]> {
  if (wanted.length === 0) return [];
  const allotted = await transaction.query<{ link_id: number; at: Date }>(allotIds, [wanted.length]);
  const links = wanted.flatMap((link, index) => {
    const row = allotted[index];
    return row ? [{ link, linkId: row.link_id, keyId: linkKeyId(row.at) }] : [];
  });
  const column = <Value>(read: (link: WantedLink) => Value) => wanted.map((link) => read(link) ?? null);
  const rows = await transaction.query<{ link_id: number }>(insertLinks, [
    links.map((entry) => entry.linkId),
    column((link) => link.publisherId),
    column((link) => link.clientId),
    column((link) => link.orderId),
    column((link) => link.credentialKind),
    column((link) => link.credential),
    column((link) => link.credentialKey),
    column((link) => link.purpose),
    links.map((entry) => entry.keyId),
    links.map((entry) => tokenHash(linkToken(secret, entry.keyId, entry.linkId))),
    column((link) => link.returnUrl),
    column((link) => link.errorUrl),
    column((link) => link.lifetimeSeconds),
    onceInTenMinutes,
  ]);
  const written = new Set(rows.map((row) => row.link_id));
  return links
    .filter((entry) => written.has(entry.linkId))
    .map(({ linkId, link }) => ({ linkId, wanted: link }));
}

export type LinkRow = {
  link_id: number;
  publisher_id: number;
  client_id: string;
  order_id: number | null;
  credential_kind: 'email' | 'mobile';
  credential: string;
  credential_key: Buffer;
  purpose: 'login' | 'code';
  key_id: string;
  return_url: string | null;
  error_url: string | null;
  created_at: Date;
  spent_nonce_sha256: Buffer | null;
  is_expired: boolean;
  is_spent: boolean;
  is_spent_now: boolean;
  is_young: boolean;
  publisher_name: string;
  locale: string;
  purchase: string | null;
  order_state: string | null;
};

const columns = `link_id, login_links.publisher_id, login_links.client_id, login_links.order_id, credential_kind,
  credential, credential_key, purpose, key_id, return_url, error_url, login_links.created_at, spent_nonce_sha256,
  login_links.expires_at <= leveret_now() AS is_expired, spent_at IS NOT NULL AS is_spent,
  coalesce(spent_at > leveret_now() - interval '60 seconds', false) AS is_spent_now,
  login_links.created_at > leveret_now() - interval '10 minutes' AS is_young,
  publishers.name AS publisher_name, publishers.locale, order_lines.description AS purchase, orders.state AS order_state`;

const joins = `JOIN publishers ON publishers.publisher_id = login_links.publisher_id
  LEFT JOIN orders ON orders.order_id = login_links.order_id
  LEFT JOIN order_lines ON order_lines.order_id = login_links.order_id AND order_lines.line_number = 1`;

const findByToken = sql(
  'loginLinks.findByToken',
  `SELECT ${columns} FROM login_links ${joins} WHERE token_sha256 = $1`,
);

export async function findLinkByToken(database: Queryable, token: string): Promise<LinkRow | undefined> {
  const [row] = await database.query<LinkRow>(findByToken, [tokenHash(token)]);
  return row;
}

const findNewestOfCredential = sql(
  'loginLinks.findNewestOfCredential',
  `SELECT ${columns}, code_tries, code_expires_at <= leveret_now() AS is_code_expired FROM login_links ${joins}
   WHERE login_links.publisher_id = $1 AND credential_key = $2
   ORDER BY login_links.created_at DESC, link_id DESC LIMIT 1 FOR UPDATE OF login_links`,
);

export type CodeRow = LinkRow & { code_tries: number; is_code_expired: boolean };

/** Locks the newest link of a credential, whose code is the one that counts. */
export async function lockNewestLink(
  transaction: Transaction,
  publisherId: number,
  credentialKey: Buffer,
): Promise<CodeRow | undefined> {
  const [row] = await transaction.query<CodeRow>(findNewestOfCredential, [publisherId, credentialKey]);
  return row;
}

const countTry = sql(
  'loginLinks.countCodeTry',
  'UPDATE login_links SET code_tries = code_tries + 1 WHERE link_id = $1',
);

export async function countCodeTry(transaction: Transaction, linkId: number): Promise<void> {
  await transaction.query(countTry, [linkId]);
}

const spendStatement = sql(
  'loginLinks.spend',
  `UPDATE login_links SET spent_at = leveret_now(), spent_nonce_sha256 = $2
   WHERE link_id = $1 AND spent_at IS NULL AND expires_at > leveret_now() RETURNING link_id`,
);

/** Spends a link; of any number of parallel calls one answers true. */
export async function spendLink(
  transaction: Transaction,
  linkId: number,
  nonceHash: Buffer,
): Promise<boolean> {
  return (await transaction.query(spendStatement, [linkId, nonceHash])).length === 1;
}
