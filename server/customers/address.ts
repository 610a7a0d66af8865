/** Where things go: personal data, as it is kept in `customer_addresses.address`. */
export type Address = {
  careOfAddress?: string | undefined;
  streetAddress?: string | undefined;
  streetNumber?: number | undefined;
  entrance?: string | undefined;
  postalCode?: string | undefined;
  postalPlace?: string | undefined;
  postalAddress?: string | undefined;
  postalAddressPostalCode?: string | undefined;
  postalAddressPostalPlace?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  countryCode?: string | undefined;
};

/** When an address holds, and for what. */
export type AddressTime = {
  addressId: number;
  /** Nothing for the home address, which holds for all that has no address of its own. */
  products: readonly string[] | undefined;
  startsAt: Date;
  /** Nothing where it lasts; a home address lasts until the next one. */
  endsAt: Date | undefined;
};

export type AddressStanding = 'historical' | 'current' | 'future';

/** Where an address stands at a moment among all those of its customer. Periods are half-open. */
export function standingOf(address: AddressTime, all: readonly AddressTime[], now: Date): AddressStanding {
  if (address.startsAt > now) return 'future';
  if (address.products === undefined) return currentHome(all, now) === address ? 'current' : 'historical';
  return address.endsAt !== undefined && address.endsAt <= now ? 'historical' : 'current';
}

/** The home address that began last. */
export function currentHome<Of extends AddressTime>(all: readonly Of[], now: Date): Of | undefined {
  return newest(all.filter((one) => one.products === undefined && one.startsAt <= now));
}

/** The address that a product goes to at a moment: its own that began last, else the home address. */
export function addressInForce<Of extends AddressTime>(
  all: readonly Of[],
  product: string,
  now: Date,
): Of | undefined {
  const own = all.filter((one) => one.products?.includes(product) && standingOf(one, all, now) === 'current');
  return newest(own) ?? currentHome(all, now);
}

/** The one that began last; of two that began together the one that was said last. */
function newest<Of extends AddressTime>(all: readonly Of[]): Of | undefined {
  return all.reduce<Of | undefined>((best, one) => {
    if (!best) return one;
    const later = one.startsAt.getTime() - best.startsAt.getTime();
    return later > 0 || (later === 0 && one.addressId > best.addressId) ? one : best;
  }, undefined);
}

/** When an address ends: by its period, or by the home address that follows. */
export function endOf(address: AddressTime, all: readonly AddressTime[]): Date | undefined {
  if (address.products !== undefined) return address.endsAt;
  const later = all
    .filter((one) => one.products === undefined && one !== address && isAfter(one, address))
    .map((one) => one.startsAt.getTime());
  return later.length === 0 ? undefined : new Date(Math.min(...later));
}

function isAfter(one: AddressTime, other: AddressTime): boolean {
  const later = one.startsAt.getTime() - other.startsAt.getTime();
  return later > 0 || (later === 0 && one.addressId > other.addressId);
}
