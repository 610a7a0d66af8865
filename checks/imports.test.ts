import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, run } from './imports.ts';
import { plant, shown } from './testing/plant.ts';

const sound = {
  'server/main.ts': `import { start } from './app.ts'; start();`,
  'server/app.ts': `import { journey } from './journey.ts'; export function start() { return journey; }`,
  'server/journey.ts': `import { complete } from './orders/complete-order.ts';
    export const journey = { complete };`,
  'server/orders/order.ts': `import { id } from '../kit/ids.ts'; export const order = id;`,
  'server/orders/complete-order.ts': `import { order } from './order.ts';
    import { sql } from '../database/statement.ts';
    export const complete = [order, sql];`,
  'server/orders/find-order.ts': 'export const findOrder = 1;',
  'server/orders/api/order-page.ts': `import { page } from '@leveret/pages/order-page.js';
    export const a = page;`,
  'server/payments/port/payment-method.ts': 'export type PaymentMethod = { name: string };',
  'server/payments/charging/start-payment.ts': 'export const start = 1;',
  'server/payments/methods/list.ts': `import { free } from './free/method.ts';
    export const methods = [free];`,
  'server/payments/methods/free/method.ts': `import type { PaymentMethod } from '../../port/payment-method.ts';
    export const free: PaymentMethod = { name: 'free' };`,
  'server/access/grant-access.ts': `import { order } from '../orders/order.ts'; export const grant = order;`,
  'server/accounts/assign-user.ts': `import { findOrder } from '../orders/find-order.ts';
    export const assign = findOrder;`,
  'server/database/statement.ts': `import { id } from '../kit/ids.ts'; export const sql = id;`,
  'server/kit/ids.ts': 'export const id = 1;',
  'server/testing/a.ts': 'export const a = 1;',
  'server/kit/ids.test.ts': `import '../testing/a.ts';`,
  'server/config/env.ts': 'export const port = process.env.PORT;',
  'pages/order-page.tsx': 'export const page = 1;',
  'sandbox/main.ts': 'export const sandbox = 1;',
  'server/unnamed/find-a.ts': 'export const findA = 1;',
  'tests/builders/until.ts': 'export const until = 1;',
};

test('the sound tree has no fault', async (t) => {
  assert.deepEqual(shown(await run(await plant(t, sound))), []);
});

const faults: [string, string, string, RegExp][] = [
  [
    'server/kit/ids.ts',
    `import '../orders/order.ts';`,
    'the kit looks up',
    /the kit may not import server\/orders\/order/,
  ],
  [
    'server/kit/b.test.ts',
    `import '@leveret/tests/builders/until.js';`,
    'a test beside the code needs what is built after it',
    /may not import tests\/builders\/until/,
  ],
  [
    'server/access/a.ts',
    `import '../orders/complete-order.ts';`,
    'a domain calls another',
    /report an event/,
  ],
  [
    'server/access/a.ts',
    `import '../journey.ts';`,
    'a domain knows the journey',
    /a domain may not import server\/journey/,
  ],
  ['server/orders/order.ts', `import './find-order.ts';`, 'a noun that is not pure', /a noun may not import/],
  [
    'server/orders/a.ts',
    `import '@leveret/pages/order-page.js';`,
    'a use case draws a page',
    /may not import pages/,
  ],
  [
    'server/payments/methods/free/a.ts',
    `import '../../../orders/order.ts';`,
    'a method sees an order',
    /its port only/,
  ],
  [
    'server/payments/methods/vipps/a.ts',
    `import '../free/method.ts';`,
    'a method sees another',
    /its port only/,
  ],
  [
    'server/payments/ledger/a.ts',
    `import '../charging/start-payment.ts';`,
    'a room looks up the stairs',
    /from a room above/,
  ],
  [
    'server/access/a.ts',
    `import '../orders/find-order.ts';`,
    'a domain reads from one above it',
    /from a room above/,
  ],
  [
    'server/access/a.ts',
    `import '../unnamed/find-a.ts';`,
    'a room that is not named stands on top',
    /from a room above/,
  ],
  [
    'server/payments/a.ts',
    `import './port/payment-method.ts';`,
    'so does what lies below them all',
    /from a room above/,
  ],
  [
    'sandbox/a.ts',
    `import '@leveret/server/kit/ids.js';`,
    'the sandbox sees the server',
    /the sandbox may not/,
  ],
  ['shop/a.ts', `import '@leveret/server/kit/ids.js';`, 'the shop sees the server', /the shop may not/],
  ['shop/a.ts', `import '../sandbox/main.ts';`, 'the shop sees the sandbox', /the shop may not/],
  ['pages/a.ts', `import '@leveret/server/kit/ids.js';`, 'a page sees the server', /a page may not/],
  ['server/orders/a.ts', `import 'pg';`, 'a domain opens a connection', /may not import pg/],
  ['server/orders/a.ts', `export * from './order.ts';`, 'a file hands on another', /re-exports/],
  ['server/orders/index.ts', `export { order } from './order.ts';`, 'an index hands on', /re-exports/],
  ['server/orders/a.ts', `import '../kit/ids.test.ts';`, 'a test is used', /may not import/],
  [
    'server/kit/a.ts',
    `import '../testing/a.ts';`,
    'code uses what is for tests',
    /may not import server\/testing\/a/,
  ],
  ['elsewhere/a.ts', '', 'a file in no zone', /stands in no zone/],
  [
    'server/access/a.ts',
    `new Worker(new URL('../orders/complete-order.js', import.meta.url));`,
    'a domain runs a file of another',
    /report an event/,
  ],
];

for (const [file, text, name, message] of faults) {
  test(name, async (t) => {
    const problems = shown(
      await run(await plant(t, { ...sound, [file]: `${text} export const id = 1, order = 1;` })),
    );
    assert.ok(
      problems.some((problem) => problem.startsWith(file) && message.test(problem)),
      problems.join('\n'),
    );
  });
}

test('the figure counts the imports from a room above', async (t) => {
  const up = `import '../orders/find-order.ts'; import { a } from '../unnamed/find-a.ts';`;
  assert.equal(await describe(await plant(t, sound)), '0 imports from a room above');
  const root = await plant(t, { ...sound, 'server/access/a.ts': up });
  assert.equal(await describe(root), '2 imports from a room above');
});
