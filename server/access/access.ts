import type { OrderId, PublisherId } from '../kit/ids.ts';

/** Bought is stronger than temporary: what is paid for outlasts what is only lent. */
const grantKinds = ['bought', 'temporary'] as const;
export type GrantKind = (typeof grantKinds)[number];

/** Where a grant stands at the database's now. Grants are half-open: the end itself is outside. */
export type GrantStanding = 'live' | 'not_started' | 'expired' | 'revoked';

export type HeldGrant = {
  orderId: number;
  lineNumber: number;
  /** Of the subscription; 0 for what no period gave. */
  periodNumber: number;
  kind: GrantKind;
  standing: GrantStanding;
  productCode: string | undefined;
  issueCode: string | undefined;
  articleRef: string | undefined;
  categoryType: string | undefined;
  /** Epoch milliseconds; a grant without an end lasts. */
  startsAt: number;
  endsAt: number | undefined;
};

/** A grant as it is told, in the words of the order's page; times are RFC 3339. */
export type GivenGrant = {
  lineNumber: number;
  kind: GrantKind;
  product: string | null;
  issue: string | null;
  articleRef: string | null;
  categoryType: string | null;
  startsAt: string;
  /** Nothing where it lasts. */
  endsAt: string | null;
};

type OfOrder = { publisherId: PublisherId; orderId: OrderId };

export type AccessEvent =
  /** Only reported where an endpoint hears it: completing orders is measured. */
  | ({ name: 'access granted'; grants: readonly GivenGrant[] } & OfOrder)
  | ({ name: 'access revoked' } & OfOrder);

/** What is asked for. Everything that is named must be covered by one grant; nothing named asks for any. */
export type AccessQuestion = {
  product?: string | undefined;
  issue?: string | undefined;
  articleId?: string | undefined;
  categoryType?: string | undefined;
};

/** What the catalogue knows that a question needs. */
export type AccessCatalogue = {
  findArticle(articleRef: string): { productCode: string | undefined } | undefined;
  productsOfCategoryType(categoryType: string): readonly string[];
};

/**
 * How much of what is asked a grant covers. `whole` opens it. `part` is an issue of the product that is asked
 * for: it opens the product for a while where the publisher said so with allowAccessProduct, and a bought
 * issue opens only itself.
 */
export type Coverage = 'whole' | 'part' | 'none';

export function coverageOf(grant: HeldGrant, asked: AccessQuestion, catalogue: AccessCatalogue): Coverage {
  const ofProduct =
    asked.product === undefined ? 'whole' : coverProduct(grant, asked.product, asked.issue, catalogue);
  if (ofProduct === 'none') return 'none';
  if (asked.articleId !== undefined && !coversArticle(grant, asked.articleId, catalogue)) return 'none';
  if (asked.categoryType !== undefined && !coversCategory(grant, asked.categoryType, catalogue))
    return 'none';
  return ofProduct;
}

function coverProduct(
  grant: HeldGrant,
  product: string,
  issue: string | undefined,
  catalogue: AccessCatalogue,
): Coverage {
  if (coversWholeProduct(grant, product, catalogue)) return 'whole';
  if (grant.productCode !== product || grant.issueCode === undefined) return 'none';
  if (issue === undefined) return 'part';
  return grant.issueCode === issue ? 'whole' : 'none';
}

function coversWholeProduct(grant: HeldGrant, product: string, catalogue: AccessCatalogue): boolean {
  if (grant.productCode === product && grant.issueCode === undefined) return true;
  return (
    grant.categoryType !== undefined && catalogue.productsOfCategoryType(grant.categoryType).includes(product)
  );
}

function coversArticle(grant: HeldGrant, articleId: string, catalogue: AccessCatalogue): boolean {
  if (grant.articleRef === articleId) return true;
  const product = catalogue.findArticle(articleId)?.productCode;
  return product !== undefined && coversWholeProduct(grant, product, catalogue);
}

function coversCategory(grant: HeldGrant, categoryType: string, catalogue: AccessCatalogue): boolean {
  if (grant.categoryType === categoryType) return true;
  if (grant.productCode === undefined || grant.issueCode !== undefined) return false;
  return catalogue.productsOfCategoryType(categoryType).includes(grant.productCode);
}

/** Negative when `a` is the stronger: bought before temporary, then the later end, then the earlier start. */
export function compareStrength(a: HeldGrant, b: HeldGrant): number {
  return (
    grantKinds.indexOf(a.kind) - grantKinds.indexOf(b.kind) ||
    compareEnds(a.endsAt, b.endsAt) ||
    a.startsAt - b.startsAt ||
    a.orderId - b.orderId ||
    a.lineNumber - b.lineNumber ||
    a.periodNumber - b.periodNumber
  );
}

function compareEnds(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  return b === undefined ? 1 : b - a;
}
