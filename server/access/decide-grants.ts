import type { GrantKind } from './access.ts';

/** What decides which grants a line of a completed order gives. */
export type LineShape = {
  specType: 'coupon' | 'product' | 'issue' | 'article';
  /** `allowAccessSeconds`, `allowAccessProduct` and `allowAccessCategoryType` are given. */
  hasSeconds: boolean;
  hasAllowedProduct: boolean;
  hasAllowedCategory: boolean;
  /** The publisher's subscriptions live here, so that what is bought is granted here as well. */
  isSoldHere: boolean;
};

/** A grant by the parts of its line. One that comes to no product, category or article is none. */
export type LineGrant = {
  kind: GrantKind;
  /** Of the product that `allowAccessProduct` names, or of the line's own. */
  product: 'allowed' | 'own' | 'none';
  ofIssue: boolean;
  ofArticle: boolean;
  ofCategory: boolean;
  /** `later`: at the line's start, and not before now. Else at the line's start, or now where it has none. */
  from: 'now' | 'start' | 'later';
  /** For the seconds that the line names, or a day; else without an end. */
  ends: boolean;
};

/**
 * For each line at most one temporary grant, of what its allowAccess fields ask for, and one bought grant of
 * a single product, issue or article, which lasts. An article that is asked for with seconds is lent for as
 * long, from its start on, and not bought. What a subscription buys follows from its periods.
 */
export function decideGrants(line: LineShape): LineGrant[] {
  const isLent = line.specType === 'article' && line.hasSeconds;
  const isIssue = line.specType === 'issue';
  const opensProduct = line.hasAllowedProduct && (isIssue || line.hasSeconds);
  const grants: LineGrant[] = [];
  if (opensProduct || line.hasAllowedCategory || isLent) {
    grants.push({
      kind: 'temporary',
      product: opensProduct ? 'allowed' : 'none',
      ofIssue: isIssue && line.hasAllowedProduct,
      ofArticle: isLent,
      ofCategory: line.hasAllowedCategory,
      from: isLent ? 'later' : 'now',
      ends: true,
    });
  }
  if (line.specType !== 'coupon' && !isLent && line.isSoldHere) {
    grants.push({
      kind: 'bought',
      product: line.specType === 'article' ? 'none' : 'own',
      ofIssue: true,
      ofArticle: true,
      ofCategory: false,
      from: 'start',
      ends: false,
    });
  }
  return grants;
}

const either = [true, false];

/** Every line that there can be. */
export const lineShapes: readonly LineShape[] = (['coupon', 'product', 'issue', 'article'] as const).flatMap(
  (specType) =>
    either.flatMap((hasSeconds) =>
      either.flatMap((hasAllowedProduct) =>
        either.flatMap((hasAllowedCategory) =>
          either.map((isSoldHere) => ({
            specType,
            hasSeconds,
            hasAllowedProduct,
            hasAllowedCategory,
            isSoldHere,
          })),
        ),
      ),
    ),
);
