import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { OutgoingMessage } from '../message-channel.ts';
import { createSmtpChannel, greetMailServer, type SmtpSettings } from './channel.ts';

const mail: OutgoingMessage = {
  publisherId: 1,
  messageId: 'message-7',
  reportToken: '1-7-abc',
  to: 'ola@example.com',
  content: { kind: 'email', subject: 'Tilgang på ært', text: 'Hei å\n', html: '<p>Hei å</p>' },
  validitySeconds: 3600,
};

test('an accepted message carries a stable Message-ID and says that a machine sent it', async (context) => {
  const { channel, received } = await channelTo(context, {});
  const outcome = await channel.send(mail);
  assert.deepEqual(outcome, { kind: 'accepted', providerMessageId: '<message-7@mail.example.com>' });
  await channel.send(mail);
  assert.equal(received.length, 2);
  for (const source of received) {
    assert.match(source, /^Message-ID: <message-7@mail\.example\.com>\r$/im);
    assert.match(source, /^Auto-Submitted: auto-generated\r$/im);
    assert.match(source, /^To: ola@example\.com\r$/im);
    assert.match(source, /^From: Leveret <post@example\.com>\r$/im);
    assert.match(source, /multipart\/alternative/);
  }
});

test('mail servers report to an address of the message’s own, where one is set', async (context) => {
  const senders: string[] = [];
  const { channel, port } = await channelTo(context, {
    onMailFrom(address, _session, done) {
      senders.push(address.address);
      done();
    },
  });
  await channel.send(mail);
  await openChannel(context, { port, bounceAddress: 'bounces@mail.example.com' }).send(mail);
  assert.deepEqual(senders, ['post@example.com', 'bounces+1-7-abc@mail.example.com']);
});

test('replies about the message: 5xx refuses it, 4xx asks to come back', async (context) => {
  const cases = [
    [{ onMailFrom: refusing(550) }, 'refused', '550 at MAIL FROM'],
    [{ onRcptTo: refusing(550) }, 'refused', '550 at RCPT TO'],
    [{ onRcptTo: refusing(451) }, 'later', '451 at RCPT TO'],
    [{ onData: readThenAnswer(554) }, 'refused', '554 at DATA'],
    [{ onData: readThenAnswer(452) }, 'later', '452 at DATA'],
  ] as const;
  for (const [options, kind, reason] of cases) {
    const { channel } = await channelTo(context, options);
    assert.deepEqual(await channel.send(mail), { kind, reason });
  }
});

test('a refused log-in says nothing about the message, so it is tried later', async (context) => {
  const server = await scriptedServer(context, {
    EHLO: '250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN',
    STARTTLS: '454 no',
  });
  const channel = openChannel(context, { port: server.port, user: 'u', password: 'secret' });
  const outcome = await channel.send(mail);
  assert.equal(outcome.kind, 'later');
  assert.ok(!server.heard.some((line) => line.startsWith('AUTH')), 'no password travels without encryption');
});

test('a server that is not there, or does not want to talk, is tried later', async (context) => {
  const gone = await scriptedServer(context, {});
  gone.close();
  const refused = await openChannel(context, { port: gone.port }).send(mail);
  assert.equal(refused.kind, 'later');
  const closed = await scriptedServer(context, { greeting: '554 no service here' });
  assert.deepEqual(await openChannel(context, { port: closed.port }).send(mail), {
    kind: 'later',
    reason: '554 at CONN',
  });
});

test('a server whose certificate nobody signed gets no e-mail, and is named as what it is', async (context) => {
  const { channel, port, received } = await channelTo(context, { disabledCommands: ['AUTH'] });
  const reason = await greetMailServer(settingsAt({ port }));
  assert.match(reason ?? '', untrusted);
  assert.deepEqual(await channel.send(mail), { kind: 'later', reason });
  assert.deepEqual(received, []);
});

test('a mail server is greeted as a message would, and nothing is sent', async (context) => {
  const { port, received } = await channelTo(context, {});
  assert.equal(await greetMailServer(settingsAt({ port })), undefined);
  const closed = await scriptedServer(context, { greeting: '554 no service here' });
  assert.equal(await greetMailServer(settingsAt({ port: closed.port })), '554 at CONN');
  closed.close();
  assert.equal(await greetMailServer(settingsAt({ port: closed.port })), 'ECONNREFUSED at CONN');
  assert.deepEqual(received, []);
});

