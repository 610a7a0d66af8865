import { needSetting } from '../../../kit/need-setting.ts';
import type { LinkAccount } from '../../../provider-clients/link-mobility/send-sms.ts';
import type { MethodSettings } from '../../port/payment-method.ts';

/** As whom a merchant speaks to LINK. */
export function accountOf(settings: MethodSettings): LinkAccount {
  return {
    baseUrl: needSetting(settings, 'baseUrl'),
    username: needSetting(settings, 'username'),
    password: needSetting(settings, 'password'),
    platformId: needSetting(settings, 'platformId'),
    platformPartnerId: needSetting(settings, 'platformPartnerId'),
  };
}
