import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { ifReadable, minorUnits, orElse, readLeniently, whatIsReadable } from './read-leniently.ts';

const Order = Type.Object({
  id: Type.String(),
  amount: minorUnits(),
  taken: minorUnits({ default: 0 }),
  until: ifReadable(
    Type.Decode(Type.String({ format: 'date-time' }), (text) => new Date(text).getUTCFullYear()),
  ),
  words: orElse(Type.Array(Type.String()), []),
  moves: whatIsReadable(Type.Object({ sum: minorUnits() })),
});
const plain = { id: 'a', amount: 1, taken: 0, words: [], moves: [] };

const readable: [what: string, json: object, read: object][] = [
  ['what must be there alone', { id: 'a', amount: 1 }, plain],
  ['more than is known', { id: 'a', amount: 1, more: { x: 1 } }, { ...plain, more: { x: 1 } }],
  ['a field that is decoded', { ...plain, until: '2026-01-01T00:00:00Z' }, { ...plain, until: 2026 }],
  ['a field of another form', { ...plain, until: 7 }, { ...plain, until: undefined }],
  ['null for what may be missing', { ...plain, until: null }, { ...plain, until: undefined }],
  ['a list that is none', { ...plain, words: 'x', moves: 'x' }, plain],
  ['a list with a stranger in it', { ...plain, words: ['x', 1] }, plain],
  [
    'what is readable of a list',
    { ...plain, moves: [{ sum: 'x' }, { sum: 2 }] },
    { ...plain, moves: [{ sum: 2 }] },
  ],
];

for (const [what, json, read] of readable) {
  test(`read: ${what}`, () => {
    const before = structuredClone(json);
    assert.deepEqual(readLeniently(Order, json), read);
    assert.deepEqual(json, before, 'what was given is not changed');
  });
}

const unreadable: [what: string, json: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'a'],
  ['a list', [plain]],
  ['an id that is missing', { amount: 1 }],
  ['an amount as a text', { ...plain, amount: '1' }],
  ['an amount below zero', { ...plain, amount: -1 }],
  ['an amount with decimals', { ...plain, amount: 1.5 }],
  ['an amount that no number holds exactly', { ...plain, amount: 2 ** 53 }],
  ['an amount with a default that is null', { ...plain, taken: null }],
];

for (const [what, json] of unreadable) {
  test(`not read: ${what}`, () => {
    assert.equal(readLeniently(Order, json), undefined);
  });
}
