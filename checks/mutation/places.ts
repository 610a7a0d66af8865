/** Where money and access are decided, and the tests that must notice a break there. */
export type Place = {
  name: string;
  /** Files, or folders that end with a slash; tests and what only tests use are left out. */
  code: readonly string[];
  tests: readonly string[];
};

export const places: readonly Place[] = [
  {
    name: 'payments/ledger',
    code: ['server/payments/ledger/'],
    tests: [
      'server/payments/ledger/',
      'server/payments/money-moves/',
      'server/payments/charging/start-payment.test.ts',
    ],
  },
  {
    name: 'payments/money-moves',
    code: ['server/payments/money-moves/'],
    tests: ['server/payments/money-moves/'],
  },
  {
    name: 'payments/before-orders/left-payment',
    code: [
      'server/payments/before-orders/left-payment-rule.ts',
      'server/payments/before-orders/left-payment.ts',
    ],
    tests: ['server/payments/before-orders/left-payment.test.ts'],
  },
  {
    name: 'orders/price-line',
    code: ['server/orders/price-line.ts'],
    tests: ['server/orders/'],
  },
  {
    name: 'withdrawals/decide-withdrawal',
    code: ['server/withdrawals/decide-withdrawal.ts', 'server/orders/withdrawal-right.ts'],
    tests: ['server/withdrawals/decide-withdrawal.test.ts', 'server/orders/withdrawal-right.test.ts'],
  },
  {
    name: 'access/answer-access',
    code: ['server/access/answer-access.ts'],
    tests: ['server/access/answer-access.test.ts'],
  },
  {
    name: 'people that come along',
    code: [
      'server/accounts/decide-carried-account.ts',
      'server/access/decide-carried-access.ts',
      'server/customers/decide-carried-customer.ts',
    ],
    tests: [
      'server/accounts/decide-carried-account.test.ts',
      'server/access/decide-carried-access.test.ts',
      'server/customers/decide-carried-customer.test.ts',
    ],
  },
];
