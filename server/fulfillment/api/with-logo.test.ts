import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageAnswer } from '../../kit/http/endpoint.ts';
import { withLogo } from './with-logo.ts';

const logoUrl = 'https://img.tidende.example/logo.svg?v=1';
const origin = 'https://img.tidende.example';

const cases: { name: string; answer: PageAnswer; logoUrl?: string; allows: PageAnswer['allows'] }[] = [
  { name: 'a page may load the logo', answer: { html: '' }, logoUrl, allows: { 'img-src': [origin] } },
  { name: 'without a logo it may load none', answer: { html: '' }, logoUrl: '', allows: undefined },
  { name: 'a redirect shows nothing', answer: { redirectTo: '/' }, logoUrl, allows: undefined },
  {
    name: 'what the page may load besides stays',
    answer: { html: '', allows: { 'img-src': ['data:', origin], 'form-action': ['https://a.example'] } },
    logoUrl,
    allows: { 'img-src': ['data:', origin], 'form-action': ['https://a.example'] },
  },
];

for (const { name, answer, allows, ...seller } of cases) {
  test(name, () => assert.deepEqual(withLogo(answer, seller).allows, allows));
}
