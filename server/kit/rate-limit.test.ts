import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRateLimiter } from './rate-limit.ts';

function limiterAt(start: number, nodes = 1) {
  const time = { now: start, nodes };
  return { time, limiter: createRateLimiter({ now: () => time.now, liveNodes: () => time.nodes }) };
}

const limit = { perSecond: 3, perMinute: 5 };

test('a second and a minute are counted apart, and told apart', () => {
  const { time, limiter } = limiterAt(59_000 * 1000);
  const answers = [1, 2, 3, 4].map(() => limiter.take('a', limit));
  assert.deepEqual(
    answers.map((answer) => answer.allowed),
    [true, true, true, false],
  );
  assert.deepEqual(
    answers.map((answer) => answer.remaining),
    [4, 3, 2, 2],
  );
  assert.equal(answers[3]?.retryAfterSeconds, 1);
  time.now += 1000;
  assert.deepEqual(
    [1, 2, 3].map(() => limiter.take('a', limit).allowed),
    [true, true, false],
  );
  const full = limiter.take('a', limit);
  assert.equal(full.remaining, 0);
  assert.equal(full.retryAfterSeconds, full.resetSeconds);
  time.now += full.resetSeconds * 1000;
  assert.deepEqual(limiter.take('a', limit), {
    allowed: true,
    remaining: 4,
    resetSeconds: 60,
    retryAfterSeconds: 1,
  });
});

test('keys do not share, and looking counts nothing', () => {
  const { limiter } = limiterAt(0);
  for (let call = 0; call < 3; call += 1) limiter.take('a', limit);
  assert.equal(limiter.look('a', limit).allowed, false);
  for (let call = 0; call < 10; call += 1) assert.equal(limiter.look('b', limit).allowed, true);
  assert.equal(limiter.take('b', limit).remaining, 4);
});

test('live nodes divide the limit, and each may always do something', () => {
  const { time, limiter } = limiterAt(0, 2);
  assert.deepEqual(
    [1, 2].map(() => limiter.take('a', limit).allowed),
    [true, false],
  );
  time.nodes = 100;
  assert.equal(limiter.take('b', limit).allowed, true);
  assert.equal(limiter.take('b', limit).allowed, false);
});

test('a flood of keys forgets the oldest, not the newest', () => {
  const { limiter } = limiterAt(0);
  for (let key = 0; key < 25_000; key += 1) limiter.take(`key ${key}`, limit);
  assert.equal(limiter.look('key 0', limit).remaining, 5);
  assert.equal(limiter.look('key 24999', limit).remaining, 4);
});
