import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerNumber, publisherId } from '../kit/ids.ts';
import type { CarriedAddress, CarriedCustomer, CarriedStatement } from './carried-customer.ts';
import { decideCarriedText } from './carry-consent-text.ts';
import type { ConsentStatement } from './consent.ts';
import type { StoredAddress } from './decide-address-change.ts';
import { decideCarriedCustomer, type StandingCustomer } from './decide-carried-customer.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const now = at(20);
const kari = { name: { lastName: 'Nordmann' }, phoneNumbers: [], emails: ['kari@example.com'] };
const texts = [{ consentCode: 'NEWS', version: 1, text: 'Yes?', madeAt: at(1) }];

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

test('a version of a text has the words that it had', () => {
  const decide = (version: number, text: string) =>
    decideCarriedText({ consentCode: 'NEWS', version, text, madeAt: undefined }, texts);
  assert.deepEqual([decide(1, 'Yes?'), decide(1, 'No?'), decide(2, 'No?')], ['keep', 'other words', 'add']);
});
