import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationAnswer } from '../port/provider-answer.ts';
import { type KnownOperation, stateOfClaim, type WeighedAnswer, weighAnswer } from './weigh-answer.ts';

type Kind = Exclude<OperationAnswer['kind'], 'succeeded'>;

const raw = '';
const sent: KnownOperation = { state: 'sent', code: null };
const doubtful: KnownOperation = { state: 'unknown', code: 'lost' };
const atWork: KnownOperation = { state: 'sent', code: 'pending' };
const planned: KnownOperation = { state: 'created', code: null };

const answers = {
  pending: { kind: 'pending', raw },
  failed: { kind: 'failed', code: 'no', raw },
  'not now': { kind: 'not now', code: 'busy', raw },
  'already secured': { kind: 'already secured', raw },
  'not sent': { kind: 'not sent', code: 'no way', raw },
  unknown: { kind: 'unknown', code: 'lost', raw },
} satisfies Record<Kind, OperationAnswer & { raw: string }>;

/** The state and the word that follow, or what else does. */
const shown = (weighed: WeighedAnswer) =>
  weighed.kind === 'moved'
    ? [
        `${weighed.state}: ${weighed.code}`,
        ...(weighed.isOver ? ['told'] : []),
        ...(weighed.needsNewReference ? ['new reference'] : []),
      ].join(', ')
    : weighed.kind;

/** What follows while there are tries left, and at the last try. */
const cases: [KnownOperation, Kind, string, string][] = [
  [sent, 'failed', 'failed: no, told', 'failed: no, told'],
  [sent, 'already secured', 'failed: already secured, told', 'failed: already secured, told'],
  [sent, 'pending', 'sent: pending', 'by_hand: pending, told'],
  [sent, 'not sent', 'sent: no way', 'by_hand: no way, told'],
  [sent, 'unknown', 'unknown: lost', 'by_hand: lost, told'],
  [sent, 'not now', 'sent: busy, new reference', 'by_hand: busy, told, new reference'],
  [planned, 'not sent', 'created: no way', 'by_hand: no way, told'],
  [planned, 'unknown', 'created: lost', 'by_hand: lost, told'],
  [planned, 'not now', 'created: busy, new reference', 'by_hand: busy, told, new reference'],
  [doubtful, 'failed', 'failed: no, told', 'failed: no, told'],
  [doubtful, 'pending', 'unknown: pending', 'by_hand: pending, told'],
  [doubtful, 'not sent', 'unknown: no way', 'by_hand: no way, told'],
  [doubtful, 'unknown', 'unknown: lost', 'by_hand: lost, told'],
  // What refuses it for now may be the very operation, at work since an earlier call.
  [doubtful, 'not now', 'unknown: pending', 'by_hand: pending, told'],
  [atWork, 'not now', 'sent: pending', 'by_hand: pending, told'],
  // The account may be gone meanwhile: what its provider has taken may still move the money.
  [atWork, 'not sent', 'sent: pending', 'by_hand: pending, told'],
  [{ state: 'unknown', code: 'pending' }, 'not sent', 'unknown: pending', 'by_hand: pending, told'],
  ...(['succeeded', 'failed', 'by_hand'] as const).flatMap((state): (typeof cases)[number][] => [
    [{ state, code: null }, 'failed', 'nothing new', 'nothing new'],
    [{ state, code: null }, 'unknown', 'nothing new', 'nothing new'],
  ]),
];

for (const [known, kind, goingOn, last] of cases) {
  test(`an operation that is ${known.state} (${known.code ?? 'no word'}), answered ${kind}: ${goingOn}`, () => {
    assert.equal(shown(weighAnswer(known, answers[kind], false)), goingOn);
    assert.equal(shown(weighAnswer(known, answers[kind], true)), last);
  });
}

const claims: [KnownOperation, 'sent' | 'unknown' | undefined][] = [
  [planned, 'sent'],
  [{ state: 'created', code: 'busy' }, 'sent'],
  [sent, 'unknown'],
  [{ state: 'sent', code: 'busy' }, 'sent'],
  [atWork, undefined],
  [doubtful, undefined],
  [{ state: 'unknown', code: null }, undefined],
];

for (const [known, expected] of claims) {
  test(`calling what is ${known.state} (${known.code ?? 'no word'}) makes it ${expected ?? 'nothing else'}`, () => {
    assert.equal(stateOfClaim(known), expected);
  });
}
