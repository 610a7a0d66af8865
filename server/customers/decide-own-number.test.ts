import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NumberFacts, ownNumber } from './decide-own-number.ts';

const nothing: NumberFacts = {
  attached: undefined,
  ofOwnOrder: undefined,
  isRegistered: false,
  isAnothers: false,
  hasOthersOrders: false,
};

const cases: [string, Partial<NumberFacts>, number | undefined][] = [
  ['who has ordered nothing', {}, undefined],
  ['who is attached', { attached: 7 }, 7],
  ['who is attached, and has orders under another number', { attached: 7, ofOwnOrder: 8 }, 7],
  ['whose orders alone have the number', { ofOwnOrder: 8 }, 8],
  ['who typed the number of a customer of the publisher', { ofOwnOrder: 8, isRegistered: true }, undefined],
  ['who typed the number of another reader', { ofOwnOrder: 8, isAnothers: true }, undefined],
  ['who typed the number of another buyer', { ofOwnOrder: 8, hasOthersOrders: true }, undefined],
  ['who is attached to what others have too', { attached: 7, isRegistered: true, isAnothers: true }, 7],
];

for (const [who, facts, number] of cases) {
  test(`${who}: ${number === undefined ? 'a new number' : `number ${number}`}`, () => {
    assert.equal(ownNumber({ ...nothing, ...facts }), number);
  });
}
