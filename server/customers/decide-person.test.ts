import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Choice,
  choosePerson,
  isTheirNumber,
  type NumberFacts,
  type OrderFacts,
  type Payer,
  type Prover,
  payerOf,
  type UnderNumber,
} from './decide-person.ts';

const [kari, ola] = [1, 2];
const march = new Date('2026-03-01T00:00:00Z');
const april = new Date('2026-04-01T00:00:00Z');
const may = new Date('2026-05-01T00:00:00Z');

const order: OrderFacts = {
  orderId: 10,
  customerNumber: 7,
  registeredAt: april,
  accountId: undefined,
  hasPayer: true,
  payerKeys: ['kari@', '900'],
  namedKey: undefined,
  isCorrected: false,
};
const proven = (accountId: number, heldSince?: Date): Prover => ({ accountId, heldSince });
const byKari: [string, Prover][] = [['kari@', proven(kari)]];

const payers: [string, Partial<OrderFacts>, [string, Prover][], Payer][] = [
  ['whoever has proven the payer’s address', {}, byKari, { kind: 'account', accountId: kari }],
  [
    'not the account that it is tied to: that may be whom it was bought for',
    { accountId: ola },
    byKari,
    { kind: 'account', accountId: kari },
  ],
  ['nobody, where nothing is proven', { accountId: ola }, [], { kind: 'unproven', keys: ['kari@', '900'] }],
  ['nobody any more', { hasPayer: false }, byKari, { kind: 'forgotten' }],
  ['one whose both are proven', {}, [...byKari, ['900', proven(kari)]], { kind: 'account', accountId: kari }],
  ['nobody, where two have proven one each', {}, [...byKari, ['900', proven(ola)]], { kind: 'contested' }],
  [
    'the one of two whom it is tied to',
    { accountId: ola },
    [...byKari, ['900', proven(ola)]],
    { kind: 'account', accountId: ola },
  ],
  [
    'neither of two where it is tied to a third',
    { accountId: 3 },
    [...byKari, ['900', proven(ola)]],
    { kind: 'contested' },
  ],
  [
    'not who got the number afterwards',
    {},
    [['900', proven(ola, may)]],
    { kind: 'unproven', keys: ['kari@', '900'] },
  ],
  ['who had the number by then', {}, [['900', proven(ola, march)]], { kind: 'account', accountId: ola }],
  [
    'not who got the number, where the order stayed with the account of before',
    { accountId: kari },
    [['900', proven(ola, march)]],
    { kind: 'unproven', keys: ['kari@', '900'] },
  ],
  [
    'not whom a mistyped address names',
    { isCorrected: true, namedKey: 'right@' },
    byKari,
    { kind: 'unproven', keys: ['right@', 'kari@', '900'] },
  ],
  [
    'who has proven the corrected address',
    { isCorrected: true, namedKey: 'right@' },
    [...byKari, ['right@', proven(ola)]],
    { kind: 'account', accountId: ola },
  ],
  [
    'not whom the site named where nothing was corrected',
    { namedKey: 'other@' },
    [['other@', proven(ola)]],
    { kind: 'unproven', keys: ['kari@', '900'] },
  ],
];
for (const [what, changes, provers, payer] of payers) {
  test(`the payer is ${what}`, () => {
    assert.deepEqual(payerOf({ ...order, ...changes }, new Map(provers)), payer);
  });
}

const paidBy = (orderId: number, accountId: number) => {
  return { orderId, payer: { kind: 'account' as const, accountId } };
};
const typed = (orderId: number, ...keys: string[]) => ({
  orderId,
  payer: { kind: 'unproven' as const, keys },
});
const nothing: UnderNumber = {
  attached: [],
  isWritten: false,
  isRegistered: false,
  isErased: false,
  contacts: [],
  payers: [],
};
const bare = (key: string) => ({ key, provenBy: undefined });

