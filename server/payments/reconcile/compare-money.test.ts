import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../port/provider-answer.ts';
import { type BookedAttempt, type Compared, compareMoney } from './compare-money.ts';

const totals = (authorizedMinor = 0, capturedMinor = 0, refundedMinor = 0, cancelledMinor = 0) => ({
  authorizedMinor,
  capturedMinor,
  refundedMinor,
  cancelledMinor,
});
const paid = totals(100, 100);
const nothing = totals();

const cases: [
  string,
  Partial<BookedAttempt>,
  Pick<Evidence, 'meaning'> & Partial<Evidence>,
  Compared['kind'],
  RegExp?,
][] = [
  ['the same', { money: paid }, { meaning: 'secured', money: paid }, 'agrees'],
  ['paid, and no totals are told', { money: paid }, { meaning: 'secured' }, 'agrees'],
  ['still at work on both sides', { state: 'pending', money: nothing }, { meaning: 'pending' }, 'agrees'],
  ['declined on both sides', { state: 'declined', money: nothing }, { meaning: 'declined' }, 'agrees'],
  [
    'paid there, pending here',
    { state: 'pending', money: nothing },
    { meaning: 'secured', money: paid },
    'unknown to us',
    /reserved 100 there, 0 here; taken 100 there, 0 here/,
  ],
  [
    'secured there without totals, expired here',
    { state: 'expired', money: nothing },
    { meaning: 'secured' },
    'unknown to us',
  ],
  [
    'given back in the portal of the provider',
    { money: paid },
    { meaning: 'secured', money: totals(100, 100, 40) },
    'unknown to us',
    /given back 40 there, 0 here/,
  ],
  [
    'taken here, only reserved there',
    { money: paid },
    { meaning: 'secured', money: totals(100) },
    'unknown to the provider',
    /taken 0 there, 100 here/,
  ],
  ['paid here, never sent there', { money: paid }, { meaning: 'not_sent' }, 'unknown to the provider'],
  ['paid here, declined there', { money: paid }, { meaning: 'declined' }, 'unknown to the provider'],
  [
    'given back here, not there',
    { money: totals(100, 100, 100) },
    { meaning: 'secured', money: paid },
    'unknown to the provider',
  ],
  ['no answer', { money: paid }, { meaning: 'unknown', code: 'timeout' }, 'cannot tell', /timeout/],
];

for (const [name, booked, evidence, kind, says] of cases) {
  test(name, () => {
    const known = { state: 'secured', amountMinor: 100, money: nothing } as const;
    const compared = compareMoney({ ...known, ...booked }, { raw: '', ...evidence });
    assert.equal(compared.kind, kind);
    if (says) assert.match('says' in compared ? compared.says : '', says);
  });
}
