import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJournal } from '../kit/journal.ts';
import { openCallbackRecord } from './callback-record.ts';

test('only the newest callbacks are kept, and their numbers go on', () => {
  const record = openCallbackRecord(openJournal(), 10);
  const callback = {
    method: 'GET',
    path: '/publisher/callback',
    url: '',
    query: {},
    headers: {},
    body: '',
    receivedAt: '',
    answered: 200,
  };
  for (let count = 0; count < 100; count += 1) record.add(callback);
  const { callbacks } = JSON.parse(record.listJson({ after: 0, limit: Infinity, path: '' })) as {
    callbacks: { number: number }[];
  };
  assert.deepEqual(
    callbacks.map((one) => one.number),
    [91, 92, 93, 94, 95, 96, 97, 98, 99, 100],
  );
});
