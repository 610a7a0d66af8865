import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerNumber, publisherId } from '../kit/ids.ts';
import type { CarriedAddress, CarriedCustomer, CarriedStatement } from './carried-customer.ts';
import { type ConsentStatement, mostStatements } from './consent.ts';
import type { StoredAddress } from './decide-address-change.ts';
import { decideCarriedCustomer, type StandingCustomer } from './decide-carried-customer.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const now = at(20);
const kari = { name: { lastName: 'Nordmann' }, phoneNumbers: [], emails: ['kari@example.com'] };
const texts = [
  { consentCode: 'NEWS', version: 1, text: 'Yes?', madeAt: at(1) },
  { consentCode: 'NEWS', version: 2, text: 'Really?', madeAt: at(1) },
  { consentCode: 'MORE', version: 1, text: 'More?', madeAt: at(1) },
];

const carried: CarriedCustomer = {
  publisherId: publisherId(1),
  customerNumber: customerNumber(7),
  details: kari,
  keys: [],
  isSaid: true,
  registeredAt: undefined,
  addresses: [],
  references: [],
  statements: [],
};
const nobody: StandingCustomer = {
  customer: undefined,
  isOfOthers: false,
  addresses: [],
  references: [],
  taken: [],
  statements: [],
};
const here: StandingCustomer = { ...nobody, customer: { details: kari, isSaid: true, isAsCarried: true } };
const ola = { ...kari, name: { lastName: 'Ola', firstName: undefined } };

const home = (street: string, startsAt?: Date): CarriedAddress => ({
  products: undefined,
  address: { streetAddress: street, entrance: undefined },
  startsAt,
  endsAt: undefined,
});
const stored = (street: string, startsAt: Date, products?: string[]): StoredAddress => ({
  addressId: startsAt.getTime(),
  products,
  address: { streetAddress: street },
  startsAt,
  endsAt: undefined,
});
const said = (state: 'given' | 'withdrawn', day: number): CarriedStatement & ConsentStatement => ({
  consentCode: 'NEWS',
  version: 1,
  channelCode: '',
  state,
  statedAt: at(day),
  source: 'letter',
  by: { kind: 'command', id: 'import people' },
});
const crm = { referenceCode: 'CRM', externalId: 'A1' };

/** What a file says, what stands here, and what becomes of it: details and how many of each part, or rules. */
const cases: [string, Partial<CarriedCustomer>, StandingCustomer, string][] = [
  ['nobody is here', {}, nobody, 'add 0 0 0'],
  ['orders of others have the number', {}, { ...nobody, isOfOthers: true }, 'customer_is_another'],
  ['they are here', {}, here, 'keep 0 0 0'],
  ['they are called otherwise by now', { details: ola }, here, 'replace 0 0 0'],
  [
    'they were changed here',
    {},
    { ...here, customer: { details: ola, isSaid: true, isAsCarried: false } },
    'customer_exists',
  ],
  [
    'they were changed here to the same',
    {},
    { ...here, customer: { details: kari, isSaid: true, isAsCarried: false } },
    'keep 0 0 0',
  ],
  [
    'only an order said who they are',
    { details: ola },
    { ...here, customer: { details: kari, isSaid: false, isAsCarried: false } },
    'replace 0 0 0',
  ],
  [
    'only an order said the same',
    {},
    { ...here, customer: { details: kari, isSaid: false, isAsCarried: false } },
    'replace 0 0 0',
  ],
  [
    'an order says no less than the file',
    { isSaid: false },
    { ...here, customer: { details: kari, isSaid: false, isAsCarried: false } },
    'keep 0 0 0',
  ],
  [
    'an order of somebody else',
    {},
    { ...here, customer: { details: ola, isSaid: false, isAsCarried: false }, isOfOthers: true },
    'customer_is_another',
  ],
  ['a home address', { addresses: [home('Storgata', at(1))] }, nobody, 'add 1 0 0'],
  [
    'the home address that is here',
    { addresses: [home('Storgata', at(1))] },
    { ...here, addresses: [stored('Storgata', at(1))] },
    'keep 0 0 0',
  ],
  [
    'the same home before',
    { addresses: [home('Storgata', at(1))] },
    { ...here, addresses: [stored('Storgata', at(2))] },
    'keep 1 0 0',
  ],
  [
    'the home that holds, without a start',
    { addresses: [home('Storgata')] },
    { ...here, addresses: [stored('Storgata', at(2))] },
    'keep 0 0 0',
  ],
  [
    'the first home, without a start',
    { addresses: [home('Storgata')] },
    { ...here, addresses: [stored('Hytta', at(2), ['AVIS'])] },
    'keep 1 0 0',
  ],
  [
    'another home, without a start',
    { addresses: [home('Storgata')] },
    { ...here, addresses: [stored('Lillegata', at(2))] },
    'address_is_another',
  ],
  [
    'a home of before, without a start',
    { addresses: [home('Storgata')] },
    { ...here, addresses: [stored('Storgata', at(2)), stored('Lillegata', at(3))] },
    'address_is_another',
  ],
  ['a reference', { references: [crm] }, nobody, 'add 0 1 0'],
  ['the reference that is here', { references: [crm] }, { ...here, references: [crm] }, 'keep 0 0 0'],
  [
    'another reference of that system',
    { references: [crm] },
    { ...here, references: [{ ...crm, externalId: 'B' }] },
    'external_reference_exists',
  ],
  ['a reference of another', { references: [crm] }, { ...here, taken: [crm] }, 'external_id_is_taken'],
  ['consents in their order', { statements: [said('given', 1), said('withdrawn', 2)] }, nobody, 'add 0 0 2'],
  [
    'the consents that are here',
    { statements: [said('given', 1), said('withdrawn', 2)] },
    { ...here, statements: [said('given', 1), said('withdrawn', 2)] },
    'keep 0 0 0',
  ],
  [
    'a consent since then',
    { statements: [said('withdrawn', 2)] },
    { ...here, statements: [said('given', 1)] },
    'keep 0 0 1',
  ],
  [
    'a yes from before a no here',
    { statements: [said('given', 1)] },
    { ...here, statements: [said('withdrawn', 2)] },
    'keep 0 0 1',
  ],
  [
    'a yes from before a yes here',
    { statements: [said('given', 1)] },
    { ...here, statements: [said('given', 2)] },
    'keep 0 0 0',
  ],
  [
    'a no of no version, before a yes here to newer words',
    { statements: [{ ...said('withdrawn', 2), version: undefined }] },
    { ...here, statements: [said('withdrawn', 2), { ...said('given', 3), version: 2 }] },
    'keep 0 0 0',
  ],
  [
    'another consent at that moment',
    { statements: [said('given', 2)] },
    { ...here, statements: [{ ...said('given', 2), consentCode: 'MORE' }] },
    'keep 0 0 1',
  ],
  [
    'another channel at that moment',
    { statements: [said('given', 2)] },
    { ...here, statements: [{ ...said('given', 2), channelCode: 'sms' }] },
    'keep 0 0 1',
  ],
  [
    'a yes at the moment of a no',
    { statements: [said('given', 2)] },
    { ...here, statements: [said('withdrawn', 2)] },
    'keep 0 0 1',
  ],
  [
    'a yes that was said again',
    { statements: [said('given', 3)] },
    { ...here, statements: [said('given', 2)] },
    'keep 0 0 1',
  ],
  [
    'another name of another in that system',
    { references: [crm] },
    { ...here, taken: [{ ...crm, externalId: 'B' }] },
    'keep 0 1 0',
  ],
  [
    'the name of another in another system',
    { references: [crm] },
    { ...here, taken: [{ ...crm, referenceCode: 'ERP' }] },
    'keep 0 1 0',
  ],
  [
    'a product goes where home is',
    { addresses: [{ ...home('Storgata'), products: ['AVIS'] }] },
    { ...here, addresses: [stored('Storgata', at(2))] },
    'keep 1 0 0',
  ],
  [
    'a consent to nothing',
    { statements: [{ ...said('given', 1), consentCode: 'NONE' }] },
    nobody,
    'consent_is_unknown',
  ],
  [
    'a yes to no words',
    { statements: [{ ...said('given', 1), version: undefined }] },
    nobody,
    'version_is_required',
  ],
];

