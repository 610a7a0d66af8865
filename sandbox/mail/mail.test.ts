import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Received } from '../kit/inbox.ts';
import { startFrozen, type Tried } from '../testing/frozen-sandbox.ts';
import { sendMail } from '../testing/smtp-client.ts';

const plain = 'From: Leveret <no-reply@example.com>\nSubject: Hi\nMessage-ID: <1@x>\n\nHello\n';
const rich = `From: Leveret <no-reply@example.com>
To: someone@else.example
Subject: =?utf-8?Q?Kj=C3=B8p?=
Message-ID: <2@x>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=cut

--cut
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

V=C3=A6r s=C3=A5 god: https://example.com/l/abc

--cut
Content-Type: text/html; charset=utf-8

<p>Hello <a href="https://example.com/l/abc">link</a></p>
--cut--
`;

async function inbox(sandbox: Tried, to: string): Promise<Received[]> {
  const { messages } = (await sandbox.call('GET', `/control/messages?to=${encodeURIComponent(to)}`)).json;
  return messages as Received[];
}

test('a mail is kept with its text, design, subject and ids', async (t) => {
  const sandbox = await startFrozen(t);
  assert.match(await sendMail(sandbox.smtpPort, { to: ['Kari@Example.com'], data: rich }), /^250/);
  const [mail] = await inbox(sandbox, ' kari@example.COM ');
  assert.deepEqual(
    { ...mail, text: mail?.text.trim(), html: mail?.html?.trim(), receivedAt: '' },
    {
      channel: 'email',
      from: '"Leveret" <no-reply@example.com>',
      to: 'Kari@Example.com',
      subject: 'Kjøp',
      text: 'Vær så god: https://example.com/l/abc',
      html: '<p>Hello <a href="https://example.com/l/abc">link</a></p>',
      messageId: '<2@x>',
      receivedAt: '',
    },
  );
  assert.equal((await sandbox.ledger()).messages[0]?.reference, '<2@x>');
});

test('each recipient of the envelope gets one; a mail without design has none', async (t) => {
  const sandbox = await startFrozen(t);
  await sendMail(sandbox.smtpPort, { to: ['a@example.com', 'b@example.com'], data: plain });
  assert.equal((await inbox(sandbox, 'a@example.com')).length, 1);
  assert.equal((await inbox(sandbox, 'b@example.com'))[0]?.html, undefined);
  assert.equal((await inbox(sandbox, 'someone@else.example')).length, 0);
});

test('bounce@ is refused for good, tempfail@ twice, also with a tag', async (t) => {
  const sandbox = await startFrozen(t);
  const send = (to: string) => sendMail(sandbox.smtpPort, { to: [to], data: plain });
  assert.match(await send('bounce@example.com'), /^550/);
  assert.match(await send('bounce+1@example.com'), /^550/);
  for (const to of ['tempfail@example.com', 'Tempfail+other@example.com']) {
    assert.match(await send(to), /^451/);
    assert.match(await send(to), /^451/);
    assert.match(await send(to), /^250/);
    assert.equal((await inbox(sandbox, to)).length, 1);
  }
});

const faults: [string, RegExp, number, number][] = [
  ['error-500', /^451/, 0, 0],
  ['timeout-before', /^$/, 0, 0],
  ['timeout-after-success', /^$/, 1, 1],
  ['duplicate', /^250/, 2, 2],
  ['lost', /^250/, 0, 0],
  ['late', /^250/, 0, 1],
  ['slow', /^250/, 1, 1],
];

test('faults of mail', async (t) => {
  const sandbox = await startFrozen(t);
  for (const [kind, answer, soon, later] of faults) {
    await sandbox.call('DELETE', '/control');
    await sandbox.call('POST', '/control/faults', {
      provider: 'smtp',
      kind,
      rate: 1,
      seed: 1,
      milliseconds: 1,
    });
    assert.match(await sendMail(sandbox.smtpPort, { to: ['a@example.com'], data: plain }), answer, kind);
    assert.equal((await inbox(sandbox, 'a@example.com')).length, soon, kind);
    await sandbox.advance(2 * 3600);
    assert.equal((await inbox(sandbox, 'a@example.com')).length, later, kind);
  }
});
