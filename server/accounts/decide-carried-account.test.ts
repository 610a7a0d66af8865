import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CarriedAccount, CarriedCredential } from './carried-account.ts';
import {
  decideCarriedAccount,
  type StandingAccount,
  type StandingCredential,
  type StandingOfAccount,
} from './decide-carried-account.ts';
import { isKnownHash } from './known-hashes.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const mail = (provenAt?: Date): CarriedCredential => ({
  key: Buffer.from('mail'),
  kind: 'email',
  shown: 'kari@example.com',
  provenAt,
  lastProvenAt: provenAt,
  heldSince: undefined,
});
const proven = mail(at(5));
const carried: CarriedAccount = {
  uniqueUserId: 'a'.repeat(32),
  customerNumber: 7,
  createdAt: undefined,
  isClosed: false,
  passwordHash: undefined,
  credentials: [proven],
};
const nameless = { ...carried, uniqueUserId: undefined };
const own: StandingAccount = { accountId: 1, state: 'active', customerNumber: 7, passwordHash: undefined };
const others: StandingAccount = { ...own, accountId: 2 };
const held = (account: StandingAccount, provenAt?: Date): StandingCredential => ({
  account,
  provenAt,
  lastProvenAt: provenAt,
});
const nobody: StandingOfAccount = { byId: undefined, byCredential: [undefined] };
const standing = (byId: StandingOfAccount['byId'], ...byCredential: (StandingCredential | undefined)[]) => ({
  byId,
  byCredential,
});

/** What a file says, what stands here, and what becomes of it: account, state, credentials or broken rules. */
const cases: [string, CarriedAccount, StandingOfAccount, string][] = [
  ['nobody is here', carried, nobody, 'new active add'],
  ['nobody has proven it', { ...carried, credentials: [mail()] }, nobody, 'new pending add'],
  ['no credential', { ...carried, credentials: [] }, standing(undefined), 'new pending'],
  ['it is closed', { ...carried, isClosed: true }, nobody, 'new closed add'],
  ['it is here', carried, standing(own, held(own, at(5))), '1 active'],
  ['it was proven here later', carried, standing(own, held(own, at(9))), '1 active'],
  ['it was proven there later', carried, standing(own, held(own, at(1))), '1 active prove'],
  ['the id is here without the credential', carried, standing(own, undefined), '1 active add'],
  [
    'what is unproven stays so',
    { ...carried, credentials: [mail()] },
    standing({ ...own, state: 'pending' }, held({ ...own, state: 'pending' })),
    '1 pending',
  ],
  [
    'what was pending is proven',
    carried,
    standing({ ...own, state: 'pending' }, held({ ...own, state: 'pending' })),
    '1 active changed prove',
  ],
  ['by the credential', nameless, standing(undefined, held(own, at(5))), '1 active'],
  [
    'by the credential of one who is pending',
    nameless,
    standing(undefined, held({ ...own, state: 'pending' })),
    '1 active changed prove',
  ],
  // Somebody who is logged in here wrote down an address that is another's.
  ['a claim here gives way to a proof', carried, standing(undefined, held(others)), 'new active move'],
  ['a claim here is nobody’s', nameless, standing(undefined, held(others)), 'new active move'],
  [
    'a claim against a claim',
    { ...carried, credentials: [mail()] },
    standing(undefined, held(others)),
    'credential_is_taken',
  ],
  ['it is another’s here', carried, standing(own, held(others, at(1))), 'credential_is_taken'],
  [
    'it is another’s here, who is new',
    carried,
    standing(undefined, held(others, at(9))),
    'credential_is_taken',
  ],
  [
    'it is here of one who is pending',
    carried,
    standing(undefined, held({ ...others, state: 'pending' })),
    'credential_is_taken',
  ],
  [
    'it is of a closed account',
    carried,
    standing(undefined, held({ ...others, state: 'closed' })),
    'credential_is_taken',
  ],
  [
    'two credentials of two accounts',
    { ...nameless, credentials: [proven, proven] },
    standing(undefined, held(own, at(1)), held(others, at(1))),
    'credential_is_taken credential_is_taken',
  ],
  ['an id of another publisher', carried, standing('another publisher', undefined), 'user_is_taken'],
  [
    'another customer',
    carried,
    standing({ ...own, customerNumber: 8 }, held(own, at(5))),
    'user_is_another_customer',
  ],
  [
    'a customer by now',
    carried,
    standing({ ...own, customerNumber: undefined }, held(own, at(5))),
    '1 active changed',
  ],
  [
    'no customer in the file',
    { ...carried, customerNumber: undefined },
    standing(own, held(own, at(5))),
    '1 active',
  ],
  ['closed here', carried, standing({ ...own, state: 'closed' }, held(own, at(5))), 'account_is_closed'],
  ['closed there', { ...carried, isClosed: true }, standing(own, held(own, at(5))), 'account_is_open'],
  [
    'closed here and there',
    { ...carried, isClosed: true },
    standing({ ...own, state: 'closed' }, held({ ...own, state: 'closed' }, at(5))),
    '1 closed',
  ],
  ['a password', { ...carried, passwordHash: 'x' }, standing(own, held(own, at(5))), '1 active changed'],
  [
    'the password that is here',
    { ...carried, passwordHash: 'x' },
    standing({ ...own, passwordHash: 'x' }, held(own, at(5))),
    '1 active',
  ],
];

