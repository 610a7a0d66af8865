import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charge, openGate, startFrozen, startListener, textMessage } from '../testing/frozen-sandbox.ts';
import { sendMail } from '../testing/smtp-client.ts';
import { linkedText } from './linked-text.ts';

const number = '+4791234567';

test('the phone shows texts, with links that work, and what was charged', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const text = 'Log in: http://127.0.0.1/l/abc?a=1&b=2. <script>alert(1)</script>';
  await sandbox.call('POST', '/link/sms/send', textMessage(number, { userData: text, source: '<b>x' }));
  await charge(sandbox, number);
  await sandbox.advance(1);
  const { text: page, headers } = await sandbox.call('GET', `/phone/${encodeURIComponent(number)}`);
  assert.match(page, /<a href="http:\/\/127\.0\.0\.1\/l\/abc\?a=1&amp;b=2" rel="noreferrer">/);
  assert.match(page, /99\.00 NOK · Demo, one month · on the phone bill/);
  assert.match(page, /<meta http-equiv="refresh" content="3"/);
  assert.doesNotMatch(page, /<script|<b>x/);
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
});

test('a mailbox shows the text, and the design on its own page without scripts', async (t) => {
  const sandbox = await startFrozen(t);
  const data = 'Subject: <i>Hi\nContent-Type: text/html\n\n<p>Hello</p><script>1</script>\n';
  await sendMail(sandbox.smtpPort, { to: ['kari@example.com'], data });
  const page = await sandbox.call('GET', '/phone/kari@example.com');
  assert.match(page.text, /<h2>&lt;i>Hi<\/h2>/);
  const [, path = ''] = /href="(\/phone\/[^"]*\/mail\/0)"/.exec(page.text) ?? [];
  const design = await sandbox.call('GET', path);
  assert.match(design.text, /<p>Hello<\/p>/);
  assert.match(design.headers.get('content-security-policy') ?? '', /^sandbox [^;]*; default-src 'none'/);
  assert.equal((await sandbox.call('GET', '/phone/kari@example.com/mail/1')).status, 404);
});

test('one finds a phone by number, by spelling, and in the list', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  await sandbox.call('POST', '/link/sms/send', textMessage(number, { userData: '<em>' }));
  const { text } = await sandbox.call('GET', '/phone');
  assert.match(text, /href="\/phone\/%2B4791234567"/);
  assert.match(text, /&lt;em>/);
  assert.match(text, /\+4790000010/);
  for (const spelling of ['91234567', '91 23 45 67', '0047 91234567', '%2B4791234567']) {
    const reply = await sandbox.call('GET', `/phone?for=${spelling}`);
    assert.deepEqual([reply.status, reply.headers.get('location')], [302, '/phone/%2B4791234567']);
  }
  assert.equal((await sandbox.call('GET', '/phone?for=%20')).status, 400);
});

test('the home page and an empty phone are there', async (t) => {
  const sandbox = await startFrozen(t);
  assert.match((await sandbox.call('GET', '/')).text, new RegExp(`127.0.0.1:${sandbox.smtpPort}`));
  assert.match((await sandbox.call('GET', '/phone/%2B4790000099')).text, /Nothing yet/);
});

test('an address ends before the punctuation that follows it', () => {
  assert.deepEqual(linkedText('See https://a.no/l/x. Or (http://b.no/?q=1)!'), [
    { text: 'See ' },
    { text: 'https://a.no/l/x', href: 'https://a.no/l/x' },
    { text: '. Or (' },
    { text: 'http://b.no/?q=1', href: 'http://b.no/?q=1' },
    { text: ')!' },
  ]);
  assert.deepEqual(linkedText('javascript:alert(1)'), [{ text: 'javascript:alert(1)' }]);
});
