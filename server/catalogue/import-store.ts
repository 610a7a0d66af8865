import { type Statement, sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { type Currency, isCurrency } from '../kit/money.ts';
import type { CatalogueRows, Known } from './read-catalogue-rows.ts';

const moveVersion = sql(
  'catalogues.moveVersion',
  `WITH publisher AS (SELECT publisher_id, currency FROM publishers WHERE publisher_id = $1),
    moved AS (
      INSERT INTO catalogues (publisher_id) SELECT publisher_id FROM publisher
      ON CONFLICT (publisher_id) DO UPDATE SET version = catalogues.version + 1
      RETURNING version)
   SELECT currency, version FROM publisher, moved`,
);

/** Locks the catalogue, so that imports of one publisher follow one another. Nothing: no such publisher. */
export async function bumpVersion(
  transaction: Transaction,
  publisherId: number,
): Promise<{ currency: Currency; version: number } | undefined> {
  const [row] = await transaction.query<{ currency: string; version: number }>(moveVersion, [publisherId]);
  if (!row) return undefined;
  if (!isCurrency(row.currency)) throw new Error(`publisher ${publisherId} has an unknown currency`);
  return { currency: row.currency, version: row.version };
}

const findCodes = sql(
  'catalogues.findCodes',
  `SELECT
    ARRAY(SELECT product_code FROM products WHERE publisher_id = $1) AS product_codes,
    ARRAY(SELECT DISTINCT vat_code FROM vat_rates JOIN publishers USING (country)
      WHERE publisher_id = $1 ORDER BY vat_code) AS vat_codes`,
);

export async function findKnownCodes(
  transaction: Transaction,
  publisherId: number,
): Promise<Omit<Known, 'currency'>> {
  type Row = { product_codes: string[]; vat_codes: string[] };
  const [row] = await transaction.query<Row>(findCodes, [publisherId]);
  return { productCodes: new Set(row?.product_codes), vatCodes: new Set(row?.vat_codes) };
}

/** Writes rows that are given as JSON by column name; a known key is updated. */
function upsert(table: string, key: readonly string[], others: readonly string[]): Statement {
  const columns = [...key, ...others];
  const changes = others.map((column) => `${column} = excluded.${column}`).join(', ');
  const resolution = changes === '' ? 'DO NOTHING' : `DO UPDATE SET ${changes}`;
  return sql(
    `catalogues.upsert_${table}`,
    `INSERT INTO ${table} (publisher_id, ${columns.join(', ')})
     SELECT $1, ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $2::jsonb)
     ON CONFLICT (publisher_id, ${key.join(', ')}) ${resolution}`,
  );
}

const price = ['description', 'price_minor', 'currency', 'vat_code'];
const window = ['starts_at', 'ends_at'];
const offerTerms = ['period_length', 'period_type', 'renewal_price_minor', 'renewal_period_length'];
const moreTerms = ['renewal_period_type', 'least_term', 'capture_when', 'payment_methods', 'marketing'];

/** In the order that the foreign keys ask for. */
const upserts: readonly [keyof CatalogueRows, Statement][] = [
  [
    'products',
    upsert('products', ['product_code'], ['company_code', 'product_type', 'digital', ...price, ...window]),
  ],
  [
    'offers',
    upsert(
      'offers',
      ['offer_code', 'offer_number'],
      ['product_code', 'description', 'price_minor', 'currency', ...offerTerms, ...moreTerms, ...window],
    ),
  ],
  [
    'issues',
    upsert('issues', ['product_code', 'issue_code'], ['description', 'published_at', 'price_minor']),
  ],
  ['articles', upsert('articles', ['article_ref'], ['product_code', ...price])],
  ['categories', upsert('product_categories', ['category_type', 'category_code', 'product_code'], [])],
];

export async function upsertRows(
  transaction: Transaction,
  publisherId: number,
  rows: CatalogueRows,
): Promise<void> {
  for (const [kind, statement] of upserts) {
    if (rows[kind].length > 0) await transaction.query(statement, [publisherId, JSON.stringify(rows[kind])]);
  }
}
