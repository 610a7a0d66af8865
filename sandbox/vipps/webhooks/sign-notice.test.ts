import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signNotice } from './sign-notice.ts';

test('a notice is signed as the published example', () => {
  const secret = 'A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A==';
  const url = 'https://webhook.site/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63';
  const body = '{"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"}';
  assert.deepEqual(signNotice({ url, secret }, body, 'Thu, 30 Mar 2023 08:38:32 GMT'), {
    'content-type': 'application/json; charset=utf-8',
    'x-ms-date': 'Thu, 30 Mar 2023 08:38:32 GMT',
    'x-ms-content-sha256': 'lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=',
    authorization:
      'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&' +
      'Signature=agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=',
  });
});
