import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReturnAddress } from '../kit/return-url.ts';
import { type AddressUse, allowAddress } from './allowed-address.ts';

const publicUrl = 'https://orders.example.no';
const returnAddresses: ReturnAddress[] = [
  { url: 'https://site.example.no/callback', match: 'exact' },
  { url: 'https://site.example.no/callback?from=a%20b', match: 'exact' },
  { url: 'https://open.example.no/', match: 'origin' },
];

type Profile = 'original' | 'strict';

function isAllowed(profile: Profile, use: AddressUse, candidate: string): boolean {
  return allowAddress({ profile, returnAddresses }, use, candidate, publicUrl).ok;
}

/** Each address, and who may use it as what. */
const yes = { original: [true, true], strict: [true, true] } as const;
const no = { original: [false, false], strict: [false, false] } as const;
const cases: [string, Record<Profile, readonly [redirectUri: boolean, returnUrl: boolean]>][] = [
  ['https://site.example.no/callback', yes],
  ['https://site.example.no/callback?from=a%20b', yes],
  // Another path of a listed address's origin: what clients of the original expect.
  ['https://site.example.no/', { ...no, original: [true, true] }],
  ['https://site.example.no/callback/', { ...no, original: [true, true] }],
  ['https://site.example.no/article/1?flag', { ...no, original: [true, true] }],
  // A whole origin is no exact address.
  ['https://open.example.no/article', { original: [true, true], strict: [false, true] }],
  ['https://open.example.no/', { original: [true, true], strict: [false, true] }],
  // What the answer adds may not stand there before, and nothing may hide it.
  ['https://open.example.no/?code=1', { original: [false, true], strict: [false, true] }],
  ['https://open.example.no/?x=1&state=1', { original: [false, true], strict: [false, true] }],
  ['https://open.example.no/?iss=https://evil.no', { original: [false, true], strict: [false, true] }],
  ['https://open.example.no/?error=x', { original: [false, true], strict: [false, true] }],
  ['https://open.example.no/?response=x', { original: [false, true], strict: [false, true] }],
  ['https://open.example.no/?c%6Fde=1', { original: [false, true], strict: [false, true] }],
  ['https://open.example.no/article#comments', { original: [false, true], strict: [false, true] }],
  ['https://open.example.no/article#', { original: [false, true], strict: [false, true] }],
  // Addresses that look like one of the list.
  ['http://open.example.no/', no],
  ['https://open.example.no:8443/', no],
  ['https://open.example.no.evil.no/', no],
  ['https://evil.no/https://open.example.no/', no],
  ['https://open.example.no@evil.no/', no],
  ['https://user@open.example.no/', no],
  ['https://evil.no\\@open.example.no/', no],
  ['https://open.example.no\\.evil.no/', no],
  ['https:\\\\open.example.no/', no],
  ['https:/open.example.no/', no],
  ['//open.example.no/', no],
  ['/article', no],
  [' https://open.example.no/', no],
  ['https://open.example.no/a b', no],
  ['https://open.example.no/\r\nSet-Cookie:x=1', no],
  ['https://sub.open.example.no/', no],
  ['https://OPEN.EXAMPLE.NO.EVIL.NO/', no],
  ['javascript:alert(1)//https://open.example.no/', no],
  ['ftp://open.example.no/', no],
  ['app://open.example.no/', no],
  ['https://open.example.no./', no],
  [`https://open.example.no/${'x'.repeat(2000)}`, no],
  ['', no],
  // Our own authorization: a reader goes on there after login, and no code is ever sent there.
  [
    'https://orders.example.no/user/oauth/authorize?client_id=a&state=1',
    { original: [false, true], strict: [false, true] },
  ],
  ['/user/oauth/authorize?client_id=a&state=1', { original: [false, true], strict: [false, true] }],
  ['/login/oauth/authorize?client_id=a', { original: [false, true], strict: [false, true] }],
  ['/user/oauth/authorize', no],
  ['/user/oauth/authorize/?client_id=a', no],
  ['/user/oauth/token?client_id=a', no],
  ['/user/x/../oauth/authorize?client_id=a', no],
  ['/user/oauth/%61uthorize?client_id=a', no],
  ['/user/oauth/authorize?client_id=a#x', no],
  ['/user/oauth/authorize?client_id=a b', no],
  ['//user/oauth/authorize?client_id=a', no],
  ['https://evil.no/user/oauth/authorize?client_id=a', no],
  ['https://orders.example.no.evil.no/user/oauth/authorize?client_id=a', no],
  ['https://orders.example.no@evil.no/user/oauth/authorize?client_id=a', no],
  ['https://x@orders.example.no/user/oauth/authorize?client_id=a', no],
  ['http://orders.example.no/user/oauth/authorize?client_id=a', no],
  ['https://orders.example.no/user/logout?clientId=a', no],
  [`/user/oauth/authorize?state=${'x'.repeat(8000)}`, no],
];

for (const [candidate, wanted] of cases) {
  test(`as redirect_uri and returnUrl: ${candidate.slice(0, 90)}`, () => {
    for (const profile of ['original', 'strict'] as const) {
      const [redirectUri, returnUrl] = wanted[profile];
      assert.equal(isAllowed(profile, 'redirect_uri', candidate), redirectUri, `${profile} redirect_uri`);
      assert.equal(isAllowed(profile, 'returnUrl', candidate), returnUrl, `${profile} returnUrl`);
    }
  });
}

test('a reader who goes on to the authorization goes to an absolute address with the query as it was', () => {
  const query = '?client_id=a&redirect_uri=https%3A%2F%2Fopen.example.no%2F%3Fx%3Da%2520b&state=a+b';
  const site = { profile: 'strict' as const, returnAddresses };
  const allowed = allowAddress(site, 'returnUrl', `/user/oauth/authorize${query}`, publicUrl);
  assert.deepEqual(allowed, { ok: true, url: `${publicUrl}/user/oauth/authorize${query}` });
});

test('whatever passes leads to a listed origin, or to our own authorization', () => {
  const noise = ['', '/', '\\', '@', ':', '#', '?', '%', '.', '\t', ' ', '//', 'evil.no', '\u3002', ';'];
  const origins = new Set(['https://open.example.no', publicUrl]);
  let passes = 0;
  for (const base of [
    'https://open.example.no',
    `${publicUrl}/user/oauth/authorize`,
    '/user/oauth/authorize',
  ]) {
    for (const one of noise) {
      for (const two of noise) {
        const site = { profile: 'original' as const, returnAddresses };
        const allowed = allowAddress(site, 'returnUrl', `${base}${one}${two}x`, publicUrl);
        if (!allowed.ok) continue;
        passes += 1;
        assert.ok(origins.has(new URL(allowed.url).origin), allowed.url);
      }
    }
  }
  assert.ok(passes > 30, String(passes));
});

test('the sandbox takes any address of this machine, in either profile', () => {
  for (const profile of ['original', 'strict'] as const) {
    const site = { profile, returnAddresses: [{ match: 'loopback' as const }] };
    assert.equal(allowAddress(site, 'redirect_uri', 'http://localhost:8090/x', publicUrl).ok, true);
    assert.equal(allowAddress(site, 'redirect_uri', 'https://evil.no/', publicUrl).ok, false);
  }
});
