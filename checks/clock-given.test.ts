import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './clock-given.ts';
import { plant, shown } from './testing/plant.ts';

const adapter = 'server/payments/methods/coins/charge.ts';

for (const text of [
  'new Date()',
  'new Date',
  'Date()',
  'Date.now() + 1',
  'performance.now()',
  'process.hrtime()',
]) {
  test(`refuses ${text}`, async (t) => {
    const root = await plant(t, { [adapter]: `export {};\nconst now = ${text};\n` });
    assert.deepEqual(shown(await run(root)), [
      `${adapter}:2 reads the clock of its node; take the time from the request`,
    ]);
  });
}

test('times that are given, tests and other rooms are left alone', async (t) => {
  const root = await plant(t, {
    [adapter]: `const due = new Date(request.askedAt.getTime() + 1); // not Date.now()\nconst a = 'Date.now()';`,
    'server/payments/methods/coins/charge.test.ts': 'const now = new Date();',
    'server/kit/log.ts': 'const now = Date.now();',
  });
  assert.deepEqual(shown(await run(root)), []);
});
