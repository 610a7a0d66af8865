import { type Queryable, sql } from '../database/statement.ts';
import { type Currency, formatMajor, isCurrency } from '../kit/money.ts';

/** Everything of one publisher, as rows by column name; times as ISO 8601 in UTC. */
const list = sql(
  'catalogues.export',
  `SELECT
    (SELECT coalesce(json_agg(p ORDER BY product_code), '[]') FROM products p
      WHERE publisher_id = $1) AS products,
    (SELECT coalesce(json_agg(i ORDER BY product_code, issue_code), '[]') FROM issues i
      WHERE publisher_id = $1) AS issues,
    (SELECT coalesce(json_agg(c ORDER BY product_code, category_type, category_code), '[]')
      FROM product_categories c WHERE publisher_id = $1) AS categories,
    (SELECT coalesce(json_agg(o ORDER BY offer_code, offer_number), '[]') FROM offers o
      WHERE publisher_id = $1) AS offers,
    (SELECT coalesce(json_agg(a ORDER BY article_ref), '[]') FROM articles a
      WHERE publisher_id = $1) AS articles`,
);

type Row = Record<string, unknown>;
type Rows = Record<'products' | 'issues' | 'categories' | 'offers' | 'articles', Row[]>;
export type ExportedCatalogue = Partial<Record<'products' | 'offers' | 'articles', Row[]>>;

/**
 * A publisher's catalogue as the document that `importCatalogue` takes, whole: imported elsewhere it is the
 * same again. Prices are in major units; what a row does not have is left out.
 */
export async function exportCatalogue(database: Queryable, publisherId: number): Promise<ExportedCatalogue> {
  const [rows] = await database.query<Rows>(list, [publisherId]);
  if (!rows) throw new Error('the catalogue was not read');
  const products = rows.products.map((product) => ({
    ...productEntry(product),
    ...filled('categories', rows.categories.filter(isOf(product)).map(categoryEntry)),
    ...filled(
      'issues',
      rows.issues.filter(isOf(product)).map((issue) => issueEntry(issue, currencyOf(product))),
    ),
  }));
  return {
    ...filled('products', products),
    ...filled('offers', rows.offers.map(offerEntry)),
    ...filled('articles', rows.articles.map(articleEntry)),
  };
}

const isOf = (product: Row) => (row: Row) => row['product_code'] === product['product_code'];

/** An empty list is left out: a document that names one is refused. */
function filled(name: string, entries: Row[]): Record<string, Row[]> {
  return entries.length === 0 ? {} : { [name]: entries };
}

function productEntry(row: Row): Row {
  return present({
    productCode: row['product_code'],
    companyCode: row['company_code'],
    description: row['description'],
    productType: row['product_type'],
    price: major(row['price_minor'], currencyOf(row)),
    currency: row['currency'],
    vatCode: row['vat_code'],
    digital: row['digital'],
    ...windowEntry(row),
  });
}

function categoryEntry(row: Row): Row {
  return { categoryType: row['category_type'], categoryCode: row['category_code'] };
}

function issueEntry(row: Row, currency: Currency): Row {
  return present({
    issueCode: row['issue_code'],
    description: row['description'],
    publishedAt: time(row['published_at']),
    price: major(row['price_minor'], currency),
  });
}

function offerEntry(row: Row): Row {
  const currency = currencyOf(row);
  const renewal = {
    price: major(row['renewal_price_minor'], currency),
    periodLength: row['renewal_period_length'],
    periodType: row['renewal_period_type'],
  };
  return present({
    offerCode: row['offer_code'],
    offerNumber: row['offer_number'],
    productCode: row['product_code'],
    description: row['description'],
    price: major(row['price_minor'], currency),
    currency: row['currency'],
    periodLength: row['period_length'],
    periodType: row['period_type'],
    renewal: row['renewal_period_type'] === null ? null : renewal,
    leastTerm: row['least_term'],
    captureWhen: row['capture_when'],
    paymentMethods: row['payment_methods'],
    marketing: row['marketing'],
    ...windowEntry(row),
  });
}

function articleEntry(row: Row): Row {
  return present({
    articleRef: row['article_ref'],
    description: row['description'],
    productCode: row['product_code'],
    price: major(row['price_minor'], currencyOf(row)),
    currency: row['currency'],
    vatCode: row['vat_code'],
  });
}

function windowEntry(row: Row): Row {
  return { startsAt: time(row['starts_at']), endsAt: time(row['ends_at']) };
}

function currencyOf(row: Row): Currency {
  const currency = String(row['currency']);
  if (!isCurrency(currency)) throw new Error('the catalogue has an unknown currency');
  return currency;
}

function major(minor: unknown, currency: Currency): number | undefined {
  return typeof minor === 'number' ? Number(formatMajor(minor, currency)) : undefined;
}

function time(text: unknown): string | undefined {
  return typeof text === 'string' ? new Date(text).toISOString() : undefined;
}

function present(entry: Row): Row {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== undefined && value !== null),
  );
}
