import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { signCallback } from './sign-callback.ts';
import { createWebhookSecret, readWebhookSecret } from './webhook-secret.ts';

test('signs as the vector that Standard Webhooks publishes', () => {
  const headers = signCallback({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  });
  assert.deepEqual(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('the published library verifies it with either secret of a rotation', () => {
  const [next, former] = [createWebhookSecret(), createWebhookSecret()];
  const timestamp = Math.floor(Date.now() / 1000);
  const body = '{"navn":"Åse"}';
  const headers = signCallback({ id: 'evt_1', timestamp, body, secrets: [next, former] });
  for (const secret of [next, former]) {
    assert.deepEqual(new Webhook(secret).verify(body, headers), { navn: 'Åse' });
  }
  assert.throws(() => new Webhook(createWebhookSecret()).verify(body, headers));
  assert.throws(() => new Webhook(next).verify('{"navn":"Ase"}', headers));
  assert.throws(() => new Webhook(next).verify(body, { ...headers, 'webhook-id': 'evt_2' }));
});

test('a GET is signed over an empty body', () => {
  const secret = createWebhookSecret();
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = signCallback({ id: 'evt_1', timestamp, body: '', secrets: [secret] });
  assert.equal(new Webhook(secret).verify('', headers), undefined);
});

test('what would make an ambiguous signature is refused', () => {
  const secrets = [createWebhookSecret()];
  const good = { id: 'evt_1', timestamp: 1, body: '', secrets };
  for (const id of ['', 'evt.1', 'evt 1', 'evt\n1']) assert.throws(() => signCallback({ ...good, id }), id);
  for (const timestamp of [1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => signCallback({ ...good, timestamp }));
  }
  assert.throws(() => signCallback({ ...good, secrets: [] }));
  assert.throws(() => signCallback({ ...good, secrets: ['whsec_short'] }));
});

test('a secret is whsec_ and base64 of 24 to 64 bytes', () => {
  const made = createWebhookSecret();
  assert.equal(readWebhookSecret(made)?.length, 32);
  assert.notEqual(createWebhookSecret(), made);
  const ofLength = (bytes: number) => `whsec_${Buffer.alloc(bytes, 1).toString('base64')}`;
  for (const bytes of [24, 32, 64]) assert.equal(readWebhookSecret(ofLength(bytes))?.length, bytes);
  const wrong = [
    ofLength(23),
    ofLength(65),
    made.slice(6),
    `${made}!`,
    `whsec_ ${made.slice(6)}`,
    'whsec_',
    '',
  ];
  for (const secret of wrong) assert.equal(readWebhookSecret(secret), undefined, secret);
});
