import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type PaymentResult,
  signPaymentResult,
  transactionIdOf,
  verifyPaymentResult,
} from './payment-result.ts';

const key = Buffer.alloc(32, 1);
const result: PaymentResult = {
  transactionId: transactionIdOf('p0123456789'),
  clientId: 'no.leveret.demo',
  paymentMethod: 'vippsEcommerce',
  amountMinor: 14_900,
  currency: 'NOK',
  recurring: false,
  isCaptured: true,
  paidAt: new Date('2026-01-01T12:00:00Z'),
};
const expiresAt = new Date('2026-01-02T12:00:00Z');
const signed = signPaymentResult(key, result, expiresAt);
const inTime = new Date('2026-01-02T11:59:59Z');

test('what was signed is read again, until it expires', () => {
  assert.deepEqual(verifyPaymentResult(key, signed, inTime), { kind: 'genuine', result });
  assert.equal(verifyPaymentResult(key, signed, expiresAt).kind, 'expired');
});

test('nothing in it can be changed, and no other key made it', () => {
  for (let index = 0; index < signed.length; index += 1) {
    const other = signed[index] === 'A' ? 'B' : 'A';
    const changed = signed.slice(0, index) + other + signed.slice(index + 1);
    // The last letter of the signature carries two bits that say nothing.
    if (index === signed.length - 1) continue;
    assert.equal(verifyPaymentResult(key, changed, inTime).kind, 'forged', String(index));
  }
  assert.equal(verifyPaymentResult(Buffer.alloc(32, 2), signed, inTime).kind, 'forged');
});

test('a token of another kind, a header without a key and plain nonsense are forged', () => {
  const [, claims = ''] = signed.split('.');
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'leveret-payment+jws' })).toString(
    'base64url',
  );
  for (const text of [
    '',
    'a.b.c',
    `${unsigned}.${claims}.`,
    signed.slice(0, -1),
    `${signed}.x`,
    `${signed} `,
  ]) {
    assert.equal(verifyPaymentResult(key, text, inTime).kind, 'forged', text);
  }
});

test('it is a JSON Web Signature that names its key', () => {
  const [head = ''] = signed.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString());
  assert.equal(header.alg, 'HS256');
  assert.match(header.kid, /^[\w-]{8}$/);
});
