import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { magicNumbers } from './link/magic-numbers.ts';
import { type Sandbox, startSandbox } from './start-sandbox.ts';
import {
  bookedCharge,
  charge,
  gateLogin,
  openGate,
  startFrozen,
  startListener,
  textMessage,
  tried,
} from './testing/frozen-sandbox.ts';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

function dataFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'leveret-sandbox-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'sandbox.jsonl');
}

test('with real time a report comes by itself', async (t) => {
  const listener = await startListener(t);
  const sandbox = await startFrozen(t, {
    realTime: true,
    linkGate: { url: `${listener.url}/env`, ...gateLogin },
  });
  const id = await charge(sandbox, '+4791234567');
  assert.equal((await listener.next).path, '/env');
  assert.equal((await bookedCharge(sandbox, id))?.state, 'charged');
});

test('a taken port is an error, and nothing stays open', async (t) => {
  const sandbox = await startFrozen(t);
  const port = Number(new URL(sandbox.url).port);
  await assert.rejects(startSandbox({ port, smtpPort: 0 }), { code: 'EADDRINUSE' });
  await assert.rejects(startSandbox({ port: 0, smtpPort: sandbox.smtpPort }), { code: 'EADDRINUSE' });
});

test('a killed sandbox keeps its promises and its records', async (t) => {
  const file = dataFile(t);
  const listener = await startListener(t);
  const child = fork(main, {
    env: environment({ SANDBOX_DATA: file }),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  t.after(() => child.kill('SIGKILL'));
  const running = tried(await childSandbox(child));
  await openGate(running, listener);
  const late = await charge(running, '+4790000070');
  await running.call('POST', '/link/sms/send', textMessage('+4790000010'));
  await running.call('GET', '/publisher/callback?orderId=1');
  await running.advance(3600);
  const before = await running.ledger();
  const now = Date.parse(String((await running.advance(1)).json['now']));
  child.kill('SIGKILL');
  await once(child, 'exit');
  appendFileSync(file, '["charge",{"half a li');

  let sandbox = await startFrozen(t, { dataFile: file });
  assert.deepEqual(await sandbox.ledger(), before);
  assert.equal((await bookedCharge(sandbox, late))?.state, 'charged');
  assert.match((await sandbox.call('GET', '/control/callbacks')).text, /"orderId":"1"/);
  assert.match((await sandbox.call('GET', '/control/messages')).text, /Hello/);
  const received = listener.received.length;
  const after = Date.parse(String((await sandbox.advance(3600)).json['now']));
  assert.ok(after >= now + 3_600_000);
  assert.equal(listener.received.length, received + 1);
  assert.equal(listener.reports().at(-1)?.id, late);

  await sandbox.close();
  sandbox = await startFrozen(t, { dataFile: file });
  await sandbox.advance(100_000);
  assert.equal(listener.received.length, received + 1);
  await sandbox.call('DELETE', '/control');
  assert.doesNotMatch(readFileSync(file, 'utf8'), /orderId|Hello|"charge"/);
});

test('the program ends on a signal', { timeout: 20_000 }, async (t) => {
  const child = spawn(process.execPath, [main], {
    env: environment({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const { url } = await childSandbox(child);
  assert.equal((await fetch(url)).status, 200);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('a child of another program ends with it', { timeout: 20_000 }, async (t) => {
  const child = fork(main, { env: environment({}), stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  t.after(() => child.kill('SIGKILL'));
  await childSandbox(child);
  child.disconnect();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('the README names every number that stands for a fate', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const { number, what } of magicNumbers)
    assert.ok(readme.includes(`| \`${number}\` | ${what} |`), number);
});

function environment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...process.env,
    SANDBOX_PORT: '0',
    SANDBOX_SMTP_PORT: '0',
    SANDBOX_DATA: '',
    LEVERET_URL: 'http://127.0.0.1:1',
    ...more,
  };
}

/** Reads from the first line where the program listens. */
async function childSandbox(child: ChildProcess): Promise<Sandbox> {
  const [line] = child.stdout ? await once(child.stdout, 'data') : [];
  const [, url = '', smtpPort = ''] = /(http:\S+), SMTP on \S+:(\d+)/.exec(String(line)) ?? [];
  return { url, smtpPort: Number(smtpPort), close: async () => void child.kill() };
}
