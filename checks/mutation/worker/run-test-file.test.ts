import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSwitches } from '../runtime.ts';
import { runTestFile } from './run-test-file.ts';
import * as shim from './test-shim.ts';

const said: string[] = [];
const switches = createSwitches();
const file = await shim.collect(async () => {
  shim.before(() => void switches.isOn(1));
  shim.beforeEach(() => void said.push('before each'));
  shim.test('passes', { timeout: 1 }, (context) => {
    switches.isOn(2);
    context.after(() => void said.push('after'));
  });
  shim.test('fails', () => assert.fail('so it is'));
  shim.test('passes too', () => undefined);
  shim.after(() => void said.push('after all'));
});

test('tests run between their hooks, and tell what they covered and how they failed', async () => {
  const runs = await runTestFile(file, switches, { bails: false });
  assert.deepEqual(
    runs.map(({ name, failure, covered }) => [name, failure, covered]),
    [
      ['passes', undefined, [1, 2]],
      ['fails', 'so it is', [1]],
      ['passes too', undefined, [1]],
    ],
  );
  assert.deepEqual(said, ['before each', 'after', 'before each', 'before each', 'after all']);
});

test('of those that are named, the first that fails is the last', async () => {
  const failed: string[] = [];
  const onFailure = ({ name }: { name: string }) => void failed.push(name);
  const runs = await runTestFile(file, switches, { names: ['fails', 'passes too'], bails: true, onFailure });
  assert.deepEqual([runs.map(({ name }) => name), failed], [['fails'], ['fails']]);
});
