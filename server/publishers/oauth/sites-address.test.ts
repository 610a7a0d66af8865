import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAt } from './sites-address.ts';

const cases: [address: string, wanted: string][] = [
  ['https://a.no/b', 'https://a.no/b?code=1&state=x+y'],
  ['https://a.no/b?', 'https://a.no/b?code=1&state=x+y'],
  ['https://a.no/b?flag', 'https://a.no/b?flag&code=1&state=x+y'],
  ['https://a.no/b?c=d%20e&', 'https://a.no/b?c=d%20e&code=1&state=x+y'],
  ['https://a.no/b?scope=mine', 'https://a.no/b?scope=mine&code=1&state=x+y'],
  ['https://a.no/blåbær', 'https://a.no/bl%C3%A5b%C3%A6r?code=1&state=x+y'],
  ['https://blåbær.no/', 'https://xn--blbr-roah.no/?code=1&state=x+y'],
];

for (const [address, wanted] of cases) {
  test(`the answer behind ${address}`, () => {
    const given = new URL(address);
    given.searchParams.append('code', '1');
    given.searchParams.append('state', 'x y');
    assert.equal(answerAt(address, given.searchParams), wanted);
  });
}
