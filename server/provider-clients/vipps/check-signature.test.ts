import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSigned } from './check-signature.ts';

const secret = 'A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A==';
const url = 'https://webhook.site/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63';
const start = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=';
const published = {
  headers: {
    'x-ms-date': 'Thu, 30 Mar 2023 08:38:32 GMT',
    'x-ms-content-sha256': 'lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=',
  },
  authorization: `${start}agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=`,
  raw: '{"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"}',
};

test('the published example is signed, whatever host and path the request came by', () => {
  assert.equal(isSigned({ url, secret }, published), true);
});

const wrong: [string, { url: string; secret: string }, typeof published | object][] = [
  ['another secret', { url, secret: `${secret} ` }, published],
  [
    'the secret decoded',
    { url, secret },
    { ...published, authorization: `${start}T3+NXHMmhNVEjW5PeJ4Gql70nf0MOXCAY9CoZDxuVQw=` },
  ],
  ['another path', { url: `${url}/`, secret }, published],
  ['another host', { url: url.replace('webhook', 'webhooks'), secret }, published],
  ['another body', { url, secret }, { ...published, raw: `${published.raw} ` }],
  ['another date', { url, secret }, { ...published, headers: { ...published.headers, 'x-ms-date': 'Thu' } }],
  ['no authorization', { url, secret }, { ...published, authorization: undefined }],
  ['no headers', { url, secret }, { ...published, headers: {} }],
  ['no address', { url: '', secret }, published],
];

for (const [what, registration, notice] of wrong) {
  test(`a notice with ${what} is not signed`, () => {
    assert.equal(isSigned(registration, { ...published, ...notice }), false);
  });
}
