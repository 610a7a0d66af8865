import { type Static, type TSchema, Type } from 'typebox';
import type { InputSchema } from '../kit/http/input-schema.ts';
import { readInput } from '../kit/http/read-input.ts';
import type { FieldProblem } from '../kit/problem.ts';
import { paymentMethods } from '../orders/payment-methods.ts';

const required = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const text = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }));
const productCode = required(12);
const amount = Type.Unsafe<string>({ type: 'number', decimalText: true });
const price = Type.Optional(amount);
const currency = Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' }));
/** RFC 3339 with an offset, such as `2026-11-16T06:00:00+01:00`. */
const time = Type.String({ minLength: 1, maxLength: 40 });
const periodLength = Type.Integer({ minimum: 1, maximum: 1200 });
const words = <Word extends string>(choices: readonly Word[]) =>
  Type.Unsafe<Word>(Type.Union(choices.map((word) => Type.Literal(word))));
const periodType = words(['days', 'weeks', 'months', 'years']);
const list = <Item extends TSchema>(item: Item) => Type.Optional(Type.Array(item, { maxItems: 50_000 }));

const IssueEntry = Type.Object({
  issueCode: required(40),
  description: text(255),
  publishedAt: time,
  price,
});

const ProductEntry = Type.Object({
  productCode,
  companyCode: text(12),
  description: required(255),
  productType: words(['subscription', 'single']),
  price,
  currency,
  vatCode: text(20),
  digital: Type.Optional(Type.Boolean()),
  startsAt: Type.Optional(time),
  endsAt: Type.Optional(time),
  categories: list(Type.Object({ categoryType: required(40), categoryCode: required(40) })),
  issues: list(IssueEntry),
});

const OfferEntry = Type.Object({
  offerCode: productCode,
  offerNumber: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
  productCode,
  description: required(255),
  price: amount,
  currency,
  periodLength,
  periodType,
  renewal: Type.Optional(Type.Object({ price: amount, periodLength, periodType })),
  /** For how many periods, counted from the first, it binds the buyer. */
  leastTerm: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  /** The methods that it is sold by; all of them where it is not said. */
  paymentMethods: Type.Optional(Type.Array(words(paymentMethods), { minItems: 1, uniqueItems: true })),
  captureWhen: Type.Optional(words(['access', 'start', 'dispatched', 'by hand'])),
  marketing: Type.Optional(
    Type.Object({ project: text(60), market: text(60), activity: text(60), salesMethod: text(60) }),
  ),
  startsAt: Type.Optional(time),
  endsAt: Type.Optional(time),
});

const ArticleEntry = Type.Object({
  articleRef: required(255),
  description: required(255),
  productCode: text(12),
  price,
  currency,
  vatCode: text(20),
});

/** A publisher's catalogue as a file. Prices are in major units, VAT included; times are RFC 3339. */
export const CatalogueDocument = Type.Object({
  products: list(ProductEntry),
  offers: list(OfferEntry),
  articles: list(ArticleEntry),
});

export type CatalogueDocument = Static<typeof CatalogueDocument>;
export type ProductEntry = Static<typeof ProductEntry>;
export type OfferEntry = Static<typeof OfferEntry>;
export type IssueEntry = Static<typeof IssueEntry>;
export type ArticleEntry = Static<typeof ArticleEntry>;

/** Reads outside data by the schema; the document is of no use where there are problems. */
export function parseCatalogueDocument(input: unknown): {
  document: CatalogueDocument;
  problems: FieldProblem[];
} {
  const reading = readInput(CatalogueDocument as unknown as InputSchema, input);
  return { document: reading.value as CatalogueDocument, problems: reading.problems };
}
