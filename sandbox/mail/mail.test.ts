import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simpleParser } from 'mailparser';
import type { Received } from '../kit/inbox.ts';
import { startFrozen, startListener, type Tried } from '../testing/frozen-sandbox.ts';
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
      sender: 'leveret@example.com',
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

const bounces: [to: string, arrives: number, action: string, status: string][] = [
  ['bounce-later@example.com', 0, 'failed', '5.1.1'],
  ['Bounce-Later+kari@example.com', 0, 'failed', '5.1.1'],
  ['bounce-full@example.com', 0, 'failed', '5.2.2'],
  ['delayed@example.com', 1, 'delayed', '4.4.1'],
];

for (const [to, arrives, action, status] of bounces) {
  test(`${to} is accepted, and its sender told ${action} ${status}`, async (t) => {
    const sandbox = await startFrozen(t);
    const listener = await startListener(t);
    const reportUrl = `${listener.url}/notices/{token}?a=1`;
    assert.equal((await sandbox.call('PUT', '/control/mail', { reportUrl })).status, 204);
    const mail = { to: [to], data: plain, sender: 'leveret+a-token@mail.example' };
    assert.match(await sendMail(sandbox.smtpPort, mail), /^250/);
    assert.equal((await inbox(sandbox, to)).length, arrives);
    listener.answers.push(503);
    await sandbox.advance(4);
    assert.equal(listener.received.length, 0);
    await sandbox.advance(61);
    assert.equal(listener.received.length, 2, 'a report that is not taken comes again');
    const [{ path, headers, body } = assert.fail()] = listener.received;
    assert.equal(path, '/notices/a-token?a=1');
    assert.equal(headers['content-type'], 'message/rfc822');
    const report = await simpleParser(body);
    const type = report.headers.get('content-type');
    assert.match(JSON.stringify(type), /"multipart\/report".*"report-type":"delivery-status"/);
    assert.match(JSON.stringify(report.to), /leveret\+a-token@mail\.example/);
    const fields = new RegExp(
      `Reporting-MTA: dns; \\S+[^]*\r\n\r\nFinal-Recipient: rfc822; ${to.replace('+', '\\+')}\r\n` +
        `Action: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; `,
    );
    assert.match(body, fields);
    assert.match(body, /text\/rfc822-headers\r\n\r\nFrom: [^]*Message-ID: <1@x>/);
    const [first, second] = (await sandbox.ledger()).reports;
    assert.deepEqual([first?.resultCode, first?.answered], [`${action} ${status}`, 503]);
    assert.deepEqual([second?.gate, second?.answered], ['reportUrl', 200]);
  });
}

test('a mail whose sender has no token, or that has no sender, bounces to nobody', async (t) => {
  const sandbox = await startFrozen(t);
  for (const sender of ['leveret@mail.example', '']) {
    const mail = { to: ['bounce-later@example.com'], data: plain, sender };
    assert.match(await sendMail(sandbox.smtpPort, mail), /^250/);
  }
  await sandbox.advance(60);
  assert.deepEqual((await sandbox.ledger()).reports, []);
  const bare = await sandbox.call('PUT', '/control/mail', { reportUrl: 'http://127.0.0.1/notices' });
  assert.deepEqual([bare.status, bare.json['field']], [400, 'reportUrl']);
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