for (const [what, given, here, does] of cases) {
  test(`an account that a file tells of: ${what}`, () => {
    const plan = decideCarriedAccount(given, here);
    const told =
      'conflicts' in plan
        ? plan.conflicts.map(({ rule }) => rule)
        : [
            plan.accountId ?? 'new',
            plan.state,
            ...(plan.isChanged ? ['changed'] : []),
            ...plan.credentials.map((one) => one.does),
          ];
    assert.equal(told.join(' '), does);
  });
}

const refusals: [CarriedAccount, StandingOfAccount, string][] = [
  [carried, standing('another publisher'), 'uniqueUserId is of an account of another publisher'],
  [
    { ...nameless, credentials: [proven, proven] },
    standing(undefined, held(own, at(5)), held(others, at(5))),
    'credentials stand at several accounts here',
  ],
  [carried, standing(own, held(others, at(1))), 'credentials[0].credential stands at another account here'],
  [carried, standing({ ...own, state: 'closed' }), 'isClosed must be true: the account is closed here'],
  [{ ...carried, isClosed: true }, standing(own), 'isClosed cannot be true: the account is open here'],
  [
    carried,
    standing({ ...own, customerNumber: 8 }),
    'customerNumber is not the one that the account has here',
  ],
];
for (const [given, here, told] of refusals) {
  test(`a line is refused in its field: ${told}`, () => {
    const plan = decideCarriedAccount(given, here);
    assert.ok('conflicts' in plan);
    const [first] = plan.conflicts;
    assert.deepEqual([first?.field, first?.message], [told.split(' ')[0], told]);
  });
}

// As the tools print them: `argon2`, `htpasswd -B`, Passlib and Django.
const hashes: [string, boolean][] = [
  ['$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ', true],
  ['$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC', true],
  ['$pbkdf2-sha256$29000$N2YMIWQsBWBMae09x1jrPQ$1t8iyB2A.WF/Z5JZv.lfCIhXXN33N23OSgQYThBYRfk', true],
  ['pbkdf2_sha256$600000$somesalt$fSmrOoxYbnbXxjn07vAPCcHlrWL6ttfAbwrQ5q3zhBY=', true],
  ['$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E', true],
  ['secret', false],
  ['5f4dcc3b5aa765d61d8327deb882cf99', false],
  ['$2y$05$short', false],
];
for (const [hash, isKnown] of hashes) {
  test(`${hash.slice(0, 14)} ${isKnown ? 'can' : 'cannot'} be checked by itself`, () => {
    assert.equal(isKnownHash(hash), isKnown);
  });
}
