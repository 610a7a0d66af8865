import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTakenAddress, isTakenWayBack } from './web-address.ts';

const addresses: [address: string, isAddress: boolean, isWayBack: boolean][] = [
  ['https://example.com/back?a=1', true, true],
  ['http://localhost:8080/back', true, true],
  ['http://[::1]/back', true, true],
  ['http://example.com/back', false, false],
  ['myapp://home', false, true],
  ['no.bygdeavisa.app:paid', false, true],
  ['javascript:alert(1)', false, false],
  ['data:text/html,paid', false, false],
  ['/back', false, false],
  ['', false, false],
];

for (const [address, isAddress, isWayBack] of addresses) {
  test(`${address || 'nothing'} is ${isAddress ? '' : 'no '}address and ${isWayBack ? 'a' : 'no'} way back`, () => {
    assert.deepEqual([isTakenAddress(address), isTakenWayBack(address)], [isAddress, isWayBack]);
  });
}
