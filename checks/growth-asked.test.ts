import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './growth-asked.ts';
import { plant, shown } from './testing/plant.ts';

const sound = {
  'server/build/api.js': `export const api = [{ method: 'GET', path: '/orders' }];`,
  'server/build/commands/verbs.js': `export const verbs = [{ name: 'doctor' }];`,
  'bench/build/growth/questions.js': `export const questions = { 'GET /orders': 1 };`,
  'bench/build/growth/commands.js': `export const commands = { doctor: 1 };`,
};

test('what has a question each passes', async (t) => {
  assert.deepEqual(shown(await run(await plant(t, sound))), []);
});

test('an endpoint without a question, and a command that is gone', async (t) => {
  const root = await plant(t, {
    ...sound,
    'server/build/api.js': `export const api = [
      { method: 'GET', path: '/orders' }, { method: 'POST', path: '/orders' }];`,
    'server/build/commands/verbs.js': 'export const verbs = [];',
  });
  assert.deepEqual(shown(await run(root)), [
    'bench/growth/questions.ts asks nothing for POST /orders',
    'bench/growth/commands.ts doctor is not in server/commands/verbs.ts',
  ]);
});
