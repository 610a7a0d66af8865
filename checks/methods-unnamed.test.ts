import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './methods-unnamed.ts';
import { plant, shown } from './testing/plant.ts';

const publicList = {
  'server/orders/payment-methods.ts': `const rules = { sms: {}, other: {}, kco: {}, coins: {} } as const;\n`,
};
const core = 'server/fulfillment/pay.ts';

const faults: readonly [text: string, named: string][] = [
  ["const lines = new Set(['kco']);", 'kco'],
  ["const isSms = order.paymentMethod === 'sms';", 'sms'],
  ["const isElsewhere = 'other' !== method;", 'other'],
  ["if (['sms', 'card'].includes(paymentMethod)) pay();", 'sms'],
  ["switch (paymentMethod) { case 'coins': pay(); }", 'coins'],
  ['const words = { kco: 1 };', 'kco'],
  ["const words = { 'vipps-epayment': 1 };", 'vipps'],
  ['const url = `/capi/notices/kustom-checkout/${token}`;', 'kustom'],
  ["const find = sql('find', `SELECT FROM orders WHERE payment_method IN ('sms', 'coins')`);", 'sms'],
  ["const find = sql('find', `UPDATE orders SET state = 'x' WHERE payment_method = 'coins'`);", 'coins'],
];

for (const [text, named] of faults) {
  test(`refuses ${text}`, async (t) => {
    const root = await plant(t, { ...publicList, [core]: `export {};\n${text}\n` });
    assert.deepEqual(shown(await run(root)), [
      `${core}:2 names ${named}; let its adapter say what is asked here (server/payments/port)`,
    ]);
  });
}

test('adapters, the public list, tests, examples and words that only look alike are left alone', async (t) => {
  const root = await plant(t, {
    ...publicList,
    'server/payments/methods/coins/method.ts': "export const coins = { name: 'vipps' };",
    'server/fulfillment/pay.test.ts': "const isSms = paymentMethod === 'sms';",
    'server/fulfillment/api/pay.ts':
      "// kco\nexport const pay = { examples: { params: { adapter: 'vipps-epayment' } } };",
    [core]: [
      "const isSms = channel === 'sms';",
      "const way = 'other';",
      'const info = body.paymentInfoVipps;',
      "const find = sql('find', `SELECT FROM payments WHERE payment_method = $1 AND kind IN ('coins')`);",
    ].join('\n'),
  });
  assert.deepEqual(shown(await run(root)), []);
});
