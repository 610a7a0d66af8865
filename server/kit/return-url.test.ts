import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchReturnUrl, type ReturnAddress } from './return-url.ts';

const list: ReturnAddress[] = [
  { url: 'https://site.example.no/return', match: 'exact' },
  { url: 'https://site.example.no/return?from=order', match: 'exact' },
  { url: 'https://open.example.no', match: 'origin' },
  { url: 'https://port.example.no:8443/ignored', match: 'origin' },
  { url: 'http://plain.example.no/', match: 'origin' },
  { url: 'https://blåbær.example.no/', match: 'origin' },
];

test('addresses on the list pass, as the parser writes them', () => {
  const cases = [
    ['https://site.example.no/return', 'https://site.example.no/return'],
    ['https://site.example.no/return?from=order', 'https://site.example.no/return?from=order'],
    ['https://open.example.no', 'https://open.example.no/'],
    ['https://open.example.no/a/b?c=d&e=%20#f', 'https://open.example.no/a/b?c=d&e=%20#f'],
    ['https://OPEN.example.no/', 'https://open.example.no/'],
    ['https://open.example.no:443/', 'https://open.example.no/'],
    ['https://open.example.no/?next=https://evil.no', 'https://open.example.no/?next=https://evil.no'],
    ['https://open.example.no//evil.no', 'https://open.example.no//evil.no'],
    ['https://port.example.no:8443/x', 'https://port.example.no:8443/x'],
    ['http://plain.example.no/x', 'http://plain.example.no/x'],
    ['https://blåbær.example.no/x', 'https://xn--blbr-roah.example.no/x'],
    ['https://xn--blbr-roah.example.no/x', 'https://xn--blbr-roah.example.no/x'],
  ] as const;
  for (const [given, url] of cases) assert.deepEqual(matchReturnUrl(given, list), { ok: true, url }, given);
});

test('loopback entries, for the sandbox, take any address of this machine and nothing else', () => {
  const loopback: ReturnAddress[] = [{ match: 'loopback' }];
  for (const url of [
    'http://localhost:8090/publisher/return',
    'http://127.0.0.1:8090/publisher/return?x=1',
    'http://127.8.8.8/',
    'http://[::1]:3000/',
    'https://localhost/',
  ]) {
    assert.equal(matchReturnUrl(url, loopback).ok, true, url);
    assert.equal(matchReturnUrl(url, list).ok, false, url);
  }
  for (const url of [
    'http://localhost.evil.no/',
    'http://127.0.0.1.evil.no/',
    'http://127.0.0.1@evil.no/',
    'http://evil.no/127.0.0.1',
    'http://evil.no?localhost',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
    'http://128.0.0.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://localhost./',
    'javascript://localhost/%0aalert(1)',
  ]) {
    assert.equal(matchReturnUrl(url, loopback).ok, false, url);
  }
});

test('an entry that is no address matches nothing, not even itself', () => {
  for (const url of [
    '',
    'null',
    'app://x',
    '*',
    'https://*.example.no',
    'https://',
    '/return',
    'javascript:alert(1)',
  ]) {
    for (const match of ['exact', 'origin'] as const) {
      assert.equal(matchReturnUrl('https://evil.no/', [{ url, match }]).ok, false, url);
      assert.equal(matchReturnUrl('app://y', [{ url, match }]).ok, false, url);
      assert.equal(url !== 'https://*.example.no' && matchReturnUrl(url, [{ url, match }]).ok, false, url);
    }
  }
});

const hosts = ['site.example.no', 'open.example.no', 'port.example.no', 'plain.example.no'];

