import { type Queryable, sql } from '../database/statement.ts';
import { createBatch } from '../kit/batch.ts';
import { accountId } from '../kit/ids.ts';
import type { FoundReader, NamedReader, ReaderDirectory } from '../publishers/reader.ts';
import { findSession } from './find-session.ts';
import { sessionCookieAt, sessionCookieName } from './find-session-id.ts';

const findStatement = sql(
  'accounts.findReaders',
  `SELECT asked.position, accounts.account_id,
     ARRAY(SELECT json_build_object('kind', kind, 'credential', credential) FROM credentials
       WHERE credentials.account_id = accounts.account_id AND proven_at IS NOT NULL
       ORDER BY proven_at DESC, credential_key) AS credentials
   FROM unnest($1::integer[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])
     WITH ORDINALITY
     AS asked (publisher_id, unique_user_id, login_seconds, session_uid, family, token_id, position)
   JOIN accounts ON accounts.unique_user_id = asked.unique_user_id
     AND accounts.publisher_id = asked.publisher_id AND accounts.state = 'active'
   WHERE (logins_end_at IS NULL OR asked.login_seconds IS NULL
       OR asked.login_seconds >= floor(extract(epoch FROM logins_end_at)))
     AND NOT EXISTS (
       SELECT FROM oauth_records
       WHERE (model, record_id) IN (('EndedSession', asked.session_uid), ('EndedGrant', asked.family),
         ('EndedToken', asked.token_id)) AND expires_at > (SELECT leveret_now()))`,
);

type Row = { position: number; account_id: number; credentials: FoundReader['credentials'][number][] };

/** Concurrent questions share one read of the database, so what has ended is refused at once, everywhere. */
export function createReaders(context: { database: Queryable }): ReaderDirectory {
  const { database } = context;
  const find = createBatch<NamedReader, { reader: FoundReader | undefined }>({
    run: (asked) => findReaders(database, asked),
    maxSize: 256,
    ownerOf: ({ publisherId }) => publisherId,
    isFaultOfOne: () => false,
  });
  return {
    sessionCookieName,
    sessionCookieAt,
    findSession: (sessionId) => findSession(database, sessionId),
    findReader: async (named) => (await find(named)).reader,
  };
}

async function findReaders(
  database: Queryable,
  asked: readonly NamedReader[],
): Promise<{ reader: FoundReader | undefined }[]> {
  const rows = await database.query<Row>(findStatement, [
    asked.map(({ publisherId }) => publisherId),
    asked.map(({ uniqueUserId }) => uniqueUserId),
    asked.map(({ loginSeconds }) => loginSeconds ?? null),
    asked.map(({ sessionUid }) => sessionUid ?? null),
    asked.map(({ family }) => family ?? null),
    asked.map(({ tokenId }) => tokenId ?? null),
  ]);
  const found = new Map(rows.map((row) => [row.position, row]));
  return asked.map((_one, index) => {
    const row = found.get(index + 1);
    const reader = row && { accountId: accountId(row.account_id), credentials: row.credentials };
    return { reader };
  });
}
