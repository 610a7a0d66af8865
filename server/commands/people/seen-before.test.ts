import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Person } from './people-document.ts';
import { createSeenBefore } from './seen-before.ts';

const reader = (id: string): Person => ({
  customer: undefined,
  accounts: [
    {
      account: {
        uniqueUserId: id,
        customerNumber: undefined,
        createdAt: undefined,
        isClosed: false,
        passwordHash: undefined,
        credentials: [],
      },
      access: [],
    },
  ],
});

test('of many thousand lines each that comes twice is named with the line before, and no other', () => {
  const seenBefore = createSeenBefore();
  for (let line = 1; line <= 20_000; line += 1) assert.deepEqual(seenBefore(reader(`u${line}`), line), []);
  for (const line of [1, 777, 20_000]) {
    assert.deepEqual(seenBefore(reader(`u${line}`), 30_000), [
      {
        field: 'accounts[0].uniqueUserId',
        rule: 'said_twice',
        message: `accounts[0].uniqueUserId stands on line ${line} too`,
      },
    ]);
  }
});
