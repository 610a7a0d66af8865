import { type Queryable, sql } from '../database/statement.ts';
import type { ConsentState, ConsentStatement, ConsentText } from './consent.ts';
import type { CustomerKey } from './customers-store.ts';

const listTexts = sql(
  'consentTexts.list',
  `SELECT consent_code, version, text, made_at FROM consent_texts
   WHERE publisher_id = $1 ORDER BY consent_code, version`,
);

/** All texts of a publisher, each in all its versions. */
export async function findConsentTexts(database: Queryable, publisherId: number): Promise<ConsentText[]> {
  type Row = { consent_code: string; version: number; text: string; made_at: Date };
  const rows = await database.query<Row>(listTexts, [publisherId]);
  return rows.map(({ consent_code: consentCode, version, text, made_at: madeAt }) => ({
    consentCode,
    version,
    text,
    madeAt,
  }));
}

const lockTexts = sql(
  'consentTexts.lock',
  'SELECT publisher_id FROM publishers WHERE publisher_id = $1 FOR NO KEY UPDATE',
);

/** One at a time makes the next version of a publisher's texts. */
export async function lockConsentTexts(transaction: Queryable, publisherId: number): Promise<void> {
  await transaction.query(lockTexts, [publisherId]);
}

const insertText = sql(
  'consentTexts.insert',
  `INSERT INTO consent_texts (publisher_id, consent_code, version, text, made_at)
   VALUES ($1, $2, $3, $4, (SELECT leveret_now()))`,
);

export async function insertConsentText(
  transaction: Queryable,
  publisherId: number,
  { consentCode, version, text }: Omit<ConsentText, 'madeAt'>,
): Promise<void> {
  await transaction.query(insertText, [publisherId, consentCode, version, text]);
}

const listStatements = sql(
  'consentStatements.list',
  `SELECT consent_code, version, channel_code, state, stated_at, source, by_kind, by_id
   FROM consent_statements WHERE publisher_id = $1 AND customer_number = $2 ORDER BY statement_id`,
);

type StatementRow = {
  consent_code: string;
  version: number;
  channel_code: string;
  state: ConsentState;
  stated_at: Date;
  source: string;
  by_kind: ConsentStatement['by']['kind'];
  by_id: string;
};

/** Everything that a customer has said about consents, what came first first. */
export async function findConsentStatements(
  database: Queryable,
  { publisherId, customerNumber }: CustomerKey,
): Promise<ConsentStatement[]> {
  const rows = await database.query<StatementRow>(listStatements, [publisherId, customerNumber]);
  return rows.map((row) => ({
    consentCode: row.consent_code,
    version: row.version,
    channelCode: row.channel_code,
    state: row.state,
    statedAt: row.stated_at,
    source: row.source,
    by: { kind: row.by_kind, id: row.by_id },
  }));
}

const insertStatement = sql(
  'consentStatements.insert',
  `INSERT INTO consent_statements (publisher_id, customer_number, consent_code, version, channel_code, state,
     stated_at, source, by_kind, by_id, recorded_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT leveret_now()))`,
);

export async function insertConsentStatement(
  transaction: Queryable,
  { publisherId, customerNumber }: CustomerKey,
  statement: ConsentStatement,
): Promise<void> {
  const { consentCode, version, channelCode, state, statedAt, source, by } = statement;
  const values = [consentCode, version, channelCode, state, statedAt, source, by.kind, by.id];
  await transaction.query(insertStatement, [publisherId, customerNumber, ...values]);
}

const insertCarriedText = sql(
  'consentTexts.insertCarried',
  `INSERT INTO consent_texts (publisher_id, consent_code, version, text, made_at)
   VALUES ($1, $2, $3, $4, coalesce($5::timestamptz, (SELECT leveret_now())))`,
);

/** A text as it was shown elsewhere, under the version that it had there. */
export async function insertCarriedConsentText(
  transaction: Queryable,
  publisherId: number,
  { consentCode, version, text, madeAt }: Omit<ConsentText, 'madeAt'> & { madeAt: Date | undefined },
): Promise<void> {
  const values = [publisherId, consentCode, version, text, madeAt?.toISOString() ?? null];
  await transaction.query(insertCarriedText, values);
}
