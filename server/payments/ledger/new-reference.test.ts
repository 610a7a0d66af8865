import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newReference } from './new-reference.ts';

test('a reference has always the same length, and is never that of another', () => {
  // One of fifteen numbers has fewer digits than the longest.
  const made = Array.from({ length: 1000 }, newReference);
  for (const reference of made) assert.match(reference, /^p[0-9a-z]{25}$/);
  assert.equal(new Set(made).size, made.length);
});
