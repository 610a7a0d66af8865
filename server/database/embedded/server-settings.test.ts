import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memorySettings, usualMemoryMegabytes } from './server-settings.ts';

const cases: [number, string, string, string][] = [
  [256, '128MB', '4096MB', '64MB'],
  [512, '128MB', '4096MB', '64MB'],
  [2048, '512MB', '4096MB', '128MB'],
  [16_384, '4096MB', '16384MB', '1024MB'],
  [262_144, '16384MB', '262144MB', '1024MB'],
];

for (const [megabytes, shared_buffers, effective_cache_size, maintenance_work_mem] of cases) {
  test(`a database that may take ${megabytes} MB`, () => {
    assert.deepEqual(memorySettings(megabytes), {
      shared_buffers,
      effective_cache_size,
      maintenance_work_mem,
    });
  });
}

test('this machine has memory to give', () => {
  assert.ok(usualMemoryMegabytes() > 0);
});
