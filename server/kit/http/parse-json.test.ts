import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InexactNumber, parseJson } from './parse-json.ts';

const exact = [
  '0',
  '-0',
  '1',
  '1.5',
  '1.50',
  '1.500',
  '99.000',
  '0.1234',
  '9007199254740991',
  '-12.345',
  '100',
];
const inexact = [
  '1e3',
  '1E-2',
  '12345678901234567890',
  '0.1234567890123456789',
  '9007199254740993',
  '0.0000001',
];

for (const source of exact) {
  test(`${source} is a number`, () => assert.equal(parseJson(`[${source}]`) instanceof Array, true));
  test(`${source} keeps its value`, () => assert.deepEqual(parseJson(`[${source}]`), [Number(source)]));
}

for (const source of inexact) {
  test(`${source} is kept as it was written`, () => {
    const [value] = parseJson(`[${source}]`) as unknown[];
    assert.ok(value instanceof InexactNumber);
    assert.equal(value.source, source);
  });
}

test('text that looks like a number stays text', () => {
  assert.deepEqual(parseJson('{"a":"1e3 1234567890123456789 0.1234"}'), {
    a: '1e3 1234567890123456789 0.1234',
  });
});

test('a long number costs no more than reading it', () => {
  const body = `[1.${'0'.repeat(60_000)}1]`;
  const start = process.cpuUsage();
  assert.ok((parseJson(body) as unknown[])[0] instanceof InexactNumber);
  assert.ok(process.cpuUsage(start).user < 200_000);
});

test('what is not JSON, or deeper than the stack, is a SyntaxError', () => {
  for (const text of [
    '',
    '{',
    "{'a':1}",
    '[1,]',
    'NaN',
    '01',
    `${'['.repeat(60_000)}1e3${']'.repeat(60_000)}`,
  ]) {
    assert.throws(() => parseJson(text), SyntaxError);
  }
});
