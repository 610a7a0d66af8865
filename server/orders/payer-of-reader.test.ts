import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Party } from './order-body.ts';
import { payerOfReader, type ReaderProfile } from './payer-of-reader.ts';

const kari: ReaderProfile = {
  customerNumber: 7,
  name: { firstName: 'Kari', lastName: 'Nordmann', companyName: undefined },
  credentials: [
    { kind: 'mobile', credential: '+4790000001' },
    { kind: 'email', credential: 'kari@example.com' },
    { kind: 'email', credential: 'kari@work.example' },
  ],
};
const nobody: ReaderProfile = { customerNumber: undefined, name: {}, credentials: [] };
const names = { firstName: 'Kari', lastName: 'Nordmann' };
const contacts = { emails: ['kari@example.com', 'kari@work.example'], phoneNumbers: ['+4790000001'] };
const ola = { lastName: 'Hansen', emails: ['ola@example.com'] };

const cases: readonly [string, ReaderProfile, Party | undefined, Party][] = [
  ['nothing is the reader', kari, undefined, { ...names, ...contacts, customerNumber: 7 }],
  ['an empty payer is the reader', kari, {}, { ...names, ...contacts, customerNumber: 7 }],
  ['blanks say nothing', kari, { lastName: ' ', emails: [''] }, { ...names, ...contacts, customerNumber: 7 }],
  ['all of another', kari, ola, { ...ola, customerNumber: 7 }],
  [
    'a name alone is reached where the reader is',
    kari,
    { companyName: 'Avisa AS' },
    { companyName: 'Avisa AS', ...contacts, customerNumber: 7 },
  ],
  [
    'a contact alone has the reader’s name and no other contact',
    kari,
    { phoneNumbers: ['90000002'] },
    { ...names, phoneNumbers: ['90000002'], customerNumber: 7 },
  ],
  [
    'half a name is not filled up',
    kari,
    { firstName: 'Ola' },
    { firstName: 'Ola', ...contacts, customerNumber: 7 },
  ],
  [
    'what else is said stays',
    kari,
    { street: 'Gata' },
    { street: 'Gata', ...names, ...contacts, customerNumber: 7 },
  ],
  ['a number that is given stays', kari, { customerNumber: 8 }, { ...names, ...contacts, customerNumber: 8 }],
  ['nobody has nothing', nobody, undefined, { emails: [], phoneNumbers: [] }],
  ['nobody keeps what is given', nobody, ola, ola],
];

for (const [name, profile, given, expected] of cases) {
  test(`the payer of a reader: ${name}`, () => assert.deepEqual(payerOfReader(profile, given), expected));
}
