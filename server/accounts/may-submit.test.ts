import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maySubmit, type SubmitFacts } from './may-submit.ts';

const cases: [came: string, facts: SubmitFacts, expected: boolean][] = [
  ['from the site', { isFromSite: true, fetchSite: 'cross-site', hasMark: false }, true],
  ['from the site, in an old browser', { isFromSite: true, fetchSite: undefined, hasMark: false }, true],
  ['from a page of ours', { isFromSite: false, fetchSite: 'same-origin', hasMark: false }, true],
  ['from a bookmark of the reader', { isFromSite: false, fetchSite: 'none', hasMark: true }, true],
  ['from a message, to somebody else', { isFromSite: false, fetchSite: 'none', hasMark: false }, false],
  ['from another site', { isFromSite: false, fetchSite: 'cross-site', hasMark: false }, false],
  ['from another site, as the reader', { isFromSite: false, fetchSite: 'cross-site', hasMark: true }, false],
  ['from beside us', { isFromSite: false, fetchSite: 'same-site', hasMark: true }, false],
  ['from nowhere that is told', { isFromSite: false, fetchSite: undefined, hasMark: true }, false],
];

for (const [came, facts, expected] of cases) {
  test(`a login page ${expected ? 'sends' : 'does not send'} its form by itself: ${came}`, () => {
    assert.equal(maySubmit(facts), expected);
  });
}
