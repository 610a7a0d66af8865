import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AddressTime, addressInForce, endOf, standingOf } from './address.ts';

const now = new Date('2026-11-16T12:00:00Z');
const at = (days: number) => new Date(now.getTime() + days * 86_400_000);
const home = (addressId: number, from: number): AddressTime => ({
  addressId,
  products: undefined,
  startsAt: at(from),
  endsAt: undefined,
});
const own = (addressId: number, from: number, to?: number): AddressTime => ({
  addressId,
  products: ['AVIS'],
  startsAt: at(from),
  endsAt: to === undefined ? undefined : at(to),
});

/** The addresses there are, where the product goes now, and how each stands. */
const cases: [string, AddressTime[], number | undefined, string][] = [
  ['none', [], undefined, ''],
  ['one home', [home(1, -9)], 1, 'current'],
  ['a home that begins now', [home(1, 0)], 1, 'current'],
  ['a home that is planned', [home(1, 1)], undefined, 'future'],
  ['the later home', [home(1, -9), home(2, -1), home(3, 1)], 2, 'historical current future'],
  ['two homes that began together', [home(1, -1), home(2, -1)], 2, 'historical current'],
  ['the product’s own', [home(1, -1), own(2, -9)], 2, 'current current'],
  ['one of its own that is over', [home(1, -9), own(2, -5, -1)], 1, 'current historical'],
  ['one of its own that ends now', [home(1, -9), own(2, -5, 0)], 1, 'current historical'],
  ['one of its own that is planned', [home(1, -9), own(2, 1, 2)], 1, 'current future'],
  ['the later of its own', [own(1, -9, 9), own(2, -1, 1)], 2, 'current current'],
];

for (const [what, all, inForce, standings] of cases) {
  test(`the address in force: ${what}`, () => {
    assert.equal(addressInForce(all, 'AVIS', now)?.addressId, inForce);
    assert.equal(all.map((one) => standingOf(one, all, now)).join(' '), standings);
  });
}

test('another product goes home', () => {
  assert.equal(addressInForce([home(1, -9), own(2, -1)], 'UKE', now)?.addressId, 1);
});

test('a home address ends where the next one begins, one of a product by its own period', () => {
  const all = [home(1, -9), home(2, -1), home(3, 5), own(4, -2, 3), own(5, -2)];
  const ends = all.map((one) => endOf(one, all)?.getTime());
  assert.deepEqual(ends, [at(-1).getTime(), at(5).getTime(), undefined, at(3).getTime(), undefined]);
});
