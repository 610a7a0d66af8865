import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareRoom } from './share-room.ts';
import type { ClaimedJob } from './work-store.ts';

const kinds = {
  call: { concurrency: 4, concurrencyOfAllLanes: 6, leaseSeconds: 12 },
  count: { concurrency: 100, leaseSeconds: 30 },
};

const running = (...lanes: string[]): ClaimedJob[] =>
  lanes.map((lane, index) => ({
    job_id: index,
    lane,
    name: 'x',
    arguments: {},
    generation: 1,
    failures: 0,
  }));

test('room is shared within the limits of lane, kind and node, and lanes take turns', () => {
  const cases: [lanes: string[], busy: string[], concurrency: number, lastLane: string, expected: object][] =
    [
      [['count'], [], 64, '', { count: 64 }],
      [['call a'], [], 64, '', { 'call a': 4 }],
      [['call a'], ['call a', 'call a', 'call a'], 64, '', { 'call a': 1 }],
      [['call a'], ['call a', 'call a', 'call a', 'call a'], 64, '', {}],
      [
        ['call a', 'call b', 'count'],
        ['call a', 'call a', 'call a'],
        64,
        '',
        { 'call a': 1, 'call b': 2, count: 21 },
      ],
      [['call a', 'call b', 'count'], [], 3, '', { 'call a': 1, 'call b': 1, count: 1 }],
      [['call a', 'call b', 'count'], [], 1, 'call a', { 'call b': 1 }],
      [['call a', 'call b', 'count'], [], 1, 'count', { 'call a': 1 }],
      [['unknown', 'toString', 'count'], [], 3, '', { count: 3 }],
      [['count'], ['count', 'count'], 2, '', {}],
    ];
  for (const [lanes, busy, concurrency, lastLane, expected] of cases) {
    const rooms = shareRoom(lanes, running(...busy), { kinds, concurrency, lastLane });
    assert.deepEqual(Object.fromEntries(rooms.map((one) => [one.lane, one.room])), expected);
  }
});
