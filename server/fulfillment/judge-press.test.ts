import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePress, needsButton, type Press, type PressJudgement } from './judge-press.ts';
import type { Due } from './what-is-due.ts';

const here: Press = { isOrderedOnSite: false, seen: 'a', shown: 'a' };

const presses: [name: string, press: Partial<Press>, judgement: PressJudgement][] = [
  ['what was shown is what is shown now', {}, 'counts'],
  ['something else was shown', { seen: 'b' }, 'changed'],
  ['an empty hash', { seen: '' }, 'changed'],
  ['nothing was shown', { seen: undefined }, 'unseen'],
  ['ordered on the site, and shown', { isOrderedOnSite: true }, 'counts'],
  ['ordered on the site, and something else was shown', { isOrderedOnSite: true, seen: 'b' }, 'changed'],
  ['ordered on the site, and nothing was shown', { isOrderedOnSite: true, seen: undefined }, 'counts'],
];

for (const [name, press, judgement] of presses) {
  test(`a press where ${name} ${judgement}`, () =>
    assert.equal(judgePress({ ...here, ...press }), judgement));
}

const completions: Record<Due, [here: boolean, onSite: boolean]> = {
  invoice: [true, false],
  'nothing owed': [false, false],
  prepayment: [false, false],
  money: [false, false],
  agreement: [false, false],
  'proof elsewhere': [false, false],
};

for (const [due, [onOurPage, onSite]] of Object.entries(completions) as [Due, [boolean, boolean]][]) {
  test(`${due} ${onOurPage ? 'waits for' : 'does not wait for'} the button that completes`, () => {
    assert.equal(needsButton(due, false), onOurPage);
    assert.equal(needsButton(due, true), onSite);
  });
}
