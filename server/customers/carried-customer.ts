import { type Static, Type } from 'typebox';
import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import { cleanCode } from '../kit/clean-text.ts';
import { narrowing, narrowsIfGiven } from '../kit/http/field-sorts.ts';
import { customerNumber } from '../kit/ids.ts';
import { dateForms } from '../kit/read-date.ts';
import { readPast } from '../kit/read-past.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { Publisher } from '../publishers/publisher.ts';
import type { Address } from './address.ts';
import { AddressBody } from './address-body.ts';
import { ReferenceFields, readReference } from './api/reference-fields.ts';
import type { ConsentStatement } from './consent.ts';
import { ConsentBody } from './consent-body.ts';
import { customerFields } from './customer-body.ts';
import type { CustomerKey } from './customers-store.ts';
import { readAddressChange } from './read-address-change.ts';
import { readCustomer } from './read-customer.ts';
import type { Reference } from './references-store.ts';

const { changeType: _changeType, id: _id, ...addressFields } = AddressBody.properties;
const { statedAt: _statedAt, ...consentFields } = ConsentBody.properties;
const date = Type.Union([Type.Integer(), Type.String({ minLength: 1, maxLength: 40 })], {
  description: dateForms,
});
const list = <Item extends Parameters<typeof Type.Array>[0]>(item: Item, maxItems: number) =>
  narrowsIfGiven(Type.Optional(Type.Array(item, { maxItems })));

/** Ours begin at a million; one beyond this leaves no room for them. */
const largestNumber = 999_999_999_999;

/** A customer as a file tells of one. The fields are those of the endpoints for customers. */
export const CarriedCustomerBody = narrowing({
  customerNumber: Type.Integer({ minimum: 1, maximum: largestNumber }),
  ...customerFields,
  isSaid: narrowsIfGiven(
    Type.Optional(Type.Boolean({ description: 'false where no more is known than what an order says' })),
  ),
  registeredAt: narrowsIfGiven(Type.Optional(date)),
  addresses: list(narrowing(addressFields), 500),
  externalReferences: list(narrowing(ReferenceFields), 100),
  consents: list(
    narrowing({
      ...consentFields,
      statedAt: date,
      by: narrowsIfGiven(
        Type.Optional(
          narrowing({
            kind: Type.Union([Type.Literal('client'), Type.Literal('user'), Type.Literal('command')]),
            id: Type.String({ minLength: 1, maxLength: 255 }),
          }),
        ),
      ),
    }),
    1000,
  ),
});
export type CarriedCustomerBody = Static<typeof CarriedCustomerBody>;

/** Without a start it holds from now on, unless the same one holds already. */
export type CarriedAddress = {
  products: readonly string[] | undefined;
  address: Address;
  startsAt: Date | undefined;
  endsAt: Date | undefined;
};

export type CarriedStatement = Omit<ConsentStatement, 'version'> & { version: number | undefined };

/** A customer of a file, in types. */
export type CarriedCustomer = CustomerKey &
  ReturnType<typeof readCustomer> & {
    isSaid: boolean;
    registeredAt: Date | undefined;
    addresses: readonly CarriedAddress[];
    references: readonly Reference[];
    statements: readonly CarriedStatement[];
  };

export type CarriedReader = {
  publisher: Publisher;
  catalogue: CatalogueSnapshot;
  credentialHash: Buffer;
  now: Date;
  refusals: Refusals;
};

/** Reads a customer of a file by the rules of the endpoints; whatever cannot be understood is refused. */
export function readCarriedCustomer(reader: CarriedReader, body: CarriedCustomerBody): CarriedCustomer {
  return {
    publisherId: reader.publisher.publisherId,
    customerNumber: customerNumber(body.customerNumber),
    ...readCustomer(reader, body),
    isSaid: body.isSaid ?? true,
    registeredAt: readPast(pastOf(reader), body.registeredAt, 'registeredAt'),
    addresses: (body.addresses ?? []).flatMap((one, index) => readAddress(reader, one, index)),
    references: readReferences(reader, body.externalReferences ?? []),
    statements: readStatements(reader, body.consents ?? []),
  };
}

function pastOf({ publisher: { timeZone }, now, refusals }: CarriedReader) {
  return { timeZone, now, refusals };
}

type AddressFields = NonNullable<CarriedCustomerBody['addresses']>[number];

function readAddress(reader: CarriedReader, given: AddressFields, index: number): CarriedAddress[] {
  const path = `addresses[${index}]`;
  const refuse = reader.refusals.refuse;
  const refusals: Refusals = {
    ...reader.refusals,
    refuse: (code, field, message) => refuse(code, `${path}.${field}`, `${path}.${message}`),
  };
  const read = readAddressChange({ ...reader, refusals }, { ...given, changeType: 'createPermanent' });
  const { products, address, startDate: startsAt, endDate: endsAt } = read;
  const refuseHere = (field: string, message: string) =>
    refusals.refuse('input_is_invalid', field, `${field} ${message}`);
  if (!address) {
    refuseHere('streetAddress', 'or another part is required');
    return [];
  }
  if (endsAt && !products) refuseHere('period.endDate', 'cannot be said of an address without product');
  if (endsAt && endsAt <= (startsAt ?? reader.now)) {
    refuseHere('period.endDate', 'must be later than the start, which is now unless it is said');
  }
  return [{ products, address, startsAt, endsAt }];
}

function readReferences({ refusals }: CarriedReader, given: readonly Reference[]): Reference[] {
  const references = given.map(readReference);
  for (const [index, { referenceCode: code }] of references.entries()) {
    if (references.findIndex((one) => one.referenceCode === code) === index) continue;
    const field = `externalReferences[${index}].referenceCode`;
    refusals.refuse('external_reference_exists', field, `${field} is said twice`);
  }
  return references;
}

type ConsentFields = NonNullable<CarriedCustomerBody['consents']>[number];

function readStatements(reader: CarriedReader, given: readonly ConsentFields[]): CarriedStatement[] {
  const past = pastOf(reader);
  return given.map(({ consentCode, version, channelCode = '', state, source, ...more }, index) => ({
    consentCode: cleanCode(consentCode),
    version,
    channelCode: cleanCode(channelCode),
    state,
    statedAt: readPast(past, more.statedAt, `consents[${index}].statedAt`) ?? reader.now,
    source,
    by: more.by ?? { kind: 'command', id: 'import people' },
  }));
}
