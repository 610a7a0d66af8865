import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from './parse-json.ts';
import { findRepeatedMember } from './repeated-members.ts';

/** A JSON text, and the member that stands twice in it. */
const cases: [string, string | undefined][] = [
  ['{}', undefined],
  ['{"amount":10}', undefined],
  ['{"amount":10,"amount":20}', 'amount'],
  ['{"amount" : 10, "\\u0061mount":20}', 'amount'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['{"__proto__":1}', undefined],
  ['{"lines":[{"a":1},{"a":1,"b":2,"a":3}]}', 'lines[1].a'],
  ['{"a":{"b":1},"c":{"b":1}}', undefined],
  ['[[1],{"a":1,"a":1}]', '[1].a'],
  ['{"a":"\\"a\\":1","b":"x:y","c":["d:"]}', undefined],
  ['{"a":1e3,"b":[12345678901234567890]}', undefined],
  ['"a"', undefined],
  ['null', undefined],
];

for (const [text, expected] of cases) {
  test(`${text} repeats ${expected}`, () =>
    assert.equal(findRepeatedMember(text, parseJson(text)), expected));
}

test('a deep or long text costs no more than reading it', () => {
  const start = process.cpuUsage();
  for (const text of [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, `["${'\\"'.repeat(30_000)}"]`]) {
    assert.equal(findRepeatedMember(text, JSON.parse(text)), undefined);
  }
  assert.ok(process.cpuUsage(start).user < 200_000);
});
