import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskDestination } from './mask-destination.ts';

const cases = [
  ['ola.nordmann@example.com', 'o***@example.com'],
  ['o@example.com', 'o***@example.com'],
  ['🐇hare@example.com', '🐇***@example.com'],
  ['"a@b"@example.com', '"***@example.com'],
  ['@example.com', '@ex*******om'],
  ['+4791234567', '+47******67'],
  ['+46701234567', '+46*******67'],
  ['1234567', '***'],
  ['', '***'],
] as const;

test('enough is left to recognise one’s own address, not to learn another’s', () => {
  for (const [destination, masked] of cases) {
    assert.equal(maskDestination(destination), masked);
    assert.equal(maskDestination(masked), masked, 'masked twice');
  }
});
