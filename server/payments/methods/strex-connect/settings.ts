import type { SettingDeclaration } from '../../port/payment-method.ts';

/** What Strex Connect needs to know of a merchant. */
export const settings: readonly SettingDeclaration[] = [
  { name: 'baseUrl', label: 'Base address at Strex Connect', kind: 'address', required: true, secret: false },
  { name: 'apiKey', label: 'API key', kind: 'text', required: true, secret: true },
  { name: 'merchantId', label: 'Merchant id', kind: 'text', required: true, secret: false },
  { name: 'shortNumber', label: 'Short number', kind: 'number', required: true, secret: false },
  { name: 'serviceCode', label: 'Service code', kind: 'number', required: true, secret: false },
  { name: 'businessModel', label: 'Business model', kind: 'text', required: false, secret: false },
];
