import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesNoTransaction } from './names-no-transaction.ts';

const none = [
  '',
  'undefined',
  'Undefined',
  'null',
  'NULL',
  'NaN',
  'None',
  'nil',
  'true',
  'false',
  'Infinity',
];
const more = ['0', '000', '[object Object]', '[object Promise]', '{}', '[]'];
for (const id of [...none, ...more]) {
  test(`${JSON.stringify(id)} is the number of no payment`, () => {
    assert.equal(namesNoTransaction(id), true);
  });
}

for (const id of [
  '1',
  '10',
  'TX1',
  'undefined-1',
  'nullable',
  '0A',
  'false1',
  'Nil2',
  '3f2504e0',
  '[1]',
  '-',
]) {
  test(`${JSON.stringify(id)} may be the number of a payment`, () => {
    assert.equal(namesNoTransaction(id), false);
  });
}
