import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAddressGuard } from './address-guard.ts';

const live = createAddressGuard({ allowLoopback: false, blockedCidrs: [], resolve: () => ['1.1.1.1'] });
const sandbox = createAddressGuard({ allowLoopback: true, blockedCidrs: [], resolve: () => ['1.1.1.1'] });
const httpsOnly = { allowHttp: false };

function ruleOf(
  guard: typeof live,
  url: string,
  rules: { allowHttp: boolean; ports?: number[] } = httpsOnly,
) {
  const checked = guard.checkUrl(url, rules);
  return checked.ok ? 'ok' : checked.rule;
}

test('live: https on 443 to public names and addresses', () => {
  const cases: [string, string][] = [
    ['https://example.no', 'ok'],
    ['https://example.no/callback?a=1&b=%20', 'ok'],
    ['https://EXAMPLE.no:443/', 'ok'],
    ['https://blåbær.no/', 'ok'],
    ['https://xn--blbr-roa3l.no/', 'ok'],
    ['https://example.no./', 'ok'],
    ['https://93.184.216.34/', 'ok'],
    ['https://[2606:4700::1111]/', 'ok'],
    ['http://example.no/', 'not_https'],
    ['https://example.no:8443/', 'port_not_allowed'],
    ['https://example.no:22/', 'port_not_allowed'],
    ['https://example.no/#x', 'has_fragment'],
    ['https://example.no/#', 'has_fragment'],
    ['https://user@example.no/', 'has_credentials'],
    ['https://:secret@example.no/', 'has_credentials'],
    ['https://@example.no/', 'has_credentials'],
    ['https://example.no\\@evil.no/', 'unsafe_character'],
    ['https://example.no/a b', 'unsafe_character'],
    ['https://example.no/\n', 'unsafe_character'],
    [' https://example.no/', 'unsafe_character'],
    ['https://exam\u00adple.no/', 'unsafe_character'],
    ['https:example.no', 'not_a_web_address'],
    ['https:///example.no', 'not_a_web_address'],
    ['//example.no/', 'not_a_web_address'],
    ['/callback', 'not_a_web_address'],
    ['', 'not_a_web_address'],
    ['ftp://example.no/', 'not_a_web_address'],
    ['file:///etc/passwd', 'not_a_web_address'],
    ['https://example.no:99999/', 'not_a_web_address'],
    ['https://localhost/', 'private_name'],
    ['https://localhost./', 'private_name'],
    ['https://LOCALHOST/', 'private_name'],
    ['https://a.localhost/', 'private_name'],
    ['https://database/', 'private_name'],
    ['https://metadata.google.internal/', 'private_name'],
    ['https://printer.local/', 'private_name'],
    ['https://127.0.0.1/', 'loopback'],
    ['https://127.1/', 'host_spelling'],
    ['https://2130706433/', 'host_spelling'],
    ['https://%31%32%37.0.0.1/', 'host_spelling'],
    ['https://①②⑦.⓪.⓪.①/', 'host_spelling'],
    ['https://[::1]/', 'loopback'],
    ['https://[::ffff:7f00:1]/', 'ipv4Mapped'],
    [`https://example.no/${'a'.repeat(1981)}`, 'ok'],
    [`https://example.no/${'a'.repeat(1982)}`, 'too_long'],
  ];
  for (const [url, rule] of cases) assert.equal(ruleOf(live, url), rule, url);
});

test('a client may be allowed http and more ports', () => {
  assert.equal(ruleOf(live, 'http://example.no/', { allowHttp: true }), 'ok');
  assert.equal(ruleOf(live, 'http://example.no:8080/', { allowHttp: true }), 'port_not_allowed');
  assert.equal(ruleOf(live, 'https://example.no:8443/', { allowHttp: false, ports: [8443] }), 'ok');
  assert.equal(ruleOf(live, 'http://127.0.0.1/', { allowHttp: true, ports: [80] }), 'loopback');
});

test('the sandbox takes loopback on any port, and other hosts as ever', () => {
  const http = { allowHttp: true };
  for (const url of [
    'http://localhost:8090/',
    'http://127.0.0.1:8090/',
    'http://127.9.9.9/',
    'http://[::1]:1/',
  ]) {
    assert.equal(ruleOf(sandbox, url, http), 'ok', url);
  }
  assert.equal(ruleOf(sandbox, 'http://10.0.0.1/', http), 'private');
  assert.equal(ruleOf(sandbox, 'http://169.254.169.254/', http), 'linkLocal');
  assert.equal(ruleOf(sandbox, 'http://a.localhost/', http), 'private_name');
  assert.equal(ruleOf(sandbox, 'http://database/', http), 'private_name');
  assert.equal(ruleOf(sandbox, 'http://localhost:8090/'), 'not_https');
});

test('a host passes only when every one of its addresses does', async () => {
  const answers: Record<string, string[]> = {
    'one.example.no': ['1.1.1.1', '2606:4700::1111'],
    'mixed.example.no': ['1.1.1.1', '8.8.8.8', '127.0.0.1'],
    'mapped.example.no': ['::ffff:1.1.1.1'],
    'odd.example.no': ['not an address'],
    'none.example.no': [],
  };
  const guard = createAddressGuard({
    allowLoopback: false,
    blockedCidrs: [],
    resolve: (name) => answers[name] ?? Promise.reject(new Error('SERVFAIL')),
  });
  const outcome = async (name: string) => {
    const checked = await guard.checkHost(name);
    return checked.ok ? checked.addresses : `${checked.reason} ${checked.rule}`;
  };
  assert.deepEqual(await outcome('one.example.no'), ['1.1.1.1', '2606:4700::1111']);
  assert.equal(await outcome('mixed.example.no'), 'address_blocked loopback');
  assert.equal(await outcome('mapped.example.no'), 'address_blocked ipv4Mapped');
  assert.equal(await outcome('odd.example.no'), 'address_blocked not_an_address');
  assert.equal(await outcome('none.example.no'), 'dns_failed no_address');
  assert.equal(await outcome('broken.example.no'), 'dns_failed no_address');
  assert.equal(await outcome('localhost.'), 'address_blocked private_name');
  assert.equal(await outcome('[::1]'), 'address_blocked loopback');
});

test('localhost is never asked of a name server', async () => {
  assert.deepEqual(await sandbox.checkHost('localhost'), { ok: true, addresses: ['127.0.0.1', '::1'] });
});

test("an operator's own networks may have their own names, but localhost stays shut", async () => {
  const guard = createAddressGuard({
    allowLoopback: false,
    blockedCidrs: [],
    allowedCidrs: ['10.0.0.0/8'],
    resolve: (name) => (name === 'site' ? ['10.1.1.1'] : ['192.168.1.1']),
  });
  assert.equal(ruleOf(guard, 'https://site/'), 'ok');
  assert.deepEqual(await guard.checkHost('site'), { ok: true, addresses: ['10.1.1.1'] });
  assert.equal((await guard.checkHost('other.internal')).ok, false);
  assert.equal(ruleOf(guard, 'https://localhost/'), 'private_name');
});
