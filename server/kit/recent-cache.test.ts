import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRecentCache } from './recent-cache.ts';

test('what is asked for stays, and what nobody asks for is forgotten within the bound', () => {
  const cache = createRecentCache<number>(10);
  cache.set('used', 1);
  cache.set('unused', 2);
  for (let key = 0; key < 100; key += 1) {
    cache.set(`key ${key}`, key);
    assert.equal(cache.get('used'), 1);
  }
  assert.equal(cache.get('unused'), undefined);
  const kept = Array.from({ length: 100 }, (_, key) => `key ${key}`).filter(
    (key) => cache.get(key) !== undefined,
  );
  assert.ok(kept.length > 0 && kept.length <= 10, String(kept.length));
  cache.clear();
  assert.equal(cache.get('used'), undefined);
});