/** Account, orders of a payer without one, and whether what is registered goes with them; or how many there are. */
type Told = [number | undefined, number[], boolean] | [number, number] | 'nobody';
const choices: [string, Partial<UnderNumber>, { key: string; provenBy: number | undefined }[], Told][] = [
  ['nobody', {}, [], 'nobody'],
  ['who is attached', { attached: [kari] }, [], [kari, [], true]],
  [
    'who is attached, whoever else typed the number',
    { attached: [kari], payers: [paidBy(10, ola), typed(11, 'guest@')] },
    [],
    [kari, [], true],
  ],
  ['neither of two who are attached', { attached: [kari, ola] }, [], [2, 0]],
  [
    'the one of two who is named, and not what is registered for both',
    { attached: [kari, ola], isWritten: true, isRegistered: true },
    [{ key: 'ola@', provenBy: ola }],
    [ola, [], false],
  ],
  ['the only account that paid', { payers: [paidBy(10, kari), paidBy(11, kari)] }, [], [kari, [], true]],
  ['neither of two who paid', { payers: [paidBy(10, kari), paidBy(11, ola)] }, [], [2, 0]],
  ['neither an account nor a guest', { payers: [paidBy(10, kari), typed(11, 'guest@')] }, [], [1, 1]],
  ['a guest', { payers: [typed(10, 'guest@')] }, [], [undefined, [10], true]],
  [
    'a guest with all that share an address, over a third',
    { payers: [typed(10, 'a@', '900'), typed(11, 'b@', '901'), typed(12, '900', '901')] },
    [],
    [undefined, [10, 11, 12], true],
  ],
  ['neither of two guests', { payers: [typed(10, 'a@'), typed(11, 'b@')] }, [], [0, 2]],
  [
    'the guest who is named',
    { payers: [typed(10, 'a@'), typed(11, 'b@'), paidBy(12, kari)] },
    [bare('b@')],
    [undefined, [11], false],
  ],
  [
    'both guests who are named',
    { payers: [typed(10, 'a@'), typed(11, 'b@'), typed(12, 'c@')] },
    [bare('a@'), bare('b@')],
    [undefined, [10, 11], false],
  ],
  [
    'an account with what it paid for by an address that is named',
    { payers: [paidBy(10, kari), typed(11, 'old@')] },
    [{ key: 'kari@', provenBy: kari }, bare('old@')],
    [kari, [11], false],
  ],
  [
    'nobody of several whom what is named fits',
    { payers: [typed(10, 'a@'), typed(11, 'b@')] },
    [bare('c@')],
    [0, 2],
  ],
  ['those without an address, as one', { payers: [typed(10), typed(11)] }, [], [undefined, [10, 11], true]],
  ['the registered customer', { isWritten: true, isRegistered: true }, [], [undefined, [], true]],
  [
    'the registered customer with the guest whom it names',
    { isWritten: true, isRegistered: true, contacts: [bare('a@')], payers: [typed(10, 'a@')] },
    [],
    [undefined, [10], true],
  ],
  [
    'the registered customer with the account whom it names',
    {
      isWritten: true,
      isRegistered: true,
      contacts: [{ key: 'kari@', provenBy: kari }],
      payers: [paidBy(10, kari)],
    },
    [],
    [kari, [], true],
  ],
  [
    'not whoever typed the number of a registered customer',
    { isWritten: true, isRegistered: true, contacts: [bare('a@')], payers: [paidBy(10, ola)] },
    [],
    [1, 1],
  ],
  [
    'a registered customer by an address of theirs',
    { isWritten: true, isRegistered: true, contacts: [bare('a@')], payers: [paidBy(10, ola)] },
    [bare('a@')],
    [undefined, [], true],
  ],
  [
    'nobody of three, two of whom the registered customer names',
    {
      isWritten: true,
      isRegistered: true,
      contacts: [bare('a@'), bare('b@')],
      payers: [typed(10, 'a@'), typed(11, 'b@')],
    },
    [bare('x@')],
    [0, 3],
  ],
  [
    'nobody where the payer is forgotten',
    { payers: [{ orderId: 10, payer: { kind: 'forgotten' } }] },
    [],
    'nobody',
  ],
  ['what is written though nobody said it', { isWritten: true }, [], [undefined, [], true]],
  [
    'one of two, with what is written of them though nobody said it',
    { isWritten: true, contacts: [bare('b@')], payers: [typed(10, 'a@'), typed(11, 'b@')] },
    [bare('b@')],
    [undefined, [11], true],
  ],
  [
    'neither of two, whom nothing that is written names',
    { isWritten: true, payers: [typed(10, 'a@'), typed(11, 'b@')] },
    [],
    [0, 2],
  ],
  ['nobody, after whoever stood there was erased', { isErased: true }, [], 'nobody'],
  ['not who is left when another was erased', { isErased: true, payers: [paidBy(10, ola)] }, [], [1, 0]],
  [
    'who is left when another was erased, by name',
    { isErased: true, payers: [typed(10, 'a@')] },
    [bare('a@')],
    [undefined, [10], true],
  ],
  ['who was attached since another was erased', { isErased: true, attached: [ola] }, [], [ola, [], true]],
  ['only what is named, where nobody is left', {}, [bare('a@')], [undefined, [], false]],
];

function told(choice: Choice): Told {
  if (choice.kind === 'nobody') return 'nobody';
  if (choice.kind === 'several') return [choice.accounts, choice.others];
  const { accountIds, orderIds, ownsNumber } = choice.party;
  assert.ok(accountIds.length <= 1);
  return [accountIds[0], orderIds.toSorted((one, other) => one - other), ownsNumber];
}

for (const [what, under, given, expected] of choices) {
  test(`a number means ${what}`, () => {
    assert.deepEqual(told(choosePerson({ ...nothing, ...under }, given)), expected);
  });
}

const noFacts: NumberFacts = {
  isChosen: false,
  isAttached: false,
  isAttachedToOthers: false,
  namesThem: false,
  namesOthers: false,
};
const numbers: [Partial<NumberFacts>, boolean][] = [
  [{}, false],
  [{ isAttached: true }, true],
  [{ isAttached: true, namesOthers: true }, true],
  [{ isAttached: true, isAttachedToOthers: true }, false],
  [{ isChosen: true }, true],
  [{ isChosen: true, isAttachedToOthers: true }, false],
  [{ namesThem: true }, true],
  [{ namesThem: true, namesOthers: true }, false],
  [{ namesOthers: true }, false],
];
for (const [facts, isTheirsToo] of numbers) {
  test(`a number with ${JSON.stringify(facts)} is ${isTheirsToo ? '' : 'not '}theirs`, () => {
    assert.equal(isTheirNumber({ ...noFacts, ...facts }), isTheirsToo);
  });
}
