import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plant, shown } from './testing/plant.ts';
import { run } from './texts-cut.ts';

const adapter = 'server/payments/methods/coins/write-order.ts';
const faults: [file: string, text: string][] = [
  [adapter, 'const name = line.name.slice(0, longest);'],
  [adapter, 'const name = line.name.substring(2);'],
  ['server/provider-clients/coins/call-coins.ts', 'send(text.substr(0, 40));'],
  ['server/messages/channels/coins/send.ts', 'send(text.slice( 0, 40));'],
  ['server/payments/charging/describe-payment.ts', `const name = [...order.name].slice(0, 40).join('');`],
];

for (const [file, text] of faults) {
  test(`${file}: ${text}`, async (t) => {
    const problems = shown(await run(await plant(t, { [file]: `first\n${text}\n` })));
    assert.deepEqual(problems, [`${file}:2 cuts a text by itself; use server/kit/cut-text.ts`]);
  });
}

test('other slices are left alone', async (t) => {
  const root = await plant(t, {
    [adapter]: 'const name = cutText(line.name, 40), rest = text.slice(1), last = all.slice(-2);',
    'server/payments/methods/coins/write-order.test.ts': 'text.slice(0, 40);',
    'server/orders/list.ts': 'const page = rows.slice(0, limit);',
  });
  assert.deepEqual(shown(await run(root)), []);
});
