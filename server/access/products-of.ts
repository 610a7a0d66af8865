import type { AccessCatalogue } from './access.ts';
import type { ShownAccess } from './answer-access.ts';

export type OpenProduct = {
  productCode: string;
  /** A is all of it, B for a time or a part of it, as the original names them. */
  accessType: 'A' | 'B';
  /** Epoch milliseconds; one without an end lasts. */
  startsAt: number;
  endsAt: number | null;
};

/**
 * Each product that something opens, once, by the strongest of what does: accesses come strongest first. A
 * category opens all of its products; an article alone opens none.
 */
export function productsOf(
  accesses: readonly ShownAccess[],
  catalogue: Pick<AccessCatalogue, 'productsOfCategoryType'>,
): OpenProduct[] {
  const found = new Map<string, OpenProduct>();
  for (const access of accesses) {
    if (!access.access) continue;
    const ofCategory =
      access.categoryType === null ? [] : catalogue.productsOfCategoryType(access.categoryType);
    for (const productCode of access.product === null ? ofCategory : [access.product, ...ofCategory]) {
      if (found.has(productCode)) continue;
      const isWhole = access.accessType === 'A' && access.accessLevel === 'A';
      const { startTime: startsAt, endTime: endsAt } = access;
      found.set(productCode, { productCode, accessType: isWhole ? 'A' : 'B', startsAt, endsAt });
    }
  }
  return [...found.values()];
}
