import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import { cleanCode, cleanText } from '../kit/clean-text.ts';
import { readCountry } from '../kit/country.ts';
import { fieldProblem } from '../kit/problem.ts';
import { readDate } from '../kit/read-date.ts';
import type { Refusals } from '../kit/refusals.ts';
import { readHouse } from '../orders/read-house.ts';
import type { Publisher } from '../publishers/publisher.ts';
import type { Address } from './address.ts';
import type { AddressBody } from './address-body.ts';
import type { AddressRequest } from './decide-address-change.ts';

export type AddressReader = {
  publisher: Publisher;
  catalogue: CatalogueSnapshot;
  now: Date;
  refusals: Refusals;
};

/** What is asked for, in types; whatever cannot be understood is refused by its field. */
export function readAddressChange(reader: AddressReader, body: AddressBody): AddressRequest {
  return {
    changeType: body.changeType,
    id: body.id,
    products: readProducts(reader, body.product),
    address: readAddress(reader, body),
    startDate: readDay(reader, body.period?.startDate, 'period.startDate'),
    endDate: readDay(reader, body.period?.endDate, 'period.endDate'),
  };
}

/** Codes with commas between them, each once; one that is not in the catalogue would hold for nothing. */
function readProducts(
  { catalogue, refusals }: AddressReader,
  given: string | undefined,
): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const codes = [...new Set(given.split(',').map(cleanCode))];
  for (const code of codes) {
    if (catalogue.findProduct(code)) continue;
    refusals.refuse('product_is_unknown', 'product', 'product names what is not in the catalogue');
  }
  return codes;
}

function readAddress({ publisher, refusals }: AddressReader, body: AddressBody): Address | undefined {
  const house = readHouse(body.streetNumber, text(body.entrance));
  const said = {
    careOfAddress: text(body.careOfAddress),
    streetAddress: text(body.streetAddress),
    ...house,
    postalCode: text(body.postalCode),
    postalPlace: text(body.postalPlace),
    postalAddress: text(body.postalAddress),
    postalAddressPostalCode: text(body.postalAddressPostalCode),
    postalAddressPostalPlace: text(body.postalAddressPostalPlace),
  };
  const isSaid = Object.values(said).some((part) => part !== undefined);
  const { countryCode, changeType } = body;
  if (!isSaid && countryCode === undefined) return undefined;
  if (!isSaid) {
    refusals.refuse('input_is_invalid', 'streetAddress', 'streetAddress or another part is required');
  }
  if (countryCode === undefined) {
    if (changeType !== 'createPermanent') {
      refusals.refuse('input_is_invalid', 'countryCode', 'countryCode is required where an address is said');
    }
    return { ...said, countryCode: publisher.country };
  }
  const country = readCountry(countryCode);
  if (country === undefined) {
    refusals.refuse('input_is_invalid', 'countryCode', 'countryCode is no code of ISO 3166-1');
  }
  return { ...said, countryCode: country };
}

function text(given: string | undefined): string | undefined {
  const clean = given === undefined ? '' : cleanText(given);
  return clean === '' ? undefined : clean;
}

function readDay(
  { publisher, now, refusals }: AddressReader,
  given: string | number | undefined,
  field: string,
): Date | undefined {
  if (given === undefined) return undefined;
  const reading = readDate(given, { kind: 'start', timeZone: publisher.timeZone, now });
  if (reading.ok && reading.date !== undefined) return reading.date;
  const why = reading.ok ? reading.warning : reading.message;
  refusals.refuse('date_is_invalid', field, `${field} ${why}`);
  return undefined;
}

/** The product whose addresses are asked for; one that is not in the catalogue goes nowhere. */
export function readProduct(catalogue: CatalogueSnapshot, given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const code = cleanCode(given);
  if (catalogue.findProduct(code)) return code;
  throw fieldProblem('product_is_unknown', 'product', 'product is not in the catalogue');
}
