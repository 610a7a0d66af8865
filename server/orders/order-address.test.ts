import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { orderId } from '../kit/ids.ts';
import { fulfillmentUrl, readOrderToken } from './order-address.ts';

const secret = Buffer.alloc(32, 1);
const tokenOf = (id: number, key = secret) => fulfillmentUrl('', key, orderId(id)).split('/').at(-1) ?? '';

test('a token names its order, for every id there can be', () => {
  const ids = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  fc.assert(fc.property(ids, (id) => assert.equal(readOrderToken(secret, tokenOf(id)), id)));
});

test('the address stands under the public base and cannot be guessed from the id', () => {
  const url = fulfillmentUrl('https://pay.example', secret, orderId(100_000));
  assert.match(url, /^https:\/\/pay\.example\/user\/fulfillment\/255s-[\w-]{16}$/);
});

test('a token of another key, another order, or with any character changed names nothing', () => {
  const token = tokenOf(100_000);
  assert.equal(readOrderToken(Buffer.alloc(32, 2), token), undefined);
  assert.equal(readOrderToken(secret, token.replace('255s', '255t')), undefined);
  for (let place = 0; place < token.length; place += 1) {
    const other = token[place] === 'A' ? 'B' : 'A';
    const changed = token.slice(0, place) + other + token.slice(place + 1);
    assert.notEqual(readOrderToken(secret, changed), 100_000, changed);
  }
});

test('what is no token names nothing, and is no error', () => {
  for (const text of ['', '-', '100000', '255s-', `255s-${'A'.repeat(17)}`, 'zzzzzzzzzzz-AAAAAAAAAAAAAAAA']) {
    assert.equal(readOrderToken(secret, text), undefined, text);
  }
  fc.assert(fc.property(fc.string(), (text) => assert.equal(readOrderToken(secret, text), undefined)));
});
