import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskEmail, maskPhone } from './mask.ts';

test('a phone number keeps its country and last three digits', () => {
  const cases = [
    ['+4790000001', '+47*****001'],
    ['+46701234567', '+46******567'],
    ['+3546111234', '+354****234'],
    ['90000001', '***'],
    ['not a number', '***'],
    ['', '***'],
  ] as const;
  for (const [phone, masked] of cases) assert.equal(maskPhone(phone), masked, phone);
});

test('an e-mail address keeps its first character and its domain', () => {
  const cases = [
    ['ola.nordmann@example.no', 'o***@example.no'],
    ['o@example.no', '***@example.no'],
    ['åse@example.no', 'å***@example.no'],
    ['"a@b"@example.no', '"***@example.no'],
    ['@example.no', '***'],
    ['nothing', '***'],
  ] as const;
  for (const [email, masked] of cases) assert.equal(maskEmail(email), masked, email);
});
