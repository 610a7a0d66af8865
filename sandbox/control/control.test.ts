import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charge, openGate, startFrozen, startListener, textMessage } from '../testing/frozen-sandbox.ts';

const gate = { url: 'http://127.0.0.1:1/', username: 'a', password: 'b' };
const fault = { provider: 'link', kind: 'late', rate: 1, seed: 1 };
const wrong: [string, string, unknown, string, string][] = [
  ['POST', '/control/clock/advance', undefined, '', 'type'],
  ['POST', '/control/clock/advance', '{', 'body', 'readable'],
  ['POST', '/control/clock/advance', {}, 'seconds', 'required'],
  ['POST', '/control/clock/advance', { seconds: 0 }, 'seconds', 'minimum'],
  ['POST', '/control/clock/advance', { seconds: 1.5 }, 'seconds', 'type'],
  ['POST', '/control/clock/advance', { seconds: '1' }, 'seconds', 'type'],
  ['POST', '/control/clock/advance', { seconds: 1, minutes: 1 }, 'minutes', 'additionalProperties'],
  ['POST', '/control/faults', { kind: 'late' }, 'provider', 'required'],
  ['POST', '/control/faults', { ...fault, kind: 'rare' }, 'kind', 'enum'],
  ['POST', '/control/faults', { ...fault, rate: 1.1 }, 'rate', 'maximum'],
  ['POST', '/control/faults', { ...fault, seed: -1 }, 'seed', 'minimum'],
  ['POST', '/control/faults', { ...fault, provider: 'other' }, 'provider', 'known'],
  ['POST', '/control/faults', { ...fault, provider: 'smtp', kind: 'early' }, 'kind', 'supported'],
  ['PUT', '/control/publisher', { status: 99 }, 'status', 'minimum'],
  ['PUT', '/control/publisher', { status: 200, times: 0 }, 'times', 'minimum'],
  ['PUT', '/control/publisher', { delayMilliseconds: -1 }, 'delayMilliseconds', 'minimum'],
  ['PUT', '/control/link/gates/a', { ...gate, url: 'ftp://x/' }, 'url', 'format'],
  ['PUT', '/control/link/gates/a', { ...gate, url: 'here' }, 'url', 'format'],
  ['PUT', '/control/link/gates/a', { ...gate, password: undefined }, 'password', 'required'],
  ['GET', '/control/messages?from=1', undefined, 'from', 'additionalProperties'],
  ['GET', '/control/messages?to=1&to=2', undefined, 'to', 'type'],
  ['GET', '/control/callbacks?limit=x', undefined, 'limit', 'pattern'],
];

test('bad input is answered 400 with field and rule', async (t) => {
  const sandbox = await startFrozen(t);
  for (const [method, path, body, field, rule] of wrong) {
    const reply = await sandbox.call(method, path, body);
    const { field: saidField, rule: saidRule } = reply.json;
    assert.deepEqual([reply.status, saidField, saidRule], [400, field, rule], `${path} ${reply.text}`);
  }
});

test('the server hears how far time went before each piece of work, and in all exactly as far', async (t) => {
  const server = await startListener(t);
  const sandbox = await startFrozen(t, { serverUrl: server.url });
  await openGate(sandbox, server);
  await charge(sandbox, '+4790000070');
  const reply = await sandbox.advance(10_000);
  assert.deepEqual(reply.json['server'], { reached: true });
  assert.equal(reply.json['ranDue'], 2);
  assert.deepEqual(
    server.received.map((one) => (one.path === '/test/clock' ? one.body : one.path)),
    ['{"advanceSeconds":1}', '{"advanceSeconds":7199}', '/dlr', '{"advanceSeconds":2800}'],
  );
});

test('without a server only the sandbox moves, and the reply says so', async (t) => {
  const sandbox = await startFrozen(t);
  const before = Date.parse(String((await sandbox.advance(1)).json['now']));
  const { json } = await sandbox.advance(3600);
  assert.equal(Date.parse(String(json['now'])) - before, 3_600_000);
  const server = json['server'] as { reached: boolean; reason: string };
  assert.equal(server.reached, false);
  assert.notEqual(server.reason, '');
});

test('advances that come together move time one after the other', async (t) => {
  const server = await startListener(t);
  const sandbox = await startFrozen(t, { serverUrl: server.url });
  await openGate(sandbox, server);
  await charge(sandbox, '+4791234567');
  await Promise.all([sandbox.advance(5), sandbox.advance(5)]);
  assert.deepEqual(
    server.received.map((one) => (one.path === '/test/clock' ? one.body : one.path)),
    ['{"advanceSeconds":1}', '/dlr', '{"advanceSeconds":4}', '{"advanceSeconds":5}'],
  );
});

test('forgetting leaves nothing but the gates and the time', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  await charge(sandbox, '+4790000040');
  await sandbox.advance(1);
  await charge(sandbox, '+4791234567');
  await sandbox.call('POST', '/link/sms/send', textMessage('+4791234567'));
  await sandbox.call('GET', '/publisher/callback');
  await sandbox.call('PUT', '/control/publisher', { status: 500 });
  await sandbox.call('POST', '/control/faults', { provider: 'publisher', kind: 'timeout-before' });
  const before = listener.received.length;

  assert.equal((await sandbox.call('DELETE', '/control')).status, 204);
  assert.deepEqual(await sandbox.ledger(), { charges: [], refunds: [], messages: [], reports: [] });
  assert.deepEqual((await sandbox.call('GET', '/control/messages')).json, { messages: [] });
  assert.deepEqual((await sandbox.call('GET', '/control/callbacks')).json, { callbacks: [] });
  assert.deepEqual((await sandbox.call('GET', '/control/payments')).json, { payments: [] });
  await sandbox.advance(3600);
  assert.equal(listener.received.length, before);
  assert.equal((await sandbox.call('GET', '/publisher/callback')).status, 200);
  await charge(sandbox, '+4791234567');
  await sandbox.advance(1);
  assert.equal(listener.received.length, before + 1);
});

test('faults can be taken away', async (t) => {
  const sandbox = await startFrozen(t);
  await sandbox.call('POST', '/control/faults', {
    provider: 'publisher',
    kind: 'error-500',
    rate: 1,
    seed: 1,
  });
  assert.equal((await sandbox.call('GET', '/publisher/callback')).status, 500);
  assert.equal((await sandbox.call('DELETE', '/control/faults')).status, 204);
  assert.equal((await sandbox.call('GET', '/publisher/callback')).status, 200);
});
