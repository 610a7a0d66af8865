import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayBegin } from './may-begin.ts';
import type { Visitor } from './visit.ts';

const person = { pressed: { kind: 'nothing' }, mayBegin: true, isPerson: true, guestId: undefined } as const;
const program = { ...person, isPerson: false };
const nobody = { ...program, mayBegin: false };
const guest = { ...person, guestId: 'guest' };
const pressed = {
  ...nobody,
  pressed: { kind: 'method', method: 'sms', seen: undefined, earlyStart: false },
} as const;

const guests = { guestId: 'guest', state: 'pending', isLapsed: false } as const;
const buyers = { ...guests, guestId: undefined };
const declined = { ...guests, state: 'declined' } as const;
const lapsed = { ...declined, isLapsed: true };

type Who = Pick<Visitor, 'pressed' | 'mayBegin' | 'isPerson' | 'guestId'>;
const cases: [string, Who, Parameters<typeof mayBegin>[1], boolean][] = [
  ['a person, nothing begun', person, undefined, true],
  ['a program, nothing begun', program, undefined, true],
  ['what only looks, nothing begun', nobody, undefined, false],
  ['who pressed, nothing begun', pressed, undefined, true],
  ['a person, beside a guest', person, guests, true],
  ['a program, beside a guest', program, guests, false],
  ['what only looks, beside a guest', nobody, guests, false],
  ['who pressed, beside a guest', pressed, guests, true],
  ['the guest again', guest, guests, true],
  ['a program, with the buyer’s own try', program, buyers, true],
  ['a program, while a guest may try again', program, declined, false],
  ['a program, after a guest went away', program, lapsed, true],
];

for (const [name, visitor, last, begins] of cases) {
  test(`${name}: ${begins ? 'a payment begins' : 'nothing begins'}`, () => {
    assert.equal(mayBegin(visitor, last), begins);
  });
}
