import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { buildCallbackUrl, type CallbackSignature, callbackStringToSign } from './callback-url.ts';
import { verifyCallbackUrl } from './verify-callback-url.ts';
import { createWebhookSecret } from './webhook-secret.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const now = 1_700_000_000;
const signed: CallbackSignature = {
  order: 42,
  event: 'evt_abc',
  sequence: 3,
  timestamp: now,
  keyId: 'k1',
  secret,
};
const secrets = { k1: secret };

test("the client's own query stays as it was, and the status is set once", () => {
  const cases = [
    ['https://a.no', 'https://a.no/?fulfillmentStatus=success'],
    ['https://a.no/cb?', 'https://a.no/cb?fulfillmentStatus=success'],
    ['https://a.no/cb?x=1', 'https://a.no/cb?x=1&fulfillmentStatus=success'],
    ['https://a.no/cb?b=2&a=1&b=3', 'https://a.no/cb?b=2&a=1&b=3&fulfillmentStatus=success'],
    ['https://a.no/cb?x=a%20b+c&y&z=%E6', 'https://a.no/cb?x=a%20b+c&y&z=%E6&fulfillmentStatus=success'],
    ['https://a.no/cb?u=https://b.no/?q', 'https://a.no/cb?u=https://b.no/?q&fulfillmentStatus=success'],
    ['https://a.no/cb?navn=Åse', 'https://a.no/cb?navn=%C3%85se&fulfillmentStatus=success'],
    ['https://a.no/cb?fulfillmentStatus=failed', 'https://a.no/cb?fulfillmentStatus=success'],
    [
      'https://a.no/?fulfillmentStatus=a&x=1&fulfillmentStatus',
      'https://a.no/?x=1&fulfillmentStatus=success',
    ],
    ['https://a.no/?fulfillment%53tatus=failed&x=1', 'https://a.no/?x=1&fulfillmentStatus=success'],
    ['https://a.no/?FULFILLMENTSTATUS=failed&x=1', 'https://a.no/?x=1&fulfillmentStatus=success'],
    ['https://a.no/?fulfillmentStatus[]=failed&x=1', 'https://a.no/?x=1&fulfillmentStatus=success'],
    ['https://a.no/?fulfillmentStatus%5B0%5D=failed', 'https://a.no/?fulfillmentStatus=success'],
    ['https://a.no/?+fulfillmentStatus=failed', 'https://a.no/?fulfillmentStatus=success'],
    ['https://a.no/?lv_sig=x&lv_order=1&lv.order=2', 'https://a.no/?fulfillmentStatus=success'],
    ['https://a.no/?lv_other=x', 'https://a.no/?lv_other=x&fulfillmentStatus=success'],
    ['https://a.no/?myfulfillmentStatus=x', 'https://a.no/?myfulfillmentStatus=x&fulfillmentStatus=success'],
    ['https://a.no/cb?x=1#top', 'https://a.no/cb?x=1&fulfillmentStatus=success'],
    ['https://a.no/cb?&&x=1&', 'https://a.no/cb?x=1&fulfillmentStatus=success'],
  ] as const;
  for (const [given, expected] of cases) {
    assert.equal(buildCallbackUrl(given, { fulfillmentStatus: 'success' }), expected, given);
  }
});

test('building again on what was built changes nothing but the outcome', () => {
  const once = buildCallbackUrl('https://a.no/cb?x=1', { fulfillmentStatus: 'success', signed });
  assert.equal(buildCallbackUrl(once, { fulfillmentStatus: 'success', signed }), once);
  const failed = buildCallbackUrl(once, { fulfillmentStatus: 'failed' });
  assert.equal(failed, 'https://a.no/cb?x=1&fulfillmentStatus=failed');
});

