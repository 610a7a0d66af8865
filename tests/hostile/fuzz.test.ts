import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFuzz, isClean, runFuzz } from './fuzz.ts';

test('bad requests in every field, and 2,000 by chance, are refused with what is wrong', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const report = await runFuzz({ requests: 2000, seed, sweeps: true });
  assert.ok(isClean(report), describeFuzz(report));
});
