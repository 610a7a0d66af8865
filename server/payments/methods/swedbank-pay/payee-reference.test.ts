import assert from 'node:assert/strict';
import { test } from 'node:test';
import { payeeReferenceOf } from './payee-reference.ts';

const reference = 'p0123456789abcdefghijklmno';

test('a merchant whom Swedbank Pay settles for has our own references', () => {
  assert.equal(payeeReferenceOf(reference, 'letters and digits'), reference);
});

test('a merchant who settles has twelve digits, always the same for one operation and no other', () => {
  const seen = new Set<string>();
  for (let nth = 0; nth < 10_000; nth += 1) {
    const ours = `${reference.slice(0, 20)}${String(nth).padStart(6, '0')}`;
    const made = payeeReferenceOf(ours, 'twelve digits');
    assert.equal(made, payeeReferenceOf(ours, 'twelve digits'));
    assert.match(made, /^[1-9]\d{11}$/);
    seen.add(made);
  }
  assert.equal(seen.size, 10_000);
});
