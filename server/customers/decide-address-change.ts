import { type Address, type AddressTime, addressInForce, currentHome, standingOf } from './address.ts';
import type { AddressChangeType } from './customer.ts';

/** What is asked for; what is not said is not there. */
export type AddressRequest = {
  changeType: AddressChangeType;
  id: number | undefined;
  products: readonly string[] | undefined;
  address: Address | undefined;
  startDate: Date | undefined;
  endDate: Date | undefined;
};

export type StoredAddress = AddressTime & { address: Address };

export type AddressPlan =
  | {
      does: 'add';
      products: readonly string[] | undefined;
      address: Address;
      startsAt: Date;
      endsAt: Date | undefined;
      /** Addresses of the same products that end as this one begins. */
      ends: readonly number[];
    }
  | { does: 'move'; id: number; startsAt: Date; endsAt: Date | undefined }
  | { does: 'delete'; id: number };

export type AddressRefusal = {
  refused: 'input_is_invalid' | 'address_is_unknown' | 'address_has_begun' | 'address_is_planned';
  field: string;
  message: string;
};

/**
 * What becomes of a customer's addresses. The current home address is corrected, a planned one is only moved
 * or deleted, and what was is kept: it can be used again. Nothing that is said is passed over: what does not
 * fit the change is refused. `dayStart` is when the publisher's day began, from which on a change may begin.
 */
export function decideAddressChange(
  request: AddressRequest,
  stored: readonly StoredAddress[],
  { now, dayStart }: { now: Date; dayStart: Date },
): AddressPlan | AddressRefusal {
  const found = request.id === undefined ? undefined : stored.find((one) => one.addressId === request.id);
  if (request.id !== undefined && !found) {
    return { refused: 'address_is_unknown', field: 'id', message: 'id is none of the customer’s addresses' };
  }
  const at = { now, dayStart, stored, found };
  switch (request.changeType) {
    case 'createPermanent':
      return add(request, at, true);
    case 'create':
      return add(request, at, false);
    case 'update':
      return found ? updateFound(request, { ...at, found }) : correct(request, at);
    case 'delete':
      return remove(request, at);
  }
}

type At = {
  now: Date;
  dayStart: Date;
  stored: readonly StoredAddress[];
  found: StoredAddress | undefined;
};

const invalid = (field: string, message: string): AddressRefusal => ({
  refused: 'input_is_invalid',
  field,
  message: `${field} ${message}`,
});

function add(request: AddressRequest, at: At, isHome: boolean): AddressPlan | AddressRefusal {
  const { products, startDate, endDate } = request;
  if (isHome && products) return invalid('product', 'cannot be said of a permanent address, which is of all');
  if (!isHome && !products) return invalid('product', 'is required unless changeType is createPermanent');
  if (isHome && endDate) return invalid('period.endDate', 'cannot be said of a permanent address');
  const address = addressToUse(request, at);
  if ('refused' in address) return address;
  const period = periodFrom(startDate, endDate, at);
  return 'refused' in period ? period : { does: 'add', products, address, ...period, ends: [] };
}

/** The address that is said, or one of before that is named; one that is only planned is not used twice. */
function addressToUse({ address, id }: AddressRequest, { found, stored, now }: At): Address | AddressRefusal {
  if (!found) return address ?? invalid('countryCode', 'and an address are required');
  if (address)
    return invalid('id', `names an address, and another one is said: leave out ${id}, or the other`);
  if (standingOf(found, stored, now) === 'future') return planned('id', 'is of an address that is planned');
  return found.address;
}

function periodFrom(startDate: Date | undefined, endDate: Date | undefined, { now, dayStart }: At) {
  if (startDate && startDate < dayStart) return invalid('period.startDate', 'is in the past');
  const startsAt = startDate && startDate > now ? startDate : now;
  if (endDate && endDate <= startsAt) return invalid('period.endDate', 'must be later than the start');
  return { startsAt, endsAt: endDate };
}

/**
 * The address that holds now, of the products that are named, else the home address, is another one until
 * that one would have ended. What it stands before, for no longer than itself, ends.
 */
