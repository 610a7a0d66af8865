import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AddressPlan,
  type AddressRequest,
  decideAddressChange,
  type StoredAddress,
} from './decide-address-change.ts';

const day = 86_400_000;
const dayStart = new Date('2026-11-16T00:00:00Z');
const now = new Date('2026-11-16T12:00:00Z');
const inDays = (days: number) => new Date(dayStart.getTime() + days * day);

const row = (addressId: number, from: number, more: Partial<StoredAddress> = {}): StoredAddress => ({
  addressId,
  products: undefined,
  startsAt: inDays(from),
  endsAt: undefined,
  address: { streetAddress: `of ${addressId}` },
  ...more,
});
const stored: readonly StoredAddress[] = [
  row(1, -90),
  row(2, -30),
  row(3, 30),
  row(4, -10, { products: ['AVIS'], endsAt: inDays(-5) }),
  row(5, -3, { products: ['AVIS'], endsAt: inDays(10) }),
  row(6, 20, { products: ['AVIS', 'UKE'], endsAt: inDays(40) }),
  row(7, -2, { products: ['UKE'] }),
];

const nothing: AddressRequest = {
  changeType: 'create',
  id: undefined,
  products: undefined,
  address: undefined,
  startDate: undefined,
  endDate: undefined,
};
const address = { streetAddress: 'Storgata', countryCode: 'NO' };
const products = ['AVIS'];

const decide = (request: Partial<AddressRequest>, among = stored) =>
  decideAddressChange({ ...nothing, ...request }, among, { now, dayStart });

const added = (more: Partial<Extract<AddressPlan, { does: 'add' }>>) => ({
  does: 'add',
  products: undefined,
  address,
  startsAt: now,
  endsAt: undefined,
  ends: [],
  ...more,
});

const planned: [string, Partial<AddressRequest>, object][] = [
  ['another home', { changeType: 'createPermanent', address }, added({})],
  [
    'a home from a day on',
    { changeType: 'createPermanent', address, startDate: inDays(5) },
    added({ startsAt: inDays(5) }),
  ],
  ['a home from today on', { changeType: 'createPermanent', address, startDate: dayStart }, added({})],
  [
    'a home of before again',
    { changeType: 'createPermanent', id: 1 },
    added({ address: { streetAddress: 'of 1' } }),
  ],
  [
    'a product elsewhere for a time',
    { address, products, startDate: inDays(1), endDate: inDays(9) },
    added({ products, startsAt: inDays(1), endsAt: inDays(9) }),
  ],
  ['a product elsewhere until further notice', { address, products }, added({ products })],
  ['where it went before', { products, id: 4 }, added({ products, address: { streetAddress: 'of 4' } })],
  ['where home is now', { products, id: 2 }, added({ products, address: { streetAddress: 'of 2' } })],
  ['the home that holds', { changeType: 'update', address }, added({})],
  ['the home that holds, by its id', { changeType: 'update', id: 2, address }, added({})],
  [
    'where a product goes now',
    { changeType: 'update', products: ['UKE'], address },
    added({ products: ['UKE'], ends: [7] }),
  ],
  [
    'where a product goes for a time',
    { changeType: 'update', products, address },
    added({ products, endsAt: inDays(10), ends: [5] }),
  ],
  [
    'a change is moved',
    { changeType: 'update', id: 6, startDate: inDays(21), endDate: inDays(41) },
    { does: 'move', id: 6, startsAt: inDays(21), endsAt: inDays(41) },
  ],
  [
    'a change begins today',
    { changeType: 'update', id: 6, startDate: dayStart },
    { does: 'move', id: 6, startsAt: now, endsAt: inDays(40) },
  ],
  [
    'a change with its products said in another order',
    { changeType: 'update', id: 6, products: ['UKE', 'AVIS'], endDate: inDays(50) },
    { does: 'move', id: 6, startsAt: inDays(20), endsAt: inDays(50) },
  ],
  [
    'a running change ends sooner',
    { changeType: 'update', id: 5, endDate: inDays(2) },
    { does: 'move', id: 5, startsAt: inDays(-3), endsAt: inDays(2) },
  ],
  [
    'a planned home is moved',
    { changeType: 'update', id: 3, startDate: inDays(31) },
    { does: 'move', id: 3, startsAt: inDays(31), endsAt: undefined },
  ],
  ['a change is given up', { changeType: 'delete', id: 6 }, { does: 'delete', id: 6 }],
  ['a planned home is given up', { changeType: 'delete', id: 3 }, { does: 'delete', id: 3 }],
];

for (const [what, request, plan] of planned) {
  test(`${what} (${request.changeType ?? 'create'})`, () => assert.deepEqual(decide(request), plan));
}

