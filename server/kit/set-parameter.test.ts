import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setParameter } from './set-parameter.ts';

const cases = [
  ['https://a.example', 'https://a.example/?status=ok'],
  ['https://a.example/p?x=1%20y&x=+z#part', 'https://a.example/p?x=1%20y&x=+z&status=ok#part'],
  ['https://a.example/?status=no&b=2&status=no', 'https://a.example/?b=2&status=ok'],
  ['https://a.example/?%73tatus=no&status[]=no&status2=yes', 'https://a.example/?status2=yes&status=ok'],
];

for (const [from = '', to] of cases) {
  test(`${from} keeps what is not named`, () => assert.equal(setParameter(from, 'status', 'ok'), to));
}

test('the value cannot add another parameter', () => {
  assert.equal(setParameter('https://a.example/', 'a', 'b&c=d#e'), 'https://a.example/?a=b%26c%3Dd%23e');
});
