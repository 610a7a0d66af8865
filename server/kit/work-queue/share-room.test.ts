import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareRoom } from './share-room.ts';
import type { ClaimedJob } from './work-store.ts';

const kinds = {
  call: { concurrency: 4, concurrencyOfAllLanes: 16, leaseSeconds: 12 },
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

const many = (count: number, lane: string): string[] => Array.from({ length: count }, () => lane);

type Case = [what: string, lanes: string[], busy: string[], concurrency: number, expected: object];

test('room is shared within the limits of lane, kind and node, and publishers take turns', () => {
  const hosts = (publisher: number) => [1, 2, 3, 4, 5].map((host) => `call ${publisher} h${host}`);
  const cases: Case[] = [
    ['the installation has what is there', ['count 0'], [], 64, { 'count 0': 64 }],
    ['a publisher alone has half', ['count 7'], [], 64, { 'count 7': 32 }],
    ['a lane has its own limit', ['call 7 a'], [], 64, { 'call 7 a': 4 }],
    ['which counts what runs', ['call 7 a'], many(3, 'call 7 a'), 64, { 'call 7 a': 1 }],
    ['and may be reached', ['call 7 a'], many(4, 'call 7 a'), 64, {}],
    [
      'many hosts of one are half of a kind',
      hosts(7),
      [],
      64,
      { 'call 7 h1': 2, 'call 7 h2': 2, 'call 7 h3': 2, 'call 7 h4': 1, 'call 7 h5': 1 },
    ],
    [
      'another finds room beside it',
      ['call 7 h5', 'call 8 a'],
      hosts(7)
        .slice(0, 4)
        .flatMap((lane) => many(2, lane)),
      64,
      { 'call 8 a': 4 },
    ],
    ['two who come at once get as much', ['count 7', 'count 8'], [], 9, { 'count 7': 3, 'count 8': 3 }],
    ['the one who holds fewer goes first', ['count 7', 'count 8'], many(3, 'count 7'), 8, { 'count 8': 2 }],
    ['the last place is for who has none', ['count 7', 'count 8'], many(3, 'count 7'), 4, { 'count 8': 1 }],
    [
      'kinds of one publisher share the node',
      ['call 7 a', 'count 7'],
      [],
      8,
      { 'call 7 a': 2, 'count 7': 2 },
    ],
    [
      'who has none has a place although all are taken',
      ['count 7', 'count 8', 'count 0'],
      [...many(5, 'count 7'), ...many(3, 'count 9')],
      8,
      { 'count 8': 1, 'count 0': 1 },
    ],
    ['unknown kinds are left alone', ['unknown 1', 'toString 1', 'count 0'], [], 3, { 'count 0': 3 }],
    ['nothing is left', ['count 7'], many(4, 'count 0'), 2, {}],
    [
      'lanes of a former release',
      ['call host.example', 'count'],
      [],
      64,
      { 'call host.example': 4, count: 60 },
    ],
  ];
  for (const [what, lanes, busy, concurrency, expected] of cases) {
    const rooms = shareRoom(lanes, running(...busy), { kinds, concurrency, lastLane: '' });
    assert.deepEqual(Object.fromEntries(rooms.map((one) => [one.lane, one.room])), expected, what);
  }
});

test('lanes take turns, also where all places are taken', () => {
  const lanes = ['count 1', 'count 2', 'count 3'];
  const next = (lastLane: string) =>
    shareRoom(lanes, running('count 0'), { kinds, concurrency: 1, lastLane }).map((one) => one.lane);
  assert.deepEqual(next('count 2'), ['count 3']);
  assert.deepEqual(next('count 3'), ['count 1']);
});
