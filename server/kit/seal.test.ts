import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newestPrefix, openWith, reseal, type SealingKeys, seal, sealWith, unseal } from './seal.ts';

const keyOf = (byte: number) => ({ id: Buffer.alloc(8, byte), key: Buffer.alloc(32, byte) });
const keysOf = (...bytes: number[]): SealingKeys => ({
  keys: bytes.map(keyOf),
  hashing: Buffer.alloc(32, 9),
});
const secret = Buffer.from('a secret of somebody');

test('what is sealed opens at its place only', () => {
  const sealed = seal(keysOf(1), 'table 1', secret);
  assert.deepEqual(unseal(keysOf(1), 'table 1', sealed), secret);
  assert.throws(() => unseal(keysOf(1), 'table 2', sealed));
  assert.ok(!sealed.includes(secret));
});

test('no byte can be changed', () => {
  const sealed = seal(keysOf(1), 'table 1', secret);
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    assert.throws(() => unseal(keysOf(1), 'table 1', changed), String(index));
  }
});

test('the newest key seals, former ones open, an unknown one is named', () => {
  const former = seal(keysOf(1), 'table 1', secret);
  assert.deepEqual(unseal(keysOf(2, 1), 'table 1', former), secret);
  assert.throws(() => unseal(keysOf(2), 'table 1', former), /the key 0101010101010101, which is not known/);
  const newest = seal(keysOf(2, 1), 'table 1', secret);
  assert.ok(newest.subarray(0, 9).equals(newestPrefix(keysOf(2, 1))));
  assert.deepEqual(unseal(keysOf(2), 'table 1', newest), secret);
});

test('what is sealed anew opens with the newest key alone, and its content is not opened for it', () => {
  const former = seal(keysOf(1), 'table 1', secret);
  const fresh = reseal(keysOf(2, 1), 'table 1', former);
  assert.deepEqual(unseal(keysOf(2), 'table 1', fresh), secret);
  assert.throws(() => unseal(keysOf(1), 'table 1', fresh));
  const contentLength = 29 + secret.length;
  assert.ok(fresh.subarray(-contentLength).equals(former.subarray(-contentLength)));
});

test('two envelopes cannot be mixed', () => {
  const [one, other] = [seal(keysOf(1), 'table 1', secret), seal(keysOf(1), 'table 1', secret)];
  const mixed = Buffer.concat([one.subarray(0, 69), other.subarray(69)]);
  assert.throws(() => unseal(keysOf(1), 'table 1', mixed));
});

test('values from before there were envelopes open with any key, and get an envelope', () => {
  const plain = sealWith(Buffer.alloc(32, 1), 'table 1', secret);
  assert.deepEqual(unseal(keysOf(2, 1), 'table 1', plain), secret);
  assert.throws(() => unseal(keysOf(2), 'table 1', plain));
  assert.deepEqual(unseal(keysOf(2), 'table 1', reseal(keysOf(2, 1), 'table 1', plain)), secret);
});

test('a given key seals without an envelope', () => {
  const key = Buffer.alloc(32, 5);
  assert.deepEqual(openWith(key, 'place', sealWith(key, 'place', secret)), secret);
  assert.throws(() => openWith(Buffer.alloc(32, 6), 'place', sealWith(key, 'place', secret)));
});