test('a connection lost before DATA is tried later, lost after it nobody knows', async (context) => {
  const early = await scriptedServer(context, { RCPT: undefined });
  assert.equal((await openChannel(context, { port: early.port }).send(mail)).kind, 'later');
  const late = await scriptedServer(context, { '.': undefined });
  assert.deepEqual(await openChannel(context, { port: late.port }).send(mail), {
    kind: 'unknown',
    reason: 'ECONNECTION at CONN',
  });
  const times = late.heard.filter((line) => line === 'DATA').length;
  assert.equal(times, 1, 'the pool does not send it again by itself');
});

test('a 421 in place of the last answer is an answer: not taken, come back', async (context) => {
  const server = await scriptedServer(context, { '.': '421 4.3.2 shutting down' });
  assert.deepEqual(await openChannel(context, { port: server.port }).send(mail), {
    kind: 'later',
    reason: '421 4.3.2 at DATA',
  });
});

test('silence ends: before DATA later, after it unknown', async (context) => {
  const early = await scriptedServer(context, { MAIL: '' });
  const late = await scriptedServer(context, { '.': '' });
  const quick = { sendTimeoutSeconds: 0.3 };
  const [before, after] = await Promise.all([
    openChannel(context, { port: early.port, ...quick }).send(mail),
    openChannel(context, { port: late.port, ...quick }).send(mail),
  ]);
  assert.equal(before.kind, 'later');
  assert.equal(after.kind, 'unknown');
});

test('only one plain address and only e-mail is taken', async (context) => {
  const { channel, received } = await channelTo(context, {});
  const addresses = ['a@b.no, c@d.no', 'A <a@b.no>', 'a@b.no\r\nBcc: c@d.no', 'a', 'a@b@c', '"a b"@c.no', ''];
  for (const to of addresses) assert.equal((await channel.send({ ...mail, to })).kind, 'refused', to);
  const sms = { ...mail, content: { kind: 'sms', text: 'x' } } as const;
  assert.equal((await channel.send(sms)).kind, 'refused');
  assert.equal(received.length, 0);
});

/** The server's own certificate is signed by itself, and is also out of date since some day. */
const untrusted = /^(DEPTH_ZERO_SELF_SIGNED_CERT|CERT_HAS_EXPIRED) at CONN$/;

type Given = Partial<SmtpSettings> & { port: number };

function settingsAt(given: Given): SmtpSettings {
  return {
    host: '127.0.0.1',
    secure: false,
    from: 'Leveret <post@example.com>',
    messageIdDomain: 'mail.example.com',
    ...given,
  };
}

function openChannel(context: TestContext, given: Given) {
  const channel = createSmtpChannel(settingsAt(given));
  context.after(() => channel.close());
  return channel;
}

async function channelTo(context: TestContext, options: SMTPServerOptions) {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      readAll(stream, (source) => {
        received.push(source);
        done();
      });
    },
    ...options,
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const channel = openChannel(context, { port });
  context.after(() => server.close());
  return { channel, received, port };
}

function readAll(stream: NodeJS.ReadableStream, then: (source: string) => void) {
  let source = '';
  stream.on('data', (chunk: Buffer) => {
    source += chunk.toString();
  });
  stream.on('end', () => then(source));
}

function refusing(responseCode: number) {
  return (_address: unknown, _session: unknown, done: (error: Error) => void) =>
    done(Object.assign(new Error('no, not ola@example.com'), { responseCode }));
}

function readThenAnswer(responseCode: number): NonNullable<SMTPServerOptions['onData']> {
  return (stream, _session, done) =>
    readAll(stream, () => done(Object.assign(new Error('no'), { responseCode })));
}

/**
 * A server that answers by a script, for what a well-behaved one never does: `undefined` closes the
 * connection, an empty answer is silence, `.` is the answer to the message.
 */
async function scriptedServer(context: TestContext, script: Record<string, string | undefined>) {
  const answers: Record<string, string | undefined> = {
    greeting: '220 ready',
    EHLO: '250 ready',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go on',
    '.': '250 ok',
    QUIT: '221 bye',
    ...script,
  };
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    answer(socket, answers['greeting']);
    converse(socket, heard, answers);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  context.after(close);
  return { port: (server.address() as AddressInfo).port, heard, close };
}

function converse(socket: Socket, heard: string[], answers: Record<string, string | undefined>) {
  let inMessage = false;
  let pending = '';
  socket.on('data', (chunk) => {
    const lines = (pending + chunk.toString()).split('\r\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      if (inMessage && line !== '.') continue;
      heard.push(line);
      const command = line.split(/[ :]/)[0] ?? '';
      inMessage = command === 'DATA';
      answer(socket, answers[command]);
    }
  });
}

function answer(socket: Socket, reply: string | undefined) {
  if (reply === undefined) socket.destroy();
  else if (reply !== '') socket.write(`${reply}\r\n`);
}