test('the string to sign is as documented, computed here by hand', () => {
  const built = buildCallbackUrl('https://Shop.example.no:8443/p%C3%A5/cb?z=%20&a=1', {
    fulfillmentStatus: 'failed',
    signed: { ...signed, event: 'evt &=' },
  });
  const text = [
    'GET',
    'shop.example.no:8443',
    '/p%C3%A5/cb',
    'a=1&fulfillmentStatus=failed&lv_event=evt%20%26%3D&lv_kid=k1&lv_order=42&lv_seq=3&lv_ts=1700000000' +
      '&z=%20',
  ].join('\n');
  assert.equal(callbackStringToSign(new URL(built)), text);
  const expected = createHmac('sha256', Buffer.alloc(32, 7)).update(text).digest('base64url');
  assert.ok(built.endsWith(`&lv_sig=${expected}`), built);
});

test('a signed address verifies and tells what it says', () => {
  for (const base of [
    'https://a.no',
    'https://a.no/cb?x=1&y=%20&å=ø',
    'http://127.0.0.1:8090/publisher/callback',
  ]) {
    const url = buildCallbackUrl(base, { fulfillmentStatus: 'success', signed });
    assert.deepEqual(verifyCallbackUrl(url, { secrets, now: now + 300 }), {
      ok: true,
      fulfillmentStatus: 'success',
      order: '42',
      event: 'evt_abc',
      sequence: 3,
      timestamp: now,
    });
  }
});

test('the order of parameters does not matter to the receiver, their content does', () => {
  const built = new URL(buildCallbackUrl('https://a.no/cb?x=1&y=2', { fulfillmentStatus: 'failed', signed }));
  const shuffled = new URL(built);
  shuffled.search = built.search.slice(1).split('&').reverse().join('&');
  assert.equal(verifyCallbackUrl(shuffled.href, { secrets, now }).ok, true);

  const rule = (
    change: (url: URL) => void,
    options: Partial<Parameters<typeof verifyCallbackUrl>[1]> = {},
  ) => {
    const url = new URL(built);
    change(url);
    const verified = verifyCallbackUrl(url.href, { secrets, now, ...options });
    return verified.ok ? 'ok' : verified.rule;
  };
  const set = (name: string, value: string) => (url: URL) => url.searchParams.set(name, value);
  const same = () => undefined;
  assert.equal(rule(same), 'ok');
  assert.equal(rule(set('fulfillmentStatus', 'success')), 'signature');
  for (const name of ['lv_order', 'lv_event', 'lv_seq', 'lv_ts', 'lv_sig', 'x']) {
    assert.equal(rule(set(name, '9')), 'signature', name);
  }
  assert.equal(
    rule((url) => url.searchParams.append('z', '1')),
    'signature',
  );
  assert.equal(
    rule((url) => url.searchParams.delete('x')),
    'signature',
  );
  assert.equal(
    rule((url) => (url.hostname = 'b.no')),
    'signature',
  );
  assert.equal(
    rule((url) => (url.port = '8443')),
    'signature',
  );
  assert.equal(
    rule((url) => (url.pathname = '/other')),
    'signature',
  );
  assert.equal(rule(set('lv_kid', 'k2')), 'unknown_key');
  assert.equal(rule(set('lv_kid', 'constructor')), 'unknown_key');
  assert.equal(
    rule((url) => url.searchParams.delete('lv_sig')),
    'missing_parameter',
  );
  assert.equal(
    rule((url) => url.searchParams.append('fulfillmentStatus', 'success')),
    'repeated_parameter',
  );
  assert.equal(
    rule((url) => (url.search += '&lv%5Fsig=x')),
    'repeated_parameter',
  );
  assert.equal(rule(same, { secrets: { k1: createWebhookSecret() } }), 'signature');
  assert.equal(rule(same, { now: now + 301 }), 'too_old');
  assert.equal(rule(same, { now: now - 301 }), 'too_old');
  assert.equal(rule(same, { now: now + 301, toleranceSeconds: 600 }), 'ok');
});
