import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReportToken, reportToken } from './report-token.ts';

const key = Buffer.alloc(32, 1);

test('a token names its message, also where a server has changed its case', () => {
  const token = reportToken(key, 3, 123_456);
  assert.deepEqual(readReportToken(key, token), { publisherId: 3, messageId: 123_456 });
  assert.deepEqual(readReportToken(key, token.toUpperCase()), { publisherId: 3, messageId: 123_456 });
});

test('a token has room in an address beside the name before it', () => {
  assert.ok(reportToken(key, 2_147_483_647, 3_600_000_000_000_000).length <= 43);
});

const token = reportToken(key, 3, 123_456);
const forged: [what: string, token: string][] = [
  ['nothing', ''],
  ['another message', token.replace('2n9c', '2n9d')],
  ['another publisher', token.replace(/^3/, '4')],
  ['a signature cut short', token.slice(0, -1)],
  ['more behind it', `${token}0`],
  ['the token of another key', reportToken(Buffer.alloc(32, 2), 3, 123_456)],
  ['a word', '3-2n9c-__proto__'],
];

for (const [what, text] of forged) {
  test(`${what} names no message`, () => {
    assert.notEqual(text, token);
    assert.equal(readReportToken(key, text), undefined);
  });
}
