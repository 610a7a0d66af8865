/**
 * Who may import whom. The first zone whose `files` match a file is its zone; `may` lists what it may import
 * beside its own folder, which is the first `own` parts of its path.
 */
export type Zone = {
  name: string;
  files: readonly string[];
  own?: number;
  may: readonly string[];
  because: string;
};

/** What stands beside the code for its tests; nothing that runs may import it. */
export const testSupport = ['server/**/test-*.ts', 'server/**/conformance.ts', '*/testing/**'];

/** Pure files of types, states and events that stand for a domain's noun; every domain may read them. */
const nouns = [
  'server/access/access.ts',
  'server/accounts/account.ts',
  'server/callbacks/callback.ts',
  'server/cases/case.ts',
  'server/catalogue/catalogue.ts',
  'server/customers/customer.ts',
  'server/fulfillment/completion.ts',
  'server/invoices/invoice.ts',
  'server/messages/message.ts',
  'server/orders/order.ts',
  'server/payments/payment.ts',
  'server/publishers/client-settings.ts',
  'server/publishers/publisher-settings.ts',
  'server/publishers/publisher.ts',
  'server/subscriptions/subscription.ts',
];

/** Rules and forms beside a noun that more than one domain needs: pure, and few. */
const sharedRules = [
  'server/accounts/login-link.ts',
  'server/orders/order-address.ts',
  'server/orders/order-facts.ts',
  'server/orders/payment-methods.ts',
  'server/payments/browser-payment.ts',
  'server/payments/buyer-step.ts',
  'server/orders/payment-result.ts',
  'server/publishers/read-wishes.ts',
];

const below = ['server/kit/**', 'server/database/*.ts', 'server/config/{settings,secrets}.ts'];
const context = 'server/context.ts';
const shared = [...nouns, ...sharedRules, 'server/*/find-*.ts'];
const provider = ['server/provider-clients/**', 'server/kit/**'];

export const zones: readonly Zone[] = [
  {
    name: 'a test or a tool',
    files: ['**/*.test.{ts,tsx}', ...testSupport, '{tests,checks,bench}/**', '*.mjs'],
    may: ['**'],
    because: 'tests may look at everything',
  },
  {
    name: 'the sandbox',
    files: ['sandbox/**'],
    own: 1,
    may: [],
    because: 'it imitates the providers from outside',
  },
  { name: 'a page', files: ['pages/**'], own: 1, may: [], because: 'a page is a function of its view model' },
  {
    name: 'the operator’s commands',
    files: ['server/main.ts', 'server/commands/**'],
    may: ['server/**'],
    because: 'commands stand on top of the server',
  },
  {
    name: 'a table',
    files: ['server/{journey,api,jobs}.ts'],
    may: ['server/*/**', context],
    because: 'tables name the domains and hold no logic',
  },
  {
    name: 'the context',
    files: [context],
    may: ['server/*/**'],
    because: 'it says what every step is given, and knows no table',
  },
  {
    name: 'the composition root',
    files: ['server/*.ts'],
    may: ['server/*.ts', 'server/*/**'],
    because: 'it builds everything below',
  },
  { name: 'the kit', files: ['server/kit/**'], own: 2, may: [], because: 'the kit knows nothing of orders' },
  {
    name: 'the database',
    files: ['server/database/**'],
    own: 2,
    may: ['server/kit/**'],
    because: 'the database is below the domains',
  },
  {
    name: 'settings',
    files: ['server/config/**'],
    own: 2,
    may: ['server/kit/**'],
    because: 'settings are data',
  },
  {
    name: 'a client shared by adapters',
    files: ['server/provider-clients/*/**', 'server/provider-clients/*.ts'],
    own: 3,
    may: ['server/kit/**', 'server/version.ts'],
    because: 'it speaks HTTP and knows nothing of orders',
  },
  {
    name: 'a payment method',
    files: ['server/payments/methods/*/**'],
    own: 4,
    may: ['server/payments/port/**', 'server/payments/buyer-step.ts', ...provider],
    because: 'a method sees its port only',
  },
  {
    name: 'a message channel',
    files: ['server/messages/channels/*/**'],
    own: 4,
    may: ['server/messages/channels/message-channel.ts', ...provider],
    because: 'a channel sees its port only',
  },
  {
    name: 'a noun',
    files: [...nouns, ...sharedRules],
    may: ['server/kit/**', ...nouns, 'server/payments/buyer-step.ts'],
    because: 'every domain reads it, so it stays pure',
  },
  {
    name: 'an endpoint',
    files: ['server/*/api/**'],
    own: 2,
    may: [...below, ...shared, context, 'pages/**'],
    because: 'domains never call one another: report an event and let journey.ts say what follows',
  },
  {
    name: 'a domain',
    files: ['server/*/**'],
    own: 2,
    may: [...below, ...shared, context],
    because: 'domains never call one another: report an event and let journey.ts say what follows',
  },
];

/** Packages that belong in a few places only. Files outside `server/` are not held to this. */
export const packages = [
  {
    name: 'pg',
    files: ['server/*.ts', 'server/commands/**', 'server/database/**', 'server/**/*.test.ts', ...testSupport],
    because: 'use the Queryable and Transaction of server/database',
  },
  {
    name: 'fastify',
    files: [
      'server/*.ts',
      'server/kit/http/**',
      'server/publishers/oauth/**',
      'server/**/*.test.ts',
      ...testSupport,
    ],
    because: 'domains know nothing of HTTP; declare an endpoint',
  },
];

/** Files that may read the environment. Everything else is given settings and secrets. */
export const environmentReaders = [
  'server/config/env.ts',
  'sandbox/main.ts',
  ...testSupport,
  '{tests,checks,bench}/**',
  '**/*.test.ts',
  '*.mjs',
];