for (const [what, given, standing, does] of cases) {
  test(`a customer that a file tells of: ${what}`, () => {
    const plan = decideCarriedCustomer({ ...carried, ...given }, standing, { texts, now });
    const told =
      'conflicts' in plan
        ? plan.conflicts.map(({ rule }) => rule)
        : [plan.does, plan.addresses.length, plan.references.length, plan.statements.length];
    assert.equal(told.join(' '), does);
  });
}

const refusals: [Partial<CarriedCustomer>, Partial<StandingCustomer>, string][] = [
  [{}, { isOfOthers: true }, 'customerNumber is on orders here whose payer shares no address'],
  [
    {},
    { customer: { details: ola, isSaid: true, isAsCarried: false } },
    'customerNumber is of a customer who was registered or changed here, and of whom the file says otherwise',
  ],
  [
    { addresses: [home('Storgata')] },
    { addresses: [stored('Lillegata', at(2))] },
    'addresses[0].period.startDate is required: another address holds here',
  ],
  [
    { references: [crm] },
    { references: [{ ...crm, externalId: 'B' }] },
    'externalReferences[0].externalId is another one here',
  ],
  [
    { references: [crm] },
    { taken: [crm] },
    'externalReferences[0].externalId stands for another customer here',
  ],
  [
    { statements: [{ ...said('given', 1), consentCode: 'NONE' }] },
    {},
    'consents[0].consentCode names no text of consent',
  ],
  [
    { statements: [{ ...said('given', 1), version: undefined }] },
    {},
    'consents[0].version is required to give a consent: which words were shown',
  ],
  [
    { statements: [said('given', 3)] },
    {
      statements: Array.from({ length: mostStatements }, () => ({
        ...said('given', 2),
        consentCode: 'MORE',
      })),
    },
    'consents[0].statedAt is of more statements than a customer may have',
  ],
];
for (const [given, standing, told] of refusals) {
  test(`a line is refused in its field: ${told}`, () => {
    const plan = decideCarriedCustomer({ ...carried, ...given }, { ...nobody, ...standing }, { texts, now });
    assert.ok('conflicts' in plan);
    const [first] = plan.conflicts;
    assert.deepEqual([first?.field, first?.message], [told.split(' ')[0], told]);
  });
}
