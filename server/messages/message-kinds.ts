/** How long something lasts, in the unit it should be read in. */
export type Lifetime = { number: number; unit: 'minutes' | 'hours' | 'days' };

/** What can be told to a person, with what each message needs to know. */
export type Message =
  | { message: 'login-link'; values: LoginLinkValues }
  | { message: 'login-code'; values: LoginCodeValues }
  | { message: 'endpoint-disabled'; values: EndpointDisabledValues }
  | { message: 'sms-ceiling'; values: SmsCeilingValues };

export type MessageName = Message['message'];

/** `account` tells whether the reader had one before; `codeAddress` is the page where `code` is typed. */
export type LoginLinkValues = {
  account: 'new' | 'existing';
  publisherName: string;
  purchase: string;
  link: string;
  lifetime: Lifetime;
  code: string;
  codeAddress: string;
  orderId: number;
};

/** `link` logs in as the code does, in whatever browser. */
export type LoginCodeValues = { publisherName: string; code: string; lifetime: Lifetime; link: string };

/** `failingFor` is how long the endpoint had given no success when it was switched off. */
export type EndpointDisabledValues = { publisherName: string; endpoint: string; failingFor: Lifetime };

/** SMS of the last 24 hours, and the most there may be. */
export type SmsCeilingValues = { publisherName: string; sms: number; smsPerDay: number };

/** One set of values per message: with these every template is tried when the server starts. */
export const sampleMessages: { [Name in MessageName]: Extract<Message, { message: Name }> } = {
  'login-link': {
    message: 'login-link',
    values: {
      account: 'existing',
      publisherName: 'Leveret',
      purchase: 'Leveret Pluss',
      link: 'https://leveret.example/l/AAAAAAAAAAAAAAAAAAAAAA',
      lifetime: { number: 24, unit: 'hours' },
      code: '123456',
      codeAddress: 'https://leveret.example/user/code',
      orderId: 1,
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
};
