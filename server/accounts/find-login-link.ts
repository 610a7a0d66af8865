import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { OrderState, StoppedReason } from '../orders/order.ts';
import type { AccountState } from './account.ts';
import { tokenHash } from './login-link.ts';
import type { LinkCause } from './login-links-store.ts';

/** A login link as its pages need it. Times are judged by the database's clock when the row is read. */
export type LinkRow = {
  link_id: number;
  publisher_id: number;
  client_id: string;
  order_id: number | null;
  credential_kind: 'email' | 'mobile';
  credential: string;
  credential_key: Buffer;
  purpose: 'login' | 'code';
  cause: LinkCause;
  key_id: string;
  return_url: string | null;
  error_url: string | null;
  lifetime_seconds: number;
  code_tries: number;
  spent_nonce_sha256: Buffer | null;
  /** The hash of the nonce of the browser that asked for the code, if one did. */
  asked_nonce_sha256: Buffer | null;
  is_expired: boolean;
  is_code_expired: boolean;
  is_spent: boolean;
  /** A client has corrected the address that it went to. */
  is_ended: boolean;
  /** Within the minute in which the browser that spent it may do so again. */
  is_spent_now: boolean;
  publisher_name: string;
  locale: string;
  /** The first line of the order, and how many others it has. */
  purchase: string | null;
  more_lines: number;
  order_state: OrderState | null;
  stopped_reason: StoppedReason | null;
  account_state: AccountState | null;
};

const selectLinks = `SELECT link_id, links.publisher_id, links.client_id, links.order_id, credential_kind,
    links.credential, links.credential_key, purpose, cause, key_id, return_url, error_url, code_tries,
      spent_nonce_sha256, asked_nonce_sha256,
    extract(epoch FROM links.expires_at - links.created_at)::integer AS lifetime_seconds,
    links.expires_at <= (SELECT leveret_now()) AS is_expired,
    code_expires_at <= (SELECT leveret_now()) AS is_code_expired,
    spent_at IS NOT NULL AS is_spent, links.ended_at IS NOT NULL AS is_ended,
    coalesce(spent_at > (SELECT leveret_now()) - interval '60 seconds', false) AS is_spent_now,
    publishers.name AS publisher_name, publishers.locale, lines.description AS purchase,
    (SELECT count(*) FROM order_lines others WHERE others.order_id = links.order_id
      AND others.line_number > 1)::integer AS more_lines,
    orders.state AS order_state, orders.stopped_reason, accounts.state AS account_state
  FROM login_links links
    JOIN publishers ON publishers.publisher_id = links.publisher_id
    LEFT JOIN orders ON orders.order_id = links.order_id AND orders.publisher_id = links.publisher_id
    LEFT JOIN order_lines lines ON lines.order_id = orders.order_id AND lines.line_number = 1
    LEFT JOIN credentials ON credentials.publisher_id = links.publisher_id
      AND credentials.credential_key = links.credential_key
    LEFT JOIN accounts ON accounts.account_id = credentials.account_id`;

const findByToken = sql('loginLinks.findByToken', `${selectLinks} WHERE token_sha256 = $1`);

/** The link of a token; its hash is what is looked up, so that the time it takes says nothing. */
export async function findLinkByToken(database: Queryable, token: string): Promise<LinkRow | undefined> {
  const [row] = await database.query<LinkRow>(findByToken, [tokenHash(token)]);
  return row;
}

const findById = sql('loginLinks.findById', `${selectLinks} WHERE links.publisher_id = $1 AND link_id = $2`);

export async function findLinkById(
  database: Queryable,
  publisherId: number,
  linkId: number,
): Promise<LinkRow | undefined> {
  const [row] = await database.query<LinkRow>(findById, [publisherId, linkId]);
  return row;
}

const findNewest = sql(
  'loginLinks.findNewestOfSystem',
  `${selectLinks} WHERE links.publisher_id = $1 AND links.credential_key = $2 AND asked_nonce_sha256 IS NULL
   ORDER BY links.created_at DESC, link_id DESC LIMIT 1`,
);

/**
 * The newest link of a credential that no browser asked for: whoever knows an address may ask for one, and
 * say where it leads.
 */
export async function findNewestLink(
  database: Queryable,
  publisherId: number,
  credentialKey: Buffer,
): Promise<LinkRow | undefined> {
  const [row] = await database.query<LinkRow>(findNewest, [publisherId, credentialKey]);
  return row;
}

const findNewestCodeStatement = sql(
  'loginLinks.findNewestCode',
  `${selectLinks} WHERE link_id = (
     SELECT coalesce(moved.link_id, wanted.link_id)
     FROM login_links wanted LEFT JOIN login_links moved ON moved.moved_from = wanted.link_id
     WHERE wanted.publisher_id = $1 AND wanted.credential_key = $2
       AND wanted.asked_nonce_sha256 IS NOT DISTINCT FROM $3
     ORDER BY wanted.created_at DESC, wanted.link_id DESC LIMIT 1)`,
);

/**
 * The newest link whose code a browser asked for; without one, the newest whose code opens anywhere. Where
 * one to a number was mailed instead, it is the one in that mail, which proves the e-mail address alone.
 */
export async function findNewestCode(
  database: Queryable,
  reader: { publisherId: number; credentialKey: Buffer },
  askedBy: Buffer | undefined,
): Promise<LinkRow | undefined> {
  const values = [reader.publisherId, reader.credentialKey, askedBy ?? null];
  const [row] = await database.query<LinkRow>(findNewestCodeStatement, values);
  return row;
}

const hasUnusedStatement = sql(
  'loginLinks.hasUnusedCode',
  `SELECT FROM login_links
   WHERE publisher_id = $1 AND credential_key = $2 AND asked_nonce_sha256 = $3
     AND spent_at IS NULL AND ended_at IS NULL AND code_tries = 0
     AND created_at > (SELECT leveret_now()) - interval '1 minute'
   LIMIT 1`,
);

/** Whether a browser was sent a code within the last minute that it has not tried yet. */
export async function hasUnusedCode(
  database: Queryable,
  reader: { publisherId: number; credentialKey: Buffer },
  askedBy: Buffer,
): Promise<boolean> {
  const values = [reader.publisherId, reader.credentialKey, askedBy];
  return (await database.query(hasUnusedStatement, values)).length > 0;
}
