import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { type Currency, isCurrency } from '../kit/money.ts';
import type { PaymentMethod } from '../orders/payment-methods.ts';
import type { CatalogueContent } from './build-snapshot.ts';
import type { CaptureWhen, Offer, PeriodType, Product, ProductType, SalesWindow } from './catalogue.ts';

const findVersion = sql(
  'catalogues.findVersion',
  `SELECT coalesce((SELECT version FROM catalogues WHERE publisher_id = $1), 0) AS version`,
);

/** Moves with every change of the catalogue; 0 before the first import. */
export async function readVersion(database: Queryable, publisherId: number): Promise<number> {
  const [row] = await database.query<{ version: number }>(findVersion, [publisherId]);
  return row?.version ?? 0;
}

type WindowRow = { starts_at_ms: number | null; ends_at_ms: number | null };
type ProductRow = WindowRow & {
  product_code: string;
  company_code: string | null;
  description: string;
  product_type: ProductType;
  price_minor: number | null;
  currency: string;
  vat_code: string;
  digital: boolean;
};
type OfferRow = WindowRow & {
  offer_code: string;
  offer_number: number;
  product_code: string;
  description: string;
  price_minor: number;
  currency: string;
  period_length: number;
  period_type: PeriodType;
  renewal_price_minor: number | null;
  renewal_period_length: number | null;
  renewal_period_type: PeriodType | null;
  least_term: number | null;
  capture_when: CaptureWhen;
  payment_methods: PaymentMethod[] | null;
  marketing: Record<string, unknown>;
};
type IssueRow = {
  product_code: string;
  issue_code: string;
  description: string;
  published_at_ms: number;
  price_minor: number | null;
};
type ArticleRow = {
  article_ref: string;
  description: string;
  product_code: string | null;
  price_minor: number | null;
  currency: string;
  vat_code: string;
};
type CategoryRow = { category_type: string; category_code: string; product_code: string };
type VatRateRow = { country: string; vat_code: string; valid_from_ms: number; rate_basis_points: number };

type ContentRow = {
  version: number;
  products: ProductRow[];
  offers: OfferRow[];
  issues: IssueRow[];
  articles: ArticleRow[];
  categories: CategoryRow[];
  vat_rates: VatRateRow[];
};

const milliseconds = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint AS ${column}_ms`;
const list = (select: string) => `(SELECT coalesce(json_agg(item), '[]') FROM (${select}) AS item)`;

/** One statement, so that all tables are seen as they stood at one moment. */
const findContent = sql(
  'catalogues.findContent',
  `SELECT coalesce((SELECT version FROM catalogues WHERE publisher_id = $1), 0) AS version,
    ${list(`SELECT product_code, company_code, description, product_type, price_minor, currency, vat_code,
      digital, ${milliseconds('starts_at')}, ${milliseconds('ends_at')}
      FROM products WHERE publisher_id = $1 ORDER BY product_code`)} AS products,
    ${list(`SELECT offer_code, offer_number, product_code, description, price_minor, currency, period_length,
      period_type, renewal_price_minor, renewal_period_length, renewal_period_type, least_term,
      capture_when, marketing,
      payment_methods, ${milliseconds('starts_at')}, ${milliseconds('ends_at')}
      FROM offers WHERE publisher_id = $1 ORDER BY offer_code, offer_number`)} AS offers,
    ${list(`SELECT product_code, issue_code, description, price_minor, ${milliseconds('published_at')}
      FROM issues WHERE publisher_id = $1`)} AS issues,
    ${list(`SELECT article_ref, description, product_code, price_minor, currency, vat_code
      FROM articles WHERE publisher_id = $1`)} AS articles,
    ${list(`SELECT category_type, category_code, product_code
      FROM product_categories WHERE publisher_id = $1`)} AS categories,
    ${list(`SELECT country, vat_code, rate_basis_points, ${milliseconds('valid_from')}
      FROM vat_rates`)} AS vat_rates`,
);

export async function readContent(database: Queryable, publisherId: number): Promise<CatalogueContent> {
  const [row] = await database.query<ContentRow>(findContent, [publisherId]);
  if (!row) throw new Error('the catalogue read answered no row');
  return {
    version: row.version,
    products: row.products.map(toProduct),
    offers: row.offers.map(toOffer),
    issues: row.issues.map((issue) => ({
      productCode: issue.product_code,
      issueCode: issue.issue_code,
      description: issue.description,
      publishedAt: new Date(issue.published_at_ms),
      priceMinor: issue.price_minor ?? undefined,
    })),
    articles: row.articles.map((article) => ({
      articleRef: article.article_ref,
      description: article.description,
      productCode: article.product_code ?? undefined,
      priceMinor: article.price_minor ?? undefined,
      currency: toCurrency(article.currency),
      vatCode: article.vat_code,
    })),
    categories: row.categories.map((category) => ({
      categoryType: category.category_type,
      categoryCode: category.category_code,
      productCode: category.product_code,
    })),
    vatRates: row.vat_rates.map((rate) => ({
      country: rate.country,
      vatCode: rate.vat_code,
      validFrom: new Date(rate.valid_from_ms),
      rateBasisPoints: rate.rate_basis_points,
    })),
  };
}

function toProduct(row: ProductRow): Product {
  return {
    productCode: row.product_code,
    companyCode: row.company_code ?? undefined,
    description: row.description,
    productType: row.product_type,
    priceMinor: row.price_minor ?? undefined,
    currency: toCurrency(row.currency),
    vatCode: row.vat_code,
    digital: row.digital,
    ...toWindow(row),
  };
}

function toOffer(row: OfferRow): Offer {
  return {
    offerCode: row.offer_code,
    offerNumber: row.offer_number,
    productCode: row.product_code,
    description: row.description,
    priceMinor: row.price_minor,
    currency: toCurrency(row.currency),
    periodLength: row.period_length,
    periodType: row.period_type,
    renewal: {
      priceMinor: row.renewal_price_minor ?? row.price_minor,
      periodLength: row.renewal_period_length ?? row.period_length,
      periodType: row.renewal_period_type ?? row.period_type,
    },
    leastTerm: row.least_term ?? undefined,
    captureWhen: row.capture_when,
    paymentMethods: row.payment_methods ?? undefined,
    marketing: row.marketing,
    ...toWindow(row),
  };
}

function toWindow(row: WindowRow): SalesWindow {
  return {
    startsAt: row.starts_at_ms === null ? undefined : new Date(row.starts_at_ms),
    endsAt: row.ends_at_ms === null ? undefined : new Date(row.ends_at_ms),
  };
}

function toCurrency(text: string): Currency {
  if (!isCurrency(text)) throw new Error(`the catalogue has an unknown currency: ${text}`);
  return text;
}
