import { version } from '../../version.ts';
import type { VippsAccount } from './account.ts';

/** What every call carries; which system calls is asked of platforms such as this one. */
export function vippsHeaders(account: VippsAccount): Record<string, string> {
  return {
    'ocp-apim-subscription-key': account.subscriptionKey,
    'merchant-serial-number': account.merchantSerialNumber,
    'vipps-system-name': 'leveret',
    'vipps-system-version': version,
    'vipps-system-plugin-name': 'leveret-vipps',
    'vipps-system-plugin-version': version,
    accept: 'application/json',
  };
}