/** Ways to make an address that looks like one on the list and leads, or might lead, somewhere else. */
const tricks: ((host: string) => string)[] = [
  (host) => `https://${host}.evil.no/`,
  (host) => `https://evil-${host}/`,
  (host) => `https://evil.${host}/`,
  (host) => `https://x${host}/return`,
  (host) => `https://evil.no/${host}`,
  (host) => `https://evil.no?${host}`,
  (host) => `https://evil.no#${host}`,
  (host) => `https://evil.no/https://${host}/return`,
  (host) => `https://${host}@evil.no/`,
  (host) => `https://${host}:443@evil.no/`,
  (host) => `https://${host}%40evil.no/`,
  (host) => `https://user@${host}/return`,
  (host) => `https://user:password@${host}/return`,
  (host) => `https://@${host}/return`,
  (host) => `https://:@${host}/return`,
  (host) => `https://evil.no\\@${host}/`,
  (host) => `https://evil.no\\.${host}/`,
  (host) => `https://${host}\\@evil.no/`,
  (host) => `https:\\\\${host}\\return`,
  (host) => `https:/${host}/return`,
  (host) => `https:${host}/return`,
  (host) => `https:///${host}/return`,
  (host) => `https:////${host}/return`,
  (host) => `//${host}/return`,
  (host) => `///${host}/return`,
  (host) => `/\\${host}/return`,
  (host) => `${host}/return`,
  (host) => `/return?${host}`,
  (host) => `ftp://${host}/return`,
  (host) => `ws://${host}/return`,
  (host) => `wss://${host}/return`,
  (host) => `file://${host}/return`,
  (host) => `javascript://${host}/%0aalert(1)`,
  (host) => `javascript:alert(1)//https://${host}/return`,
  (host) => `data:text/html,https://${host}/return`,
  (host) => `blob:https://${host}/return`,
  (host) => `view-source:https://${host}/return`,
  (host) => `intent://${host}/return#Intent;scheme=https;end`,
  (host) => `myapp://${host}/return`,
  (host) => `https://${host}.:443/return`,
  (host) => `https://${host}./return`,
  (host) => `https://${host}..:443/return`,
  (host) => `https://${host}:8080/return`,
  (host) => `https://${host}:80/return`,
  (host) => `https://${host}:65536/return`,
  (host) => `https://${host}:443.evil.no/return`,
  (host) => `https://${host}:x/return`,
  (host) => ` https://${host}/return`,
  (host) => `https://${host}/return `,
  (host) => `\thttps://${host}/return`,
  (host) => `https://${host}/\r\nSet-Cookie:x=1`,
  (host) => `https://${host}/return\0`,
  (host) => `ht\ntps://${host}/return`,
  (host) => `https://evil.no\t.${host}/`,
  (host) => `https://${host}/re\u202eturn`,
  (host) => `https://${host}/\u00a0return`,
  (host) => `https://${host}\u200b/return`,
  (host) => `https://${host}\u00ad/return`,
  (host) => `https://${host.replace('.', '\u3002')}/return`,
  (host) => `https://${host.replace('.', '\uff0e')}/return`,
  (host) => `https://${host.replace('.', '%2e')}/return`,
  (host) => `https://${host.replace('e', '\uff45')}/return`,
  (host) => `https://${host.replace('e', '%65')}/return`,
  (host) => `https://${host.replace('e', '\u0435')}/return`,
  (host) => `https://${host.replace('o', '\u03bf')}/return`,
  (host) => `https://${host.replace('no', 'n\u00f8')}/return`,
  (host) => `https://${host.replace('example', 'examp1e')}/return`,
  (host) => `https://evil.no\u2044${host}/return`,
  (host) => `https://evil.no\uff0f${host}/return`,
  (host) => `https://evil.no\uff03${host}/return`,
  (host) => `https://evil.no\uff1f${host}/return`,
  (host) => `https://evil.no%2f${host}/return`,
  (host) => `https://evil.no%23.${host}/return`,
  (host) => `https://evil.no%00.${host}/return`,
  (host) => `https://evil.no;${host}/return`,
  (host) => `https://evil.no,${host}/return`,
  (host) => `https://[${host}]/return`,
  (host) => `https://*.${host}/return`,
  (host) => `https://${host.toUpperCase()}.EVIL.NO/return`,
  (host) => `https://${host}/return${'x'.repeat(2000)}`,
  (host) => `https://example.no/return?host=${host}`,
  (host) => `https://no/${host}`,
  () => 'https://127.0.0.1/return',
  () => 'http://localhost/return',
  () => 'https://[::1]/return',
];

/** What stays on a listed host and is still another address than the exact one that is listed. */
const nearMisses = [
  ...[
    'https://site.example.no',
    'https://site.example.no/',
    'https://site.example.no/return/',
    'https://site.example.no/RETURN',
  ],
  ...[
    'https://site.example.no/return?',
    'https://site.example.no/return#',
    'https://site.example.no/return#x',
  ],
  ...[
    'https://site.example.no/return/../x',
    'https://site.example.no/x/../return',
    'https://site.example.no/./return',
  ],
  ...[
    'https://site.example.no/%72eturn',
    'https://site.example.no/return%20',
    'https://site.example.no//return',
  ],
  ...[
    'https://site.example.no/return;x',
    'https://site.example.no/return?from=order&x=1',
    'https://site.example.no/return?FROM=order',
  ],
  ...[
    'https://site.example.no/return?from=order#',
    'https://site.example.no/return?x=1&from=order',
    'http://site.example.no/return',
  ],
  ...[
    'HTTPS://site.example.no/return',
    'https://SITE.example.no/return',
    'https://site.example.no:443/return',
  ],
  ...[
    'http://open.example.no/',
    'http://port.example.no:8443/',
    'https://port.example.no/',
    'https://plain.example.no/',
  ],
  'https://site.example.no/return2',
  'https://site.example.no/returns',
  'https://site.example.no/retur',
];

test('no trick passes off the list', () => {
  const tried = [...new Set([...hosts.flatMap((host) => tricks.map((trick) => trick(host))), ...nearMisses])];
  const passed = tried.filter((candidate) => matchReturnUrl(candidate, list).ok);
  assert.deepEqual(passed, []);
  assert.ok(tried.length >= 200, String(tried.length));
});

test('whatever passes leads to a listed origin, also after other parsers made it clean', () => {
  const origins = new Set([
    'https://open.example.no',
    'https://site.example.no',
    'https://port.example.no:8443',
  ]);
  const noise = [
    '',
    '/',
    '\\',
    '@',
    ':',
    '#',
    '?',
    '%',
    '.',
    '%2e',
    '\t',
    ' ',
    '[',
    ']',
    '//',
    'evil.no',
    '\u3002',
    ';',
  ];
  let passes = 0;
  for (const one of noise) {
    for (const two of noise) {
      for (const three of noise) {
        const checked = matchReturnUrl(`https://open.example.no${one}${two}${three}`, list);
        if (!checked.ok) continue;
        passes += 1;
        assert.ok(origins.has(new URL(checked.url).origin), checked.url);
      }
    }
  }
  assert.ok(passes > 100, String(passes));
});
