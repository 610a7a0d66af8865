import { type Static, Type } from 'typebox';
import { epochMilliseconds } from '../kit/epoch-milliseconds.ts';
import { describes, narrowing, narrowsIfGiven } from '../kit/http/field-sorts.ts';
import { dateForms } from '../kit/read-date.ts';
import { type Address, type AddressTime, addressInForce, currentHome, endOf, standingOf } from './address.ts';
import type { StoredAddress } from './decide-address-change.ts';

const text = (maxLength: number) => describes(Type.Optional(Type.String({ maxLength })));
const date = (description: string) =>
  narrowsIfGiven(
    Type.Optional(Type.Union([Type.Integer(), Type.String({ maxLength: 40 })], { description })),
  );

/** Periods are half-open; whether the original's are is not known. */
const fromWhen = 'from when on the address holds; a day alone is its midnight in your time zone';
const untilWhen =
  'from when on it does not hold any more, which is not part of the period: 2026-03-10 is until midnight ' +
  'before the 10th, and on the 10th things go home again';

/** Change addresses, with the original's fields and lengths. */
export const AddressBody = narrowing({
  changeType: Type.Union(
    [Type.Literal('update'), Type.Literal('delete'), Type.Literal('create'), Type.Literal('createPermanent')],
    {
      description:
        'createPermanent: another home address. create: another address of some products for a time. ' +
        'update: the address that holds is another one, or with an id the period of a change. delete: a ' +
        'change that has not begun.',
    },
  ),
  product: narrowsIfGiven(
    Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 400,
        description: 'product codes with commas between them. update without it is of the home address',
      }),
    ),
  ),
  id: narrowsIfGiven(
    Type.Optional(
      Type.Integer({ minimum: 1, description: 'of a change, or of an address of before to use again' }),
    ),
  ),
  careOfAddress: text(40),
  streetAddress: text(40),
  streetNumber: describes(
    Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 999_999 }), Type.String({ maxLength: 20 })], {
        description: 'a whole number; what stands behind it, as in 12B, goes to entrance',
      }),
    ),
  ),
  entrance: text(12),
  postalCode: text(10),
  postalPlace: text(30),
  postalAddress: text(40),
  postalAddressPostalCode: text(10),
  postalAddressPostalPlace: text(30),
  countryCode: narrowsIfGiven(
    Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 3,
        description: 'ISO 3166-1; required where an address is said',
      }),
    ),
  ),
  period: narrowsIfGiven(
    Type.Optional(
      narrowing({
        startDate: date(`${fromWhen}. ${dateForms}`),
        endDate: date(`${untilWhen}. ${dateForms}`),
      }),
    ),
  ),
});

export type AddressBody = Static<typeof AddressBody>;

export const AddressChanged = Type.Object({
  success: Type.Boolean(),
  customerNumber: Type.Integer(),
  id: Type.Integer({ description: 'of the address that the change is about' }),
});

const told = Type.Unsafe<string | null>({ type: ['string', 'null'] });
const toldNumber = Type.Unsafe<number | null>({ type: ['integer', 'null'] });

const AddressReply = Type.Object({
  id: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'null for an address that only an order says',
  }),
  product: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'product codes with commas between them; null for the home address, which is of all others',
  }),
  state: Type.Union([Type.Literal('historical'), Type.Literal('current'), Type.Literal('future')]),
  careOfAddress: told,
  streetAddress: told,
  streetNumber: toldNumber,
  entrance: told,
  postalCode: told,
  postalPlace: told,
  postalAddress: told,
  postalAddressPostalCode: told,
  postalAddressPostalPlace: told,
  countryCode: told,
  period: Type.Object(
    { startDate: toldNumber, endDate: toldNumber },
    { description: 'from startDate until before endDate, epoch milliseconds' },
  ),
});

/** Lists may be of one product. */
export const AddressQuery = narrowing({
  product: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 12,
      description: 'only where this product goes: its own addresses and home',
    }),
  ),
});
export type AddressQuery = Static<typeof AddressQuery>;

export const AddressesReply = Type.Object({
  customerNumber: toldNumber,
  addresses: Type.Array(AddressReply, { description: 'the newest first' }),
  inForce: Type.Union([AddressReply, Type.Null()], {
    description: 'where the product goes now; without product, home',
  }),
});

type Shown = Static<typeof AddressReply>;

export type AddressesToShow = {
  customerNumber: number | undefined;
  stored: readonly StoredAddress[];
  now: Date;
  /** Of an order, where no home address is stored that holds. */
  ofOrder?: Address | undefined;
};

/** A customer's addresses, those of a product and home where one is named, with the one that holds now. */
export function showAddresses(
  found: AddressesToShow,
  product: string | undefined,
): Static<typeof AddressesReply> {
  const { customerNumber = null, now } = found;
  const all = found.stored.filter((one) => !product || !one.products || one.products.includes(product));
  const holding = product === undefined ? currentHome(all, now) : addressInForce(all, product, now);
  const ofOrder = found.ofOrder ? [showOrderAddress(found.ofOrder)] : [];
  const listed = all.toSorted(
    (one, other) => Number(other.startsAt) - Number(one.startsAt) || other.addressId - one.addressId,
  );
  return {
    customerNumber,
    addresses: [...listed.map((one) => showStored(one, all, now)), ...ofOrder],
    inForce: holding ? showStored(holding, all, now) : (ofOrder[0] ?? null),
  };
}

function showStored(one: StoredAddress, all: readonly AddressTime[], now: Date): Shown {
  const end = endOf(one, all);
  const period = { startDate: epochMilliseconds(one.startsAt), endDate: end ? epochMilliseconds(end) : null };
  const product = one.products?.join(',') ?? null;
  return {
    id: one.addressId,
    product,
    state: standingOf(one, all, now),
    ...showAddress(one.address),
    period,
  };
}

/** An address that nobody has said to be the customer's, but an order. */
function showOrderAddress(address: Address): Shown {
  const period = { startDate: null, endDate: null };
  return { id: null, product: null, state: 'current', ...showAddress(address), period };
}

function showAddress(address: Address) {
  return {
    careOfAddress: address.careOfAddress ?? null,
    streetAddress: address.streetAddress ?? null,
    streetNumber: address.streetNumber ?? null,
    entrance: address.entrance ?? null,
    postalCode: address.postalCode ?? null,
    postalPlace: address.postalPlace ?? null,
    postalAddress: address.postalAddress ?? null,
    postalAddressPostalCode: address.postalAddressPostalCode ?? null,
    postalAddressPostalPlace: address.postalAddressPostalPlace ?? null,
    countryCode: address.countryCode ?? null,
  };
}
