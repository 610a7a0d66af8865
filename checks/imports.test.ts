import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './imports.ts';
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
  'server/payments/methods/list.ts': `import { free } from './free/method.ts';
    export const methods = [free];`,
  'server/payments/methods/free/method.ts': `import type { PaymentMethod } from '../../port/payment-method.ts';
    export const free: PaymentMethod = { name: 'free' };`,
  'server/access/grant-access.ts': `import { order } from '../orders/order.ts';
    import { findOrder } from '../orders/find-order.ts'; export const grant = [order, findOrder];`,
  'server/database/statement.ts': `import { id } from '../kit/ids.ts'; export const sql = id;`,
  'server/kit/ids.ts': 'export const id = 1;',
  'server/kit/test-a.ts': 'export const a = 1;',
  'server/kit/ids.test.ts': `import './test-a.ts';`,
  'server/config/env.ts': 'export const port = process.env.PORT;',
  'pages/order-page.tsx': 'export const page = 1;',
  'sandbox/main.ts': 'export const sandbox = 1;',
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
    'sandbox/a.ts',
    `import '@leveret/server/kit/ids.js';`,
    'the sandbox sees the server',
    /the sandbox may not/,
  ],
  ['pages/a.ts', `import '@leveret/server/kit/ids.js';`, 'a page sees the server', /a page may not/],
  ['server/orders/a.ts', `import 'pg';`, 'a domain opens a connection', /may not import pg/],
  [
    'server/orders/a.ts',
    'const a = process.env.A;',
    'a domain reads the environment',
    /reads the environment/,
  ],
  [
    'server/kit/a.ts',
    `import { env } from 'node:process';`,
    'so does the kit, by import',
    /reads the environment/,
  ],
  ['server/orders/a.ts', `export * from './order.ts';`, 'a file hands on another', /re-exports/],
  ['server/orders/index.ts', `export { order } from './order.ts';`, 'an index hands on', /re-exports/],
  ['server/orders/a.ts', 'export default 1;', 'a default export', /default export/],
  ['server/orders/a.ts', `import './gone.ts';`, 'a file that is not there', /which is not there/],
  ['server/orders/a.ts', `import './a.test.ts';`, 'a test is used', /which is not there/],
  [
    'server/kit/a.ts',
    `import './test-a.ts';`,
    'code uses what is for tests',
    /may not import server\/kit\/test-a/,
  ],
  ['elsewhere/a.ts', '', 'a file in no zone', /stands in no zone/],
  ['server/kit/ids.ts', `import './ids.ts';`, 'a file that imports itself', /in a circle/],
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

test('a circle of three files is shown once, with its path', async (t) => {
  const files = {
    'server/kit/a.ts': `import './b.ts';`,
    'server/kit/b.ts': `import './c.ts';`,
    'server/kit/c.ts': `import './a.ts';`,
  };
  const problems = shown(await run(await plant(t, files)));
  assert.equal(problems.length, 1);
  assert.match(
    problems[0] ?? '',
    /server\/kit\/a\.ts > server\/kit\/b\.ts > server\/kit\/c\.ts > server\/kit\/a\.ts/,
  );
});
