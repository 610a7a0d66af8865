/**
 * Who may import whom. The first zone whose `files` match a file is its zone; `may` lists what it may import
 * beside its own folder, which is the first `own` parts of its path.
 */
export type Zone = {
  name: string;
  files: readonly string[];
  own?: number;
  may: readonly string[];
  /** Whether it may import what stands beside the code for tests. */
  isTest?: true;
  because: string;
};

/** What tests stand on; nothing that runs may import it. */
export const testSupport = ['*/testing/**'];

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
  'server/orders/payment-methods.ts',
  'server/payments/payment.ts',
  'server/publishers/client-settings.ts',
  'server/publishers/publisher-settings.ts',
  'server/publishers/publisher.ts',
  'server/subscriptions/subscription.ts',
  'server/withdrawals/withdrawal.ts',
];

/** Rules and forms beside a noun that more than one domain needs: pure, and few. */
const sharedRules = [
  'server/accounts/login-link.ts',
  'server/accounts/trusted-number.ts',
  'server/callbacks/event-names.ts',
  'server/orders/order-address.ts',
  'server/orders/order-facts.ts',
  'server/orders/read-house.ts',
  'server/payments/agreements/agreement-address.ts',
  'server/payments/browser-payment.ts',
  'server/payments/buyer-step.ts',
  'server/orders/payment-result.ts',
  'server/orders/withdrawal-right.ts',
  'server/publishers/allowed-address.ts',
  'server/publishers/demo-client.ts',
  'server/publishers/read-completion-options.ts',
  'server/publishers/reader.ts',
  'server/publishers/seller.ts',
  'server/withdrawals/withdrawal-address.ts',
];

const below = ['server/kit/**', 'server/database/*.ts', 'server/config/{settings,secrets}.ts'];
const context = 'server/context.ts';
const shared = [...nouns, ...sharedRules, 'server/*/**/find-*.ts'];
const provider = ['server/provider-clients/**', 'server/kit/**'];

export const zones: readonly Zone[] = [
  {
    name: 'a tool, or a test of the whole',
    files: ['{tests,checks,bench}/**', '*.mjs'],
    may: ['**'],
    isTest: true,
    because: 'tests may look at everything',
  },
  {
    name: 'a test beside the code, or what it stands on',
    files: ['**/*.test.{ts,tsx}', ...testSupport],
    may: ['{server,pages,sandbox}/**'],
    isTest: true,
    because: 'it is built beside these three, before what tests the whole',
  },
  {
    name: 'the sandbox',
    files: ['sandbox/**'],
    own: 1,
    may: [],
    because: 'it imitates the providers from outside',
  },
  {
    name: 'the shop',
    files: ['shop/**'],
    own: 1,
    may: [],
    because: 'it is a site that asks the public API, and knows no more than others do',
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

/** A folder whose rooms, and files where they are named, stand on steps. */
export type Staircase = { folder: string; steps: readonly string[]; beside: readonly string[] };

/**
 * The lowest step first: none imports from one above it. A file that is not named stands below all steps, a
 * room that is not named above them. What stands `beside` is pure and may be read from everywhere.
 */
export const staircases: readonly Staircase[] = [
  {
    folder: 'server',
    beside: [...nouns, ...sharedRules],
    steps: [
      'kit',
      'database',
      'config',
      'provider-clients',
      'publishers',
      'acts',
      'cases',
      'invoices',
      'callbacks',
      'access',
      'subscriptions',
      'payments',
      'orders',
      'messages',
      'accounts',
      'fulfillment',
      'withdrawals',
      'customers',
      'catalogue',
      'operations',
      'context.ts',
      'jobs.ts',
      'journey.ts',
      'api.ts',
      'build-context.ts',
      'app.ts',
      'commands',
      'main.ts',
      'openapi.ts',
      'event-meanings.ts',
    ],
  },
  {
    folder: 'server/payments',
    beside: [],
    steps: [
      'port',
      'methods',
      'merchants',
      'lines',
      'ledger',
      'agreements',
      'money-moves',
      'charging',
      'before-orders',
      'reconcile',
      'api',
    ],
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
