import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoPlace } from '../../kit/bulkhead.ts';
import { createOrderTurns } from './order-turns.ts';

function stage(connections: number) {
  const turns = createOrderTurns(connections);
  const ends = new Map<string, () => void>();
  const begin = (publisherId: number, orderId: number, deadline?: AbortSignal) => {
    const work = () => new Promise<void>((resolve) => ends.set(`${publisherId}/${orderId}`, resolve));
    const turn = turns.run({ publisherId, orderId }, work, deadline);
    turn.catch(() => undefined);
    return turn;
  };
  return { begin, ends };
}

test('of an order one at a time, of a publisher half, and another finds a turn at once', () => {
  const { begin, ends } = stage(10);
  for (let reload = 0; reload < 50; reload += 1) void begin(1, 100);
  assert.deepEqual([...ends.keys()], ['1/100']);
  for (let order = 101; order < 150; order += 1) void begin(1, order);
  assert.equal(ends.size, 5);
  void begin(2, 200);
  assert.ok(ends.has('2/200'));
});

test('who waits comes in turn, and no longer than it wants to', async () => {
  const { begin, ends } = stage(10);
  const first = begin(1, 100);
  const second = begin(1, 100);
  const impatient = new AbortController();
  const third = begin(1, 100, impatient.signal);
  impatient.abort();
  await assert.rejects(third, NoPlace);
  ends.get('1/100')?.();
  await first;
  ends.get('1/100')?.();
  await second;
});
