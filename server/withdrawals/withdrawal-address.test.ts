import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { orderId } from '../kit/ids.ts';
import { fulfillmentUrl } from '../orders/order-address.ts';
import { readWithdrawalToken, withdrawalLinkOf } from './withdrawal-address.ts';

const secret = randomBytes(32);
const tokenOf = (address: string) => address.split('/').at(-1) ?? '';
const token = tokenOf(withdrawalLinkOf('http://localhost', secret, orderId(100_000)));

test('an address names its order', () => {
  assert.equal(readWithdrawalToken(secret, token), 100_000);
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