const both = ['AVIS', 'UKE'];
/** What else is there, the products whose address is another one, and until when and instead of which. */
const corrected: [string, StoredAddress[], string[], Date | undefined, number[]][] = [
  ['of two for a time, one', [row(1, -3, { products: both, endsAt: inDays(9) })], ['UKE'], inDays(9), []],
  ['of two for a time, both', [row(1, -3, { products: both, endsAt: inDays(9) })], both, inDays(9), [1]],
  [
    'one for a time before one for good',
    [row(1, -9, { products }), row(2, -3, { products, endsAt: inDays(9) })],
    products,
    inDays(9),
    [2],
  ],
  [
    'one for good before one for a time',
    [row(1, -9, { products, endsAt: inDays(9) }), row(2, -3, { products })],
    products,
    undefined,
    [1, 2],
  ],
  ['one that begins now', [row(1, 0.5, { products, endsAt: inDays(9) })], products, inDays(9), []],
  ['what goes home', [row(1, -9), row(2, 20)], products, undefined, []],
];

for (const [what, among, ofProducts, endsAt, ends] of corrected) {
  test(`another address holds as long as the one that it stands for: ${what}`, () => {
    const plan = decide({ changeType: 'update', products: ofProducts, address }, among);
    assert.deepEqual(plan, added({ products: ofProducts, endsAt, ends }));
  });
}

const invalid = 'input_is_invalid';
const refused: [string, Partial<AddressRequest>, string, string][] = [
  ['an id of nobody’s', { id: 99, products }, 'address_is_unknown', 'id'],
  ['a home of one product', { changeType: 'createPermanent', address, products }, invalid, 'product'],
  [
    'a home that ends',
    { changeType: 'createPermanent', address, endDate: inDays(1) },
    invalid,
    'period.endDate',
  ],
  ['nothing to go to', { changeType: 'createPermanent' }, invalid, 'countryCode'],
  ['elsewhere, of nothing', { address }, invalid, 'product'],
  ['two addresses at once', { products, address, id: 1 }, invalid, 'id'],
  ['what is only planned', { products, id: 6 }, 'address_is_planned', 'id'],
  ['yesterday', { products, address, startDate: inDays(-1) }, invalid, 'period.startDate'],
  [
    'an end before its start',
    { products, address, startDate: inDays(2), endDate: inDays(1) },
    invalid,
    'period.endDate',
  ],
  ['an end that is over', { products, address, endDate: now }, invalid, 'period.endDate'],
  ['a correction for a time', { changeType: 'update', address, endDate: inDays(1) }, invalid, 'period'],
  [
    'a correction of what ends at different times',
    { changeType: 'update', products: ['AVIS', 'UKE'], address },
    invalid,
    'product',
  ],
  ['a correction to nothing', { changeType: 'update' }, invalid, 'countryCode'],
  ['home, of one product', { changeType: 'update', id: 2, products, address }, invalid, 'product'],
  ['another address of a change', { changeType: 'update', id: 6, address }, 'address_is_planned', 'id'],
  [
    'another address of a running change',
    { changeType: 'update', id: 5, address },
    'address_is_planned',
    'id',
  ],
  ['a change of nothing', { changeType: 'update', id: 6 }, invalid, 'period'],
  [
    'another beginning of a running change',
    { changeType: 'update', id: 5, startDate: inDays(1) },
    'address_has_begun',
    'period.startDate',
  ],
  ['an end in the past', { changeType: 'update', id: 5, endDate: dayStart }, invalid, 'period.endDate'],
  [
    'an end before the moved start',
    { changeType: 'update', id: 6, startDate: inDays(40) },
    invalid,
    'period.endDate',
  ],
  [
    'a change back into the past',
    { changeType: 'update', id: 6, startDate: inDays(-1) },
    invalid,
    'period.startDate',
  ],
  ['an end of a home', { changeType: 'update', id: 3, endDate: inDays(50) }, invalid, 'period.endDate'],
  ['what is over', { changeType: 'update', id: 4, endDate: inDays(50) }, invalid, 'id'],
  ['a home of before', { changeType: 'update', id: 1, address }, invalid, 'id'],
  [
    'a change of other products',
    { changeType: 'update', id: 6, products, endDate: inDays(50) },
    invalid,
    'product',
  ],
  ['deleting nothing', { changeType: 'delete' }, invalid, 'id'],
  ['deleting what has begun', { changeType: 'delete', id: 5 }, 'address_has_begun', 'id'],
  ['deleting home', { changeType: 'delete', id: 2 }, 'address_has_begun', 'id'],
  ['deleting what is over', { changeType: 'delete', id: 4 }, 'address_has_begun', 'id'],
  ['deleting for one of two products', { changeType: 'delete', id: 6, products }, invalid, 'product'],
  ['deleting with an address', { changeType: 'delete', id: 6, address }, invalid, 'changeType'],
  ['deleting for a time', { changeType: 'delete', id: 6, endDate: inDays(30) }, invalid, 'period'],
];

for (const [what, request, rule, field] of refused) {
  test(`refused: ${what} (${request.changeType ?? 'create'})`, () => {
    const decided = decide(request);
    assert.ok('refused' in decided, JSON.stringify(decided));
    assert.deepEqual([decided.refused, decided.field], [rule, field]);
  });
}
