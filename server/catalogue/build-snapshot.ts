import {
  type Article,
  type CatalogueSnapshot,
  type Category,
  type Issue,
  isOnSale,
  type Offer,
  type Product,
  rateAt,
  type VatRate,
} from './catalogue.ts';

export type CatalogueContent = {
  version: number;
  products: readonly Product[];
  offers: readonly Offer[];
  issues: readonly Issue[];
  articles: readonly Article[];
  categories: readonly Category[];
  vatRates: readonly VatRate[];
};

/** Makes the lookups of a snapshot, so that pricing an order costs a few reads of maps. */
export function buildSnapshot(content: CatalogueContent): CatalogueSnapshot {
  const products = new Map(content.products.map((product) => [product.productCode, product]));
  const offers = new Map(content.offers.map((offer) => [pair(offer.offerCode, offer.offerNumber), offer]));
  const issues = new Map(content.issues.map((issue) => [pair(issue.productCode, issue.issueCode), issue]));
  const articles = new Map(content.articles.map((article) => [article.articleRef, article]));
  const offersByProduct = Map.groupBy(content.offers, (offer) => offer.productCode);
  const rates = Map.groupBy(content.vatRates, (rate) => pair(rate.country, rate.vatCode));
  const productsByCategoryType = gatherCategories(content.categories);
  const categories = distinctCategories(content.categories);
  return {
    version: content.version,
    findOffer: (offerCode, offerNumber) => offers.get(pair(offerCode, offerNumber)),
    findProduct: (productCode) => products.get(productCode),
    findIssue: (productCode, issueCode) => issues.get(pair(productCode, issueCode)),
    findArticle: (articleRef) => articles.get(articleRef),
    listProducts: () => content.products,
    offersOfProduct: (productCode) => offersByProduct.get(productCode) ?? [],
    productsOfCategoryType: (categoryType) => productsByCategoryType.get(categoryType) ?? [],
    listCategories: () => categories,
    vatRate: (country, vatCode, at) => rateAt(rates.get(pair(country, vatCode)) ?? [], at),
    isOnSale,
  };
}

/** A product may stand in several categories of one type and is named once. */
function gatherCategories(categories: readonly Category[]): Map<string, string[]> {
  const groups = Map.groupBy(categories, (category) => category.categoryType);
  return new Map(
    [...groups].map(([type, members]) => [type, [...new Set(members.map((member) => member.productCode))]]),
  );
}

function distinctCategories(categories: readonly Category[]): Omit<Category, 'productCode'>[] {
  const named = categories.map(({ categoryType, categoryCode }) => ({ categoryType, categoryCode }));
  const distinct = new Map(named.map((one) => [pair(one.categoryType, one.categoryCode), one]));
  return [...distinct].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, category]) => category);
}

/** A codes' own characters cannot include the separator: text from outside holds no null character. */
function pair(first: string, second: string | number): string {
  return `${first}\u0000${second}`;
}
