import { needSetting } from '../../../kit/need-setting.ts';
import type { MethodSettings, ProviderAddress, SettingDeclaration } from '../../port/payment-method.ts';
import type { KustomAccount } from './call-kustom.ts';

/**
 * Source: Kustom, "API endpoint switch guide & FAQ". Klarna's own hosts were to stop answering after
 * 2026-03-31.
 */
export const addresses: readonly ProviderAddress[] = [
  { environment: 'live', url: 'https://api.kustom.co' },
  { environment: 'test', url: 'https://api.playground.kustom.co' },
];

/** What Kustom needs to know of a merchant. */
export const settings: readonly SettingDeclaration[] = [
  { name: 'baseUrl', label: 'Base address at Kustom', kind: 'address', required: true, secret: false },
  { name: 'username', label: 'User name of the API key', kind: 'text', required: true, secret: false },
  { name: 'password', label: 'Password of the API key', kind: 'text', required: true, secret: true },
  {
    name: 'snippetOrigins',
    label: 'Origins that the checkout loads from, with blanks between, where they are not Kustom’s own',
    kind: 'text',
    required: false,
    secret: false,
  },
];

export function accountOf(settings: MethodSettings): KustomAccount {
  return {
    baseUrl: needSetting(settings, 'baseUrl'),
    username: needSetting(settings, 'username'),
    password: needSetting(settings, 'password'),
  };
}
