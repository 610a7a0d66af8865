import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BareDecision, type BareVisit, decideBareVisit } from './bare-visit.ts';

const stranger: BareVisit = {
  opens: true,
  wayBack: 'given',
  visitor: 'anybody',
  calls: 'pay',
  isHeld: false,
  completes: false,
  isPressed: false,
  arrival: 'sent',
};

const cases: [string, Partial<BareVisit>, BareDecision][] = [
  ['the setting is off', { opens: false }, 'unknown'],
  ['the setting is off, for the own browser too', { opens: false, visitor: 'own' }, 'unknown'],
  ['a return address that is not on the list', { wayBack: 'refused' }, 'way back refused'],
  ['the same of the own browser', { wayBack: 'refused', visitor: 'own' }, 'way back refused'],
  ['no return address', { wayBack: 'none' }, 'no way back'],
  ['no return address, of the reader', { wayBack: 'none', visitor: 'reader' }, 'no way back'],
  ['no return address, of the own browser', { wayBack: 'none', visitor: 'own' }, 'go on'],

  ['money is owed, a person was sent', {}, 'pay as a guest'],
  ['money is owed, a person has opened it', { arrival: 'opened' }, 'pay as a guest'],
  ['money is owed, nobody tells', { arrival: 'unsaid' }, 'ask to pay'],
  ['money is owed, nobody is there', { arrival: 'nobody' }, 'ask to pay'],
  ['money is owed, a button is pressed', { arrival: 'nobody', isPressed: true }, 'pay as a guest'],
  ['money is owed by the reader', { visitor: 'reader' }, 'go on'],
  ['money is owed, the own browser', { visitor: 'own', arrival: 'nobody' }, 'go on'],

  ['begun by another browser', { isHeld: true }, 'elsewhere'],
  ['begun by another browser, pressed', { isHeld: true, isPressed: true }, 'elsewhere'],
  ['begun by another browser, of the reader', { isHeld: true, visitor: 'reader' }, 'go on'],
  ['begun by this browser', { isHeld: false, visitor: 'own' }, 'go on'],
  ['completed', { calls: 'done', isHeld: true }, 'elsewhere'],
  ['completed, though nobody paid', { calls: 'done' }, 'elsewhere'],
  ['stopped', { calls: 'stopped' }, 'elsewhere'],
  ['completed, of the reader', { calls: 'done', visitor: 'reader' }, 'go on'],
  ['stopped, the own browser', { calls: 'stopped', visitor: 'own' }, 'go on'],

  ['owes nothing', { calls: 'complete' }, 'not here'],
  ['owes nothing, pressed', { calls: 'complete', isPressed: true }, 'not here'],
  ['owes nothing, anybody may', { calls: 'complete', completes: true }, 'ask to complete'],
  ['owes nothing, anybody may, pressed', { calls: 'complete', completes: true, isPressed: true }, 'complete'],
  ['owes nothing, the reader', { calls: 'complete', visitor: 'reader' }, 'ask to complete'],
  [
    'owes nothing, the reader, pressed',
    { calls: 'complete', visitor: 'reader', isPressed: true },
    'complete',
  ],
  ['owes nothing, the own browser', { calls: 'complete', visitor: 'own' }, 'go on'],
  ['a method that is not paid here', { calls: 'refused' }, 'go on'],
];

for (const [name, changes, decision] of cases) {
  test(`a visit by number: ${name}`, () => {
    assert.equal(decideBareVisit({ ...stranger, ...changes }), decision);
  });
}

test('nobody but its own browser or reader goes on with what was begun, whatever else is so', () => {
  for (const calls of ['done', 'stopped', 'pay', 'complete'] as const) {
    for (const arrival of ['sent', 'opened', 'unsaid', 'nobody'] as const) {
      for (const bits of Array.from({ length: 8 }, (_, index) => index)) {
        const [isHeld, isPressed, completes] = [bits & 1, bits & 2, bits & 4].map(Boolean) as [
          boolean,
          boolean,
          boolean,
        ];
        const decision = decideBareVisit({ ...stranger, calls, arrival, isHeld, isPressed, completes });
        assert.notEqual(decision, 'go on');
        if (!isPressed) assert.notEqual(decision, 'complete');
        if (isHeld && calls === 'pay') assert.equal(decision, 'elsewhere');
      }
    }
  }
});
