import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import { isBlank } from '../kit/clean-text.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { NewLine } from './new-order.ts';
import type { OrderLineBody } from './order-body.ts';

type Finding = { catalogue: CatalogueSnapshot; now: Date; refusals: Refusals };

/** What a line is of, found in the catalogue where it is known there. */
export type LineItem = Pick<
  NewLine,
  'offerCode' | 'offerNumber' | 'productCode' | 'issueCode' | 'articleRef' | 'description'
> &
  Partial<Pick<NewLine, 'captureWhen' | 'periodLength' | 'periodType'>> & {
    priceMinor: number | undefined;
    currency: string | undefined;
    vatCode: string;
  };

/** Finds what a line is of; a broken rule goes to `refusals` and the answer is nothing. */
export function findLineItem(finding: Finding, line: OrderLineBody, field: string): LineItem | undefined {
  switch (line.productSpecType) {
    case 'coupon':
      return findOfferItem(finding, line, field);
    case 'issue':
      return findIssueItem(finding, line, field);
    case 'product':
      return findProductItem(finding, line, field);
    case 'article':
      return findArticleItem(finding, line, field);
  }
}

/** What the request calls a line that no catalogue knows. */
function nameOf({ description }: OrderLineBody): string | undefined {
  return description === undefined || isBlank(description) ? undefined : description.trim();
}

const noItem = {
  offerCode: undefined,
  offerNumber: undefined,
  productCode: undefined,
  issueCode: undefined,
  articleRef: undefined,
};

function findOfferItem(finding: Finding, line: OrderLineBody, field: string): LineItem | undefined {
  const { productSpecCode: code, productSpecNo: number } = line;
  if (!requireOffer(finding, line, field) || code === undefined || number === undefined) return undefined;
  const offer = finding.catalogue.findOffer(code, number);
  if (!offer) {
    if (line.unitPrice === undefined) {
      finding.refusals.refuse(
        'offer_is_unknown',
        `${field}.productSpecCode`,
        `the offer ${code}/${number} is not known; a line of an unknown offer needs unitPrice`,
      );
      return undefined;
    }
    return {
      ...noItem,
      offerCode: code,
      offerNumber: number,
      productCode: line.product,
      description: nameOf(line) ?? `${code}/${number}`,
      priceMinor: undefined,
      currency: undefined,
      vatCode: 'standard',
    };
  }
  if (!finding.catalogue.isOnSale(offer, finding.now)) {
    finding.refusals.refuse(
      'offer_is_unknown',
      `${field}.productSpecNo`,
      `the offer ${code}/${number} is not on sale now`,
    );
    return undefined;
  }
  const product = finding.catalogue.findProduct(offer.productCode);
  const { description, productCode, priceMinor, currency, captureWhen, periodLength, periodType } = offer;
  return {
    ...noItem,
    offerCode: code,
    offerNumber: number,
    productCode,
    description,
    priceMinor,
    currency,
    vatCode: product?.vatCode ?? 'standard',
    captureWhen,
    periodLength,
    periodType,
  };
}

function requireOffer(finding: Finding, line: OrderLineBody, field: string): boolean {
  const missing = (['productSpecCode', 'productSpecNo'] as const).filter((name) => line[name] === undefined);
  for (const name of missing) {
    finding.refusals.refuse(
      'input_is_invalid',
      `${field}.${name}`,
      `${field}.${name} is required for a ${line.productSpecType} line`,
    );
  }
  return missing.length === 0;
}

/** The issue must be known for the product of the offer, and for allowAccessProduct where that is sent. */
function findIssueItem(finding: Finding, line: OrderLineBody, field: string): LineItem | undefined {
  const { productSpecCode: code, productSpecNo: number, product: issueCode } = line;
  if (issueCode === undefined) {
    finding.refusals.refuse(
      'input_is_invalid',
      `${field}.product`,
      `${field}.product is required for an issue line`,
    );
  }
  if (
    !requireOffer(finding, line, field) ||
    code === undefined ||
    number === undefined ||
    issueCode === undefined
  )
    return undefined;
  const offer = finding.catalogue.findOffer(code, number);
  if (!offer) {
    finding.refusals.refuse(
      'offer_is_unknown',
      `${field}.productSpecCode`,
      `the offer ${code}/${number} is not known`,
    );
    return undefined;
  }
  const issue = finding.catalogue.findIssue(offer.productCode, issueCode);
  const ofAccess =
    line.allowAccessProduct === undefined || finding.catalogue.findIssue(line.allowAccessProduct, issueCode);
  if (!issue || !ofAccess) {
    finding.refusals.refuse(
      'issue_is_unknown',
      `${field}.product`,
      `the issue ${issueCode} is not known for the product of the offer and of allowAccessProduct`,
    );
    return undefined;
  }
  const vatCode = finding.catalogue.findProduct(offer.productCode)?.vatCode ?? 'standard';
  return {
    ...noItem,
    offerCode: code,
    offerNumber: number,
    productCode: offer.productCode,
    issueCode,
    description: issue.description,
    priceMinor: issue.priceMinor,
    currency: offer.currency,
    vatCode,
  };
}

function findProductItem(finding: Finding, line: OrderLineBody, field: string): LineItem | undefined {
  if (line.product === undefined) {
    finding.refusals.refuse(
      'input_is_invalid',
      `${field}.product`,
      `${field}.product is required for a product line`,
    );
    return undefined;
  }
  const product = finding.catalogue.findProduct(line.product);
  if (!product && line.unitPrice === undefined) {
    finding.refusals.refuse(
      'product_is_unknown',
      `${field}.product`,
      `the product ${line.product} is not known; a line of an unknown product needs unitPrice`,
    );
    return undefined;
  }
  return {
    ...noItem,
    productCode: line.product,
    description: product?.description ?? nameOf(line) ?? line.product,
    priceMinor: product?.priceMinor,
    currency: product?.currency,
    vatCode: product?.vatCode ?? 'standard',
  };
}

function findArticleItem(finding: Finding, line: OrderLineBody, field: string): LineItem | undefined {
  const articleRef = line.articleDetail?.articleRef;
  if (articleRef === undefined) {
    finding.refusals.refuse(
      'input_is_invalid',
      `${field}.articleDetail.articleRef`,
      `${field}.articleDetail.articleRef is required for an article line`,
    );
    return undefined;
  }
  const article = finding.catalogue.findArticle(articleRef);
  const description = article?.description ?? line.articleDetail?.articleDesc ?? nameOf(line) ?? articleRef;
  return {
    ...noItem,
    articleRef,
    productCode: article?.productCode ?? line.articleDetail?.product,
    description,
    priceMinor: article?.priceMinor,
    currency: article?.currency,
    vatCode: article?.vatCode ?? 'standard',
  };
}
