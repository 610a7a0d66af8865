import { type Currency, isCurrency, parseMajor } from '../kit/money.ts';
import type { FieldProblem } from '../kit/problem.ts';
import { findAgreementObstacle } from '../payments/agreements/find-agreement-obstacle.ts';
import { calendarPeriod, findLeastTerm } from '../payments/lines/find-least-term.ts';
import type {
  ArticleEntry,
  CatalogueDocument,
  IssueEntry,
  OfferEntry,
  ProductEntry,
} from './catalogue-document.ts';

export type Known = {
  currency: Currency;
  productCodes: ReadonlySet<string>;
  vatCodes: ReadonlySet<string>;
};

type Row = Record<string, unknown>;
export type CatalogueRows = {
  products: Row[];
  offers: Row[];
  issues: Row[];
  articles: Row[];
  categories: Row[];
};

/** Turns a document into rows by column name, and names every field that breaks a rule. */
export function readCatalogueRows(
  document: CatalogueDocument,
  known: Known,
): { rows: CatalogueRows; problems: FieldProblem[] } {
  const products = document.products ?? [];
  const productCodes = known.productCodes.union(new Set(products.map((product) => product.productCode)));
  const reader = createReader({ ...known, productCodes });
  const entries = products.map((product, index) => {
    const field = `products[${index}]`;
    return { product, field, currency: reader.currency(product.currency, field) };
  });
  const rows = {
    products: entries.map((entry) => productRow(reader, entry)),
    offers: (document.offers ?? []).map((offer, index) => offerRow(reader, offer, `offers[${index}]`)),
    issues: entries.flatMap((entry) =>
      (entry.product.issues ?? []).map((issue, index) => issueRow(reader, entry, issue, index)),
    ),
    articles: (document.articles ?? []).map((article, index) =>
      articleRow(reader, article, `articles[${index}]`),
    ),
    categories: products.flatMap(({ productCode, categories = [] }) =>
      categories.map(({ categoryType, categoryCode }) => ({
        product_code: productCode,
        category_type: categoryType,
        category_code: categoryCode,
      })),
    ),
  };
  refuseRepeats(reader, rows);
  return { rows, problems: reader.problems };
}

type Reader = ReturnType<typeof createReader>;

function createReader(known: Known) {
  const problems: FieldProblem[] = [];
  const refuse = (field: string, rule: string, message: string) => {
    problems.push({ field, rule, message: `${field} ${message}` });
  };
  return {
    problems,
    refuse,
    currency(given: string | undefined, field: string): Currency {
      if (given === undefined) return known.currency;
      if (isCurrency(given)) return given;
      refuse(`${field}.currency`, 'currency', 'is not a currency that is known here');
      return known.currency;
    },
    price(decimal: string | undefined, currency: Currency, field: string): number | null {
      if (decimal === undefined) return null;
      const amount = parseMajor(decimal, currency);
      if (amount.ok && amount.minor >= 0) return amount.minor;
      refuse(field, amount.ok ? 'negative' : amount.rule, `must be an amount in ${currency}, not negative`);
      return null;
    },
    time(given: string | undefined, field: string): string | null {
      if (given === undefined) return null;
      const hasOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(given);
      if (hasOffset && !Number.isNaN(Date.parse(given))) return new Date(given).toISOString();
      refuse(field, 'time', 'must be a time with an offset, such as 2026-11-16T06:00:00+01:00');
      return null;
    },
    productCode(given: string | undefined, field: string): string | null {
      if (given !== undefined && !known.productCodes.has(given)) {
        refuse(`${field}.productCode`, 'unknown_product', `names the product ${given}, which is not known`);
      }
      return given ?? null;
    },
    vatCode(given: string | undefined, field: string): string {
      const code = given ?? 'standard';
      if (!known.vatCodes.has(code)) {
        refuse(`${field}.vatCode`, 'unknown_vat_code', `must be one of ${[...known.vatCodes].join(', ')}`);
      }
      return code;
    },
  };
}

function windowRow(reader: Reader, entry: { startsAt?: string; endsAt?: string }, field: string): Row {
  const starts_at = reader.time(entry.startsAt, `${field}.startsAt`);
  const ends_at = reader.time(entry.endsAt, `${field}.endsAt`);
  if (starts_at !== null && ends_at !== null && ends_at <= starts_at) {
    reader.refuse(`${field}.endsAt`, 'order', 'must be after startsAt');
  }
  return { starts_at, ends_at };
}

type Entry = { product: ProductEntry; field: string; currency: Currency };

