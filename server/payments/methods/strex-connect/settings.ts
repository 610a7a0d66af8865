import type { ProviderAddress, SettingDeclaration } from '../../port/payment-method.ts';

/** Source: Target365, Strex user guide of 2026-06. */
export const addresses: readonly ProviderAddress[] = [
  { environment: 'live', url: 'https://shared.target365.io' },
  { environment: 'test', url: 'https://test.target365.io' },
];

/** What Strex Connect needs to know of a merchant. */
export const settings: readonly SettingDeclaration[] = [
  { name: 'baseUrl', label: 'Base address at Strex Connect', kind: 'address', required: true, secret: false },
  { name: 'apiKey', label: 'API key', kind: 'text', required: true, secret: true },
  { name: 'merchantId', label: 'Merchant id', kind: 'text', required: true, secret: false },
  { name: 'shortNumber', label: 'Short number', kind: 'number', required: true, secret: false },
  { name: 'serviceCode', label: 'Service code', kind: 'number', required: true, secret: false },
  { name: 'businessModel', label: 'Business model', kind: 'text', required: false, secret: false },
];
