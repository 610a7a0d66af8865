import { needSetting } from '../../kit/need-setting.ts';
/** A sales unit of Vipps MobilePay, and what came of registering for its notices. */
export type VippsAccount = {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  subscriptionKey: string;
  merchantSerialNumber: string;
  webhookId: string | undefined;
  webhookSecret: string | undefined;
  noticeUrl: string | undefined;
};

/** Source: the servers of Vipps MobilePay's OpenAPI descriptions (ePayment 1.8.1, Recurring v3). */
export const vippsAddresses = [
  { environment: 'live', url: 'https://api.vipps.no' },
  { environment: 'test', url: 'https://apitest.vipps.no' },
] as const;

/** What must be known of a sales unit; both methods of Vipps MobilePay share it. */
export const vippsSettings = [
  { name: 'baseUrl', label: 'Base address of the API', kind: 'address', required: true, secret: false },
  { name: 'clientId', label: 'client_id', kind: 'text', required: true, secret: false },
  { name: 'clientSecret', label: 'client_secret', kind: 'text', required: true, secret: true },
  { name: 'subscriptionKey', label: 'Subscription key', kind: 'text', required: true, secret: true },
  {
    name: 'merchantSerialNumber',
    label: 'Merchant serial number (MSN)',
    kind: 'number',
    required: true,
    secret: false,
  },
  {
    name: 'pushMessages',
    label: 'Messages to the app of a buyer who is not at a screen (PUSH_MESSAGE; needs an approval)',
    kind: 'choice',
    choices: ['no', 'yes'],
    required: false,
    secret: false,
  },
  {
    name: 'gateToken',
    label: 'Unguessable part of our notice address',
    kind: 'token',
    required: true,
    secret: true,
    isMade: true,
  },
  {
    name: 'noticeUrl',
    label: 'Notice address as it is registered',
    kind: 'address',
    required: false,
    secret: false,
    isMade: true,
  },
  {
    name: 'webhookId',
    label: 'Id of the registration',
    kind: 'text',
    required: false,
    secret: false,
    isMade: true,
  },
  {
    name: 'webhookSecret',
    label: 'Secret that notices are signed with',
    kind: 'text',
    required: false,
    secret: true,
    isMade: true,
  },
] as const;

/** Throws when a required setting is missing, which saving them has ruled out. */
export function vippsAccountOf(settings: Readonly<Record<string, string>>): VippsAccount {
  return {
    baseUrl: needSetting(settings, 'baseUrl'),
    clientId: needSetting(settings, 'clientId'),
    clientSecret: needSetting(settings, 'clientSecret'),
    subscriptionKey: needSetting(settings, 'subscriptionKey'),
    merchantSerialNumber: needSetting(settings, 'merchantSerialNumber'),
    webhookId: settings['webhookId'],
    webhookSecret: settings['webhookSecret'],
    noticeUrl: settings['noticeUrl'],
  };
}
