const apiKey = 'strex-demo-key';
const merchants = [
  { merchantId: 'mer_demo', accountId: 1, shortNumberIds: ['NO-2270'] },
  { merchantId: 'mer_other', accountId: 1, shortNumberIds: ['NO-2002'] },
];

/** The header `X-ApiKey` is all there is of authentication. */
export function isKey(header: string | string[] | undefined): boolean {
  return header === apiKey;
}

export function knowsMerchant(merchantId: string): boolean {
  return findMerchant(merchantId) !== undefined;
}

export function findMerchant(merchantId: string): (typeof merchants)[number] | undefined {
  return merchants.find((one) => one.merchantId === merchantId);
}