function productRow(reader: Reader, { product, field, currency }: Entry): Row {
  return {
    product_code: product.productCode,
    company_code: product.companyCode ?? null,
    description: product.description,
    product_type: product.productType,
    price_minor: reader.price(product.price, currency, `${field}.price`),
    currency,
    vat_code: reader.vatCode(product.vatCode, field),
    digital: product.digital ?? true,
    ...windowRow(reader, product, field),
  };
}

function offerRow(reader: Reader, offer: OfferEntry, field: string): Row {
  const currency = reader.currency(offer.currency, field);
  refuseWhatCannotRenew(reader, offer, currency, field);
  refuseUntoldTerm(reader, offer, field);
  return {
    offer_code: offer.offerCode,
    offer_number: offer.offerNumber,
    product_code: reader.productCode(offer.productCode, field),
    description: offer.description,
    price_minor: reader.price(offer.price, currency, `${field}.price`),
    currency,
    period_length: offer.periodLength,
    period_type: offer.periodType,
    renewal_price_minor: reader.price(offer.renewal?.price, currency, `${field}.renewal.price`),
    renewal_period_length: offer.renewal?.periodLength ?? null,
    renewal_period_type: offer.renewal?.periodType ?? null,
    least_term: offer.leastTerm ?? null,
    capture_when: offer.captureWhen ?? 'access',
    payment_methods: offer.paymentMethods ?? null,
    marketing: offer.marketing ?? {},
    ...windowRow(reader, offer, field),
  };
}

/** What a method that is named cannot agree on is refused here, and not to the buyer who wants it. */
function refuseWhatCannotRenew(reader: Reader, offer: OfferEntry, currency: Currency, field: string): void {
  const renewal = offer.renewal ?? offer;
  const [first, later] = [offer.price, renewal.price].map((price) => parseMajor(price, currency));
  if (!first?.ok || !later?.ok) return;
  const line = {
    description: offer.description,
    amountMinor: first.minor,
    periodLength: offer.periodLength,
    periodType: offer.periodType,
    renewalMinor: later.minor,
    renewalLength: renewal.periodLength,
    renewalType: renewal.periodType,
  };
  for (const method of offer.paymentMethods ?? []) {
    const wanted = { lines: [line], currency, firstPaymentMinor: first.minor };
    const obstacle = findAgreementObstacle(method, wanted);
    if (obstacle) {
      const message = `names ${method}, which ${obstacle.text}`;
      reader.refuse(`${field}.paymentMethods`, obstacle.rule, message);
    }
  }
}

/** The buyer is told how long it binds, in one length: a week and two months are none. */
function refuseUntoldTerm(reader: Reader, offer: OfferEntry, field: string): void {
  const { leastTerm, periodLength, periodType, renewal = offer } = offer;
  const first = calendarPeriod(periodLength, periodType);
  const later = calendarPeriod(renewal.periodLength, renewal.periodType);
  if (leastTerm === undefined || findLeastTerm({ periods: leastTerm, first, later }) !== undefined) return;
  const message = 'binds for periods that add up to no one length: days and weeks do, and months and years';
  reader.refuse(`${field}.leastTerm`, 'one_length', message);
}

function issueRow(reader: Reader, entry: Entry, issue: IssueEntry, index: number): Row {
  const { product, currency } = entry;
  const field = `${entry.field}.issues[${index}]`;
  return {
    product_code: product.productCode,
    issue_code: issue.issueCode,
    description: issue.description ?? `${product.description} ${issue.issueCode}`,
    published_at: reader.time(issue.publishedAt, `${field}.publishedAt`),
    price_minor: reader.price(issue.price, currency, `${field}.price`),
  };
}

function articleRow(reader: Reader, article: ArticleEntry, field: string): Row {
  const currency = reader.currency(article.currency, field);
  return {
    article_ref: article.articleRef,
    description: article.description,
    product_code: reader.productCode(article.productCode, field),
    price_minor: reader.price(article.price, currency, `${field}.price`),
    currency,
    vat_code: reader.vatCode(article.vatCode, field),
  };
}

/** One statement cannot write a row twice, and a document that says two things about one is a mistake. */
function refuseRepeats(reader: Reader, rows: CatalogueRows): void {
  const keys: [keyof CatalogueRows, string[]][] = [
    ['products', ['product_code']],
    ['offers', ['offer_code', 'offer_number']],
    ['issues', ['product_code', 'issue_code']],
    ['articles', ['article_ref']],
    ['categories', ['product_code', 'category_type', 'category_code']],
  ];
  for (const [table, columns] of keys) {
    const seen = new Set<string>();
    for (const row of rows[table]) {
      const key = columns.map((column) => String(row[column])).join('/');
      if (seen.has(key)) reader.refuse(table, 'repeated', `names ${key} twice`);
      seen.add(key);
    }
  }
}
