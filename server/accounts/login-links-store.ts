import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { linkKeyId, linkToken, tokenHash } from './login-link.ts';

/** Why a link is sent; its message counts towards the budget of the cause. */
export type LinkCause = 'order' | 'client' | 'support' | 'reader' | 'stranger';

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
  cause: LinkCause;
  /** The hash of the nonce of the browser that asked for the code, which opens in no other. */
  askedBy?: Buffer;
  /** The link to a number that went to an e-mail address as this one. */
  movedFrom?: number;
};

export type IssuedLink = { linkId: number; wanted: WantedLink };

const allotIds = sql(
  'loginLinks.allot',
  `SELECT nextval(pg_get_serial_sequence('login_links', 'link_id')) AS link_id, (SELECT leveret_now()) AS at
   FROM generate_series(1, $1)`,
);

const insertLinks = sql(
  'loginLinks.insert',
  `INSERT INTO login_links (link_id, publisher_id, client_id, order_id, credential_kind, credential,
    credential_key,
     purpose, key_id, token_sha256, return_url, error_url, asked_nonce_sha256, cause, moved_from,
     expires_at, code_expires_at, created_at)
   OVERRIDING SYSTEM VALUE
   SELECT given.link_id, given.publisher_id, given.client_id, given.order_id, given.kind, given.credential,
     given.key,
     given.purpose, given.key_id, given.hash, given.return_url, given.error_url,
     given.asked_by, given.cause, given.moved_from,
     (SELECT leveret_now()) + given.seconds * interval '1 second',
     (SELECT leveret_now()) + interval '10 minutes', (SELECT leveret_now())
   FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::bytea[],
     $8::text[], $9::text[], $10::bytea[], $11::text[], $12::text[], $13::integer[],
     $15::bytea[], $16::text[], $17::bigint[])
     AS given (link_id, publisher_id, client_id, order_id, kind, credential, key, purpose, key_id, hash,
       return_url,
       error_url, seconds, asked_by, cause, moved_from)
   WHERE NOT EXISTS (
     SELECT FROM login_links earlier
     WHERE earlier.order_id = given.order_id AND earlier.credential_key = given.key AND $14
       AND earlier.ended_at IS NULL
       AND NOT EXISTS (SELECT FROM messages WHERE messages.link_id = earlier.link_id AND state = 'failed')
       AND earlier.created_at > (SELECT leveret_now()) - interval '10 minutes')
   RETURNING link_id`,
);

/**
 * Writes links with their derived tokens and answers those that were written. With `onceInTenMinutes` a link
 * for the same order and credential within that time is not repeated, unless it was ended or did not arrive;
 * the caller holds the order's lock.
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
    column((link) => link.askedBy),
    column((link) => link.cause),
    column((link) => link.movedFrom),
  ]);
  const written = new Set(rows.map((row) => row.link_id));
  return links
    .filter((entry) => written.has(entry.linkId))
    .map(({ linkId, link }) => ({ linkId, wanted: link }));
}

const countTry = sql(
  'loginLinks.countCodeTry',
  'UPDATE login_links SET code_tries = code_tries + 1 WHERE publisher_id = $1 AND link_id = $2',
);

export async function countCodeTry(
  transaction: Transaction,
  publisherId: number,
  linkId: number,
): Promise<void> {
  await transaction.query(countTry, [publisherId, linkId]);
}

const spendStatement = sql(
  'loginLinks.spend',
  `UPDATE login_links SET spent_at = (SELECT leveret_now()), spent_nonce_sha256 = $3
   WHERE publisher_id = $1 AND link_id = $2 AND spent_at IS NULL AND expires_at > (SELECT leveret_now())
   RETURNING created_at > (SELECT leveret_now()) - interval '10 minutes' AS is_young`,
);

/** Spends a link; of any number of parallel calls one is told so, with whether the link is still young. */
export async function markSpent(
  transaction: Transaction,
  link: { publisher_id: number; link_id: number },
  nonceHash: Buffer,
): Promise<{ is_young: boolean } | undefined> {
  const values = [link.publisher_id, link.link_id, nonceHash];
  const [row] = await transaction.query<{ is_young: boolean }>(spendStatement, values);
  return row;
}
