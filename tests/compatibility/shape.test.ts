import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, faultsOf, type Shape } from './shape.ts';

const cases: [Shape, unknown, string[]][] = [
  ['text', 'a', []],
  ['text', 1, ['reply is 1, not text']],
  ['text', null, ['reply is null, not text']],
  ['text?', null, []],
  ['text?', undefined, ['reply is missing, not text?']],
  ['integer', 1.5, ['reply is 1.5, not integer']],
  ['integer', '1', ['reply is "1", not integer']],
  ['number', 19.99, []],
  ['number', 19.999, ['reply is 19.999, not number']],
  ['number', '99.00', ['reply is "99.00", not number']],
  ['boolean', 'true', ['reply is "true", not boolean']],
  ['time', 1_700_000_000_000, []],
  ['time', 1_700_000_000, ['reply is 1700000000, not time']],
  ['time', 1_700_000_000_500, ['reply is 1700000000500, not time']],
  ['list', [], []],
  ['list', {}, ['reply is {}, not list']],
  ['object', [], ['reply is [], not object']],
  [exactly('OK', 'ERROR'), 'ERROR', []],
  [exactly('OK', 'ERROR'), 'ok', ['reply is "ok", not OK or ERROR']],
  [[{ a: 'text' }], [], ['reply is an empty list']],
  [[{ a: 'text' }], { a: 'b' }, ['reply is {"a":"b"}, and no list']],
  [[{ a: 'text' }], [{ a: 'b' }, { a: 1 }], ['reply[1].a is 1, not text']],
  [{ a: { b: 'text' } }, { a: { b: 'c', more: 1 }, more: 2 }, []],
  [{ a: { b: 'text' } }, { a: { c: 'c' } }, ['reply.a.b is missing']],
  [{ a: 'text' }, [], ['reply is [], and no object']],
];

for (const [shape, value, faults] of cases) {
  test(`${JSON.stringify(shape)} beside ${JSON.stringify(value)}`, () => {
    assert.deepEqual(faultsOf(shape, value), faults);
  });
}