function correct(request: AddressRequest, at: At): AddressPlan | AddressRefusal {
  const { products, address } = request;
  const { stored, now } = at;
  if (request.startDate || request.endDate) {
    return invalid('period', 'needs the id of the change that it is to be of');
  }
  if (!address) return invalid('countryCode', 'and an address are required');
  const plan = { does: 'add', products, address, startsAt: now } as const;
  if (!products) return { ...plan, endsAt: undefined, ends: [] };
  const [endsAt, ...others] = endsOf(products, at);
  if (others.length > 0) {
    return invalid('product', 'names products whose addresses end at different times: change each by itself');
  }
  const ends = stored.filter(
    (one) =>
      one.startsAt < now &&
      standingOf(one, stored, now) === 'current' &&
      one.products?.every((product) => products.includes(product)) === true &&
      (endsAt === undefined || (one.endsAt !== undefined && one.endsAt <= endsAt)),
  );
  return { ...plan, endsAt, ends: ends.map((one) => one.addressId) };
}

/** Until when the addresses hold that products have of their own; those that go home do so until told. */
function endsOf(products: readonly string[], { stored, now }: At): (Date | undefined)[] {
  const holding = products.map((product) => addressInForce(stored, product, now));
  const ends = holding.map((one) => (one?.products ? one.endsAt : undefined));
  return [...new Map(ends.map((end) => [end?.getTime(), end])).values()];
}

function updateFound(
  request: AddressRequest,
  at: At & { found: StoredAddress },
): AddressPlan | AddressRefusal {
  const { found, stored, now } = at;
  const foreign = refuseOtherProducts(request, found);
  if (foreign) return foreign;
  const standing = standingOf(found, stored, now);
  if (standing === 'historical') {
    return invalid('id', 'is of an address of before: use it again by create or createPermanent');
  }
  if (standing === 'current' && found === currentHome(stored, now)) return correct(request, at);
  if (request.address) {
    return planned('id', 'is of a change whose address stays: delete it before it begins, and make another');
  }
  return move(request, at, standing);
}

/** A change that has begun keeps its beginning, and a home address has no end of its own. */
function move(
  { startDate, endDate }: AddressRequest,
  { found, now, dayStart }: At & { found: StoredAddress },
  standing: 'current' | 'future',
): AddressPlan | AddressRefusal {
  if (!startDate && !endDate)
    return invalid('period', 'is required: nothing else of a change can be changed');
  if (!found.products && endDate) return invalid('period.endDate', 'cannot be said of a permanent address');
  if (standing === 'current' && startDate) {
    return { refused: 'address_has_begun', field: 'period.startDate', message: 'the change has begun' };
  }
  const startsAt = startDate ?? found.startsAt;
  if (standing === 'future' && startsAt < dayStart) return invalid('period.startDate', 'is in the past');
  const endsAt = endDate ?? found.endsAt;
  const least = standing === 'current' || startsAt < now ? now : startsAt;
  if (endsAt && endsAt <= least)
    return invalid('period.endDate', 'must be later than the start, and than now');
  const begins = standing === 'future' && startsAt < now ? now : startsAt;
  return { does: 'move', id: found.addressId, startsAt: begins, endsAt };
}

function remove(request: AddressRequest, { found, stored, now }: At): AddressPlan | AddressRefusal {
  if (!found) return invalid('id', 'is required to delete a change');
  if (request.address) return invalid('changeType', 'deletes a change, and an address is said beside it');
  if (request.startDate || request.endDate)
    return invalid('period', 'cannot be said where a change is deleted');
  const foreign = refuseOtherProducts(request, found);
  if (foreign) return foreign;
  if (standingOf(found, stored, now) === 'future') return { does: 'delete', id: found.addressId };
  return {
    refused: 'address_has_begun',
    field: 'id',
    message: 'the change has begun: end it by changing its period, or make another address',
  };
}

/** Whose id is given is known; products beside it must be the same, or something else is meant. */
function refuseOtherProducts({ products }: AddressRequest, found: StoredAddress): AddressRefusal | undefined {
  if (products === undefined || areSame(products, found.products)) return undefined;
  return invalid('product', 'is not what the address with this id is of');
}

function areSame(some: readonly string[] | undefined, others: readonly string[] | undefined): boolean {
  if (!some || !others) return some === others;
  return some.length === others.length && some.every((one) => others.includes(one));
}

const planned = (field: string, message: string): AddressRefusal => ({
  refused: 'address_is_planned',
  field,
  message: `${field} ${message}`,
});
