import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttemptState } from '../payment.ts';
import type { Evidence } from '../port/provider-answer.ts';
import type { ReceivedEvidence } from './received-evidence.ts';
import { saysNothing, weighEvidence } from './weigh-evidence.ts';

type Meaning = Evidence['meaning'];
const meanings: readonly Meaning[] = [
  ...(['pending', 'unknown', 'secured', 'declined'] as const),
  ...(['aborted', 'expired', 'not_sent'] as const),
];

/** Which evidence says more than what is known, by the attempt's state; all other evidence changes nothing. */
const saysMore: Record<AttemptState, readonly Meaning[]> = {
  created: ['pending', 'unknown', 'secured', 'declined', 'not_sent'],
  sent: ['pending', 'unknown', 'secured', 'declined', 'aborted', 'expired', 'not_sent'],
  // A lost answer says less than the provider's word that it is at work.
  pending: ['secured', 'declined', 'aborted', 'expired'],
  unknown: ['pending', 'secured', 'declined', 'aborted', 'expired', 'not_sent'],
  secured: [],
  declined: ['secured'],
  aborted: ['secured'],
  expired: ['secured'],
  discarded: ['secured'],
};

for (const [state, applied] of Object.entries(saysMore) as [AttemptState, readonly Meaning[]][]) {
  test(`what says more than ${state}: ${applied.join(', ') || 'nothing'}`, () => {
    for (const meaning of meanings) {
      const weighed = weighEvidence({ state, is_unresolvable: false }, { meaning, raw: '' });
      const target = meaning === 'not_sent' ? 'discarded' : meaning;
      assert.deepEqual(weighed, { target, isApplied: applied.includes(meaning) }, meaning);
    }
  });
}

const doubts: [string, AttemptState, boolean, Evidence, boolean][] = [
  ['that nobody can tell ends the waiting', 'pending', false, doubt(true), true],
  ['that nobody can tell is learned once', 'unknown', false, doubt(true), true],
  ['that nobody can tell is learned no second time', 'unknown', true, doubt(true), false],
  ['a lost answer after that', 'unknown', true, doubt(false), false],
  ['that it is at work, after that', 'unknown', true, { meaning: 'pending', raw: '' }, false],
  ['money, after that', 'unknown', true, { meaning: 'secured', raw: '' }, true],
  ['a refusal, after that', 'unknown', true, { meaning: 'declined', raw: '' }, true],
  ['that nobody can tell of what is secured', 'secured', false, doubt(true), false],
  ['that nobody can tell of what is declined', 'declined', false, doubt(true), false],
];

function doubt(isUnresolvable: boolean): Evidence {
  return { meaning: 'unknown', isUnresolvable, raw: '' };
}

for (const [name, state, isUnresolvable, evidence, isApplied] of doubts) {
  test(`${name}: ${isApplied ? 'counts' : 'says nothing new'}`, () => {
    assert.equal(weighEvidence({ state, is_unresolvable: isUnresolvable }, evidence).isApplied, isApplied);
  });
}

const known = {
  state: 'secured',
  authorized: 100,
  captured: 60,
  refunded: 20,
  refunded_manually: 0,
  cancelled: 40,
  attention: null,
} as const;
const same = { authorizedMinor: 100, capturedMinor: 60, refundedMinor: 20, cancelledMinor: 40 };
const secured: Evidence = { meaning: 'secured', raw: '' };

const repeats: [
  name: string,
  changes: { state?: AttemptState; source?: ReceivedEvidence['source']; evidence?: Evidence; money?: object },
  isNothing: boolean,
][] = [
  ['the same, asked once more', {}, true],
  ['that it is at work', { evidence: { meaning: 'pending', raw: '' } }, true],
  ['the same in a notice', { source: 'notice' }, false],
  ['the same by a person', { source: 'person' }, false],
  ['the same in the answer to a call', { source: 'answer' }, false],
  ['money for what was declined', { state: 'declined' }, false],
  ['a decline of what is secured', { evidence: { meaning: 'declined', raw: '' } }, false],
  ['a doubt of what is secured', { evidence: { meaning: 'unknown', raw: '' } }, false],
  ['less reserved', { money: { authorizedMinor: 99 } }, false],
  ['more taken', { money: { capturedMinor: 61 } }, false],
  ['less taken', { money: { capturedMinor: 0 } }, false],
  ['less given back', { money: { refundedMinor: 0 } }, false],
  ['less released', { money: { cancelledMinor: 39 } }, false],
  ['a dispute', { evidence: { ...secured, attention: 'disputed' } }, false],
];

for (const [name, { state, source = 'question', evidence = secured, money }, isNothing] of repeats) {
  test(`${name} ${isNothing ? 'is not kept' : 'is kept'}`, () => {
    const told = { ...same, ...money };
    assert.equal(
      saysNothing({ ...known, state: state ?? known.state }, { source, evidence }, told),
      isNothing,
    );
  });
}

test('what a person gave back is not in the totals of the provider', () => {
  const manually = { ...known, refunded: 25, refunded_manually: 5 };
  const about = { source: 'question', evidence: secured } as const;
  assert.equal(saysNothing(manually, about, same), true);
  assert.equal(saysNothing(manually, about, { ...same, refundedMinor: 25 }), false);
});

test('what speaks of no money is kept', () => {
  assert.equal(saysNothing(known, { source: 'question', evidence: secured }, undefined), false);
});
