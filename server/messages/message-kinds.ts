import type { FirstAndMore } from '../kit/first-and-more.ts';
import type { Lifetime } from './message-values.ts';
import { type ReceiptValues, sampleReceipt } from './receipt-values.ts';
import { sampleWithdrawalReceipt, type WithdrawalReceiptValues } from './withdrawal-receipt-values.ts';

/** What can be told to a person, with what each message needs to know. */
export type Message =
  | { message: 'login-link'; values: LoginLinkValues }
  | { message: 'login-code'; values: LoginCodeValues }
  | { message: 'receipt'; values: ReceiptValues }
  | { message: 'withdrawal-receipt'; values: WithdrawalReceiptValues }
  | { message: 'endpoint-disabled'; values: EndpointDisabledValues }
  | { message: 'sms-ceiling'; values: SmsCeilingValues }
  | { message: 'sms-strangers'; values: SmsStrangersValues };

export type MessageName = Message['message'];

/** `account` tells whether the reader had one before; `codeAddress` is the page where `code` is typed. */
export type LoginLinkValues = {
  account: 'new' | 'existing';
  publisherName: string;
  /** The first line of the order, and how many others it has. */
  purchase: FirstAndMore;
  link: string;
  lifetime: Lifetime;
  code: string;
  codeAddress: string;
  orderId: number;
  /** Where the order is withdrawn from; none where there is nothing to withdraw from. */
  withdrawals: readonly { url: string }[];
};

/** `link` logs in as the code does, in whatever browser. */
export type LoginCodeValues = { publisherName: string; code: string; lifetime: Lifetime; link: string };

/** `failingFor` is how long the endpoint had given no success when it was switched off. */
export type EndpointDisabledValues = { publisherName: string; endpoint: string; failingFor: Lifetime };

/** SMS of the last 24 hours, and the most there may be. */
export type SmsCeilingValues = { publisherName: string; sms: number; smsPerDay: number };

/** SMS that strangers had sent, of the most there may be; `numbers` is how they begin, or `all`. */
export type SmsStrangersValues = { publisherName: string; sms: number; most: number; numbers: string };

/** One set of values per message: with these every template is tried when the server starts. */
export const sampleMessages: { [Name in MessageName]: Extract<Message, { message: Name }> } = {
  'login-link': {
    message: 'login-link',
    values: {
      account: 'existing',
      publisherName: 'Leveret',
      purchase: { first: 'Leveret Pluss', more: 0 },
      link: 'https://leveret.example/l/AAAAAAAAAAAAAAAAAAAAAA',
      lifetime: { number: 24, unit: 'hours' },
      code: '123456',
      codeAddress: 'https://leveret.example/user/code',
      orderId: 1,
      withdrawals: [{ url: 'https://leveret.example/user/withdraw/a' }],
    },
  },
  'login-code': {
    message: 'login-code',
    values: {
      publisherName: 'Leveret',
      code: '123456',
      lifetime: { number: 10, unit: 'minutes' },
      link: 'https://leveret.example/l/AAAAAAAAAAAAAAAAAAAAAA',
    },
  },
  receipt: { message: 'receipt', values: sampleReceipt },
  'withdrawal-receipt': { message: 'withdrawal-receipt', values: sampleWithdrawalReceipt },
  'endpoint-disabled': {
    message: 'endpoint-disabled',
    values: {
      publisherName: 'Leveret',
      endpoint: 'https://publisher.example/webhooks',
      failingFor: { number: 5, unit: 'days' },
    },
  },
  'sms-ceiling': {
    message: 'sms-ceiling',
    values: { publisherName: 'Leveret', sms: 4000, smsPerDay: 5000 },
  },
  'sms-strangers': {
    message: 'sms-strangers',
    values: { publisherName: 'Leveret', sms: 20, most: 20, numbers: '+479123' },
  },
};
