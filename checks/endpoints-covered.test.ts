import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './endpoints-covered.ts';
import { plant, shown } from './testing/plant.ts';

const exceptions = 'checks/endpoints-without-access-test.txt';
const sound = {
  'server/build/api.js': `export const api = [
    { method: 'POST', path: '/a', who: 'client', endpoint: { operationId: 'registerOrder' } },
    { method: 'GET', path: '/health', who: 'anyone', endpoint: { operationId: 'health' } }];`,
  'tests/access/orders.test.ts': `const inputs = { registerOrder: {} };`,
  [exceptions]: '# reviewed\nhealth answers anyone\n',
};

test('every operation is tested or excused', async (t) => {
  assert.deepEqual(shown(await run(await plant(t, sound))), []);
});

test('an operation without a test', async (t) => {
  const root = await plant(t, { ...sound, 'tests/access/orders.test.ts': 'const registerOrders = 1;' });
  assert.match(shown(await run(root)).join('\n'), /^server\/api\.ts registerOrder has no access test/);
});

test('an excuse without a reason, and one that is no longer needed', async (t) => {
  const root = await plant(t, { ...sound, [exceptions]: 'health\nregisterOrder later\n' });
  const problems = shown(await run(root));
  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? '', /:1 health gives no reason/);
  assert.match(problems[1] ?? '', /:2 registerOrder needs no exception/);
});

test('without the route table the check waits', async (t) => {
  assert.match(shown(await run(await plant(t, {}))).join(), /waiting for server\/api\.ts/);
});
