import type { LinkAccount } from '../../../provider-clients/link-mobility/send-sms.ts';
import type { MethodSettings } from '../../port/payment-method.ts';

/** As whom a merchant speaks to LINK. */
export function accountOf(settings: MethodSettings): LinkAccount {
  return {
    baseUrl: need(settings, 'baseUrl'),
    username: need(settings, 'username'),
    password: need(settings, 'password'),
    platformId: need(settings, 'platformId'),
    platformPartnerId: need(settings, 'platformPartnerId'),
  };
}

/** A required setting; settings are checked when they are saved and when they are read. */
export function need(settings: MethodSettings, name: string): string {
  const value = settings[name];
  if (value === undefined) throw new Error(`the setting ${name} is missing`);
  return value;
}
