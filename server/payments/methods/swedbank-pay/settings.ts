import { needSetting } from '../../../kit/need-setting.ts';
import type { MethodSettings, ProviderAddress, SettingDeclaration } from '../../port/payment-method.ts';
import { referenceFormats } from './payee-reference.ts';

/** Source: developer.swedbankpay.com, checkout v3, hosts of the API. */
export const addresses: readonly ProviderAddress[] = [
  { environment: 'live', url: 'https://api.payex.com' },
  { environment: 'test', url: 'https://api.externalintegration.payex.com' },
];

/** What Swedbank Pay needs to know of a merchant; cards and Swish are one contract. */
export const settings: readonly SettingDeclaration[] = [
  { name: 'baseUrl', label: 'Base address at Swedbank Pay', kind: 'address', required: true, secret: false },
  { name: 'accessToken', label: 'Access token', kind: 'text', required: true, secret: true },
  { name: 'payeeId', label: 'Payee id', kind: 'text', required: true, secret: false },
  { name: 'payeeName', label: 'Name that buyers see', kind: 'text', required: true, secret: false },
  {
    name: 'referenceFormat',
    label: 'Payee reference; twelve digits where you settle with the acquirer yourselves',
    kind: 'choice',
    choices: referenceFormats,
    required: false,
    secret: false,
  },
];

/** A merchant's settings, by name. Throws where one is missing, as those are checked when they are saved. */
export function readSettings(given: MethodSettings) {
  const need = (name: string) => needSetting(given, name);
  return {
    account: { baseUrl: need('baseUrl'), accessToken: need('accessToken') },
    referenceFormat: referenceFormats.find((one) => one === given['referenceFormat']) ?? referenceFormats[0],
    payeeId: need('payeeId'),
    payeeName: need('payeeName'),
  };
}
