import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snippetOriginOf } from './snippet-origin.ts';

test('a star in the host makes an origin for each publisher', () => {
  assert.equal(snippetOriginOf('https://*.frames.example', 7), 'https://p7.frames.example');
  assert.equal(snippetOriginOf('https://frames.example:81', 7), 'https://frames.example:81');
});
