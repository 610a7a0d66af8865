import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cidrAround } from './network-of.ts';

const cases: [string, string | undefined][] = [
  ['192.0.2.17', '192.0.2.0/24'],
  ['192.0.2.0', '192.0.2.0/24'],
  ['::ffff:192.0.2.17', '192.0.2.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8::/48'],
  ['fe80::1%eth0', 'fe80::/48'],
  ['::1', '::/48'],
  ['', undefined],
  ['somewhere', undefined],
];

for (const [address, network] of cases) {
  test(`around ${address || 'nothing'} is ${network}`, () => assert.equal(cidrAround(address), network));
}
