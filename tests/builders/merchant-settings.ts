/** What an account for SMS billing needs. */
export const merchantSettings = {
  baseUrl: 'http://127.0.0.1:9/link',
  username: 'leveret',
  password: 'link-demo-password',
  platformId: 'SANDBOX',
  platformPartnerId: '1',
  gateId: 'north',
  gateUsername: 'north',
  gatePassword: 'north-password',
  shortNumber: '2270',
  strexMerchantId: 'mer_demo',
  productCategory: '25',
};
