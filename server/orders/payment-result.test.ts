import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignJWT } from 'jose';
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
const signed = await signPaymentResult(key, result, expiresAt);
const inTime = new Date('2026-01-02T11:59:59Z');

test('what was signed is read again, until it expires', async () => {
  assert.deepEqual(await verifyPaymentResult(key, signed, inTime), { kind: 'genuine', result });
  assert.equal((await verifyPaymentResult(key, signed, expiresAt)).kind, 'expired');
});

test('nothing in it can be changed, and no other key made it', async () => {
  for (let index = 0; index < signed.length; index += 1) {
    const other = signed[index] === 'A' ? 'B' : 'A';
    const changed = signed.slice(0, index) + other + signed.slice(index + 1);
    // The last letter of the signature carries two bits that say nothing.
    if (index === signed.length - 1) continue;
    assert.equal((await verifyPaymentResult(key, changed, inTime)).kind, 'forged', String(index));
  }
  assert.equal((await verifyPaymentResult(Buffer.alloc(32, 2), signed, inTime)).kind, 'forged');
});

test('a token of another kind, a header without a key and plain nonsense are forged', async () => {
  const [, claims = ''] = signed.split('.');
  const good = JSON.parse(Buffer.from(claims, 'base64url').toString());
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
    ` ${signed}`,
    `${signed}=`,
    signed.replace('.', '.\n'),
    `Bearer ${signed}`,
    await tokenOf({ alg: 'HS512', typ: 'leveret-payment+jws' }, good),
    await tokenOf({ alg: 'HS256', typ: 'at+jwt' }, good),
    await tokenOf({ alg: 'HS256' }, good),
    await tokenOf({ alg: 'HS256', typ: 'leveret-payment+jws' }, { ...good, exp: undefined }),
    await tokenOf({ alg: 'HS256', typ: 'leveret-payment+jws' }, { ...good, paymentMethod: 'cash' }),
  ]) {
    assert.equal((await verifyPaymentResult(key, text, inTime)).kind, 'forged', text);
  }
});

test('it is a JSON Web Signature that names its key', () => {
  const [head = ''] = signed.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString());
  assert.equal(header.alg, 'HS256');
  assert.match(header.kid, /^[\w-]{8}$/);
});

/** What our own key signed, of another form than a result of ours. */
function tokenOf(head: { alg: string; typ?: string }, claims: object): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader(head)
    .sign(head.alg === 'HS256' ? key : Buffer.alloc(64, 1));
}
