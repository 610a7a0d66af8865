import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { orderId } from '../kit/ids.ts';
import { fulfillmentUrl } from '../orders/order-address.ts';
import { readWithdrawalToken, withdrawalLinkOf } from './withdrawal-address.ts';

const secret = randomBytes(32);
const tokenOf = (address: string) => address.split('/').at(-1) ?? '';
const tokenFor = (correctedTo?: string, id = 100_000) =>
  tokenOf(withdrawalLinkOf('http://localhost', secret, { orderId: orderId(id), correctedTo }));
const token = tokenFor();

test('an address names its order', () => {
  for (const made of [token, tokenFor('ola@example.com')])
    assert.equal(readWithdrawalToken(secret, made)?.orderId, 100_000);
});

test('no other address names one', () => {
  const fulfillment = tokenOf(fulfillmentUrl('http://localhost', secret, orderId(100_000)));
  const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  const next = `${(100_001).toString(36)}${token.slice(token.indexOf('-'))}`;
  for (const other of [fulfillment, changed, next, token.slice(0, -1), '', '-', token.toUpperCase()]) {
    assert.equal(readWithdrawalToken(secret, other), undefined, other);
  }
  assert.equal(readWithdrawalToken(randomBytes(32), token), undefined);
});

const [ola, kari] = ['ola@example.com', 'kari@example.com'];
const corrections: [name: string, token: string, now: string | undefined, isFor: boolean][] = [
  ['nobody corrected it', tokenFor(), undefined, true],
  ['corrected since', tokenFor(), ola, false],
  ['sent to the new address', tokenFor(ola), ola, true],
  ['written in other letters', tokenFor(ola), 'Ola@Example.com', true],
  ['corrected once more since', tokenFor(ola), kari, false],
  ['of another order', `${token}-${tokenFor(ola, 100_001).slice(-11)}`, ola, false],
  ['made up', `${token}-AAAAAAAAAAA`, ola, false],
  ['the end cut off', tokenFor(ola).slice(0, -12), ola, false],
  ['an end too many', tokenFor(ola), undefined, false],
  ['corrected, and to whom is not kept any more', tokenFor(), '', false],
  ['sent to the new address, which is not kept any more', tokenFor(ola), '', false],
  ['of a reader who is logged in, where it is not kept any more', tokenFor(''), '', true],
];

for (const [name, made, now, isFor] of corrections) {
  test(`${name}: it ${isFor ? 'counts' : 'does not count'}`, () => {
    assert.equal(readWithdrawalToken(secret, made)?.isFor(now), isFor);
  });
}
