import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bookedCharge,
  charge,
  gateLogin,
  openGate,
  startFrozen,
  startListener,
  textMessage,
} from '../testing/frozen-sandbox.ts';

const number = '+4791234567';
const longest = 50 * 3600;

test('an ordinary mobile is charged and reported after one second, not before', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  const id = await charge(sandbox, number);
  assert.equal((await bookedCharge(sandbox, id))?.state, 'unknown');
  assert.equal(listener.received.length, 0);

  await sandbox.advance(1);
  const booked = await bookedCharge(sandbox, id);
  assert.equal(booked?.state, 'charged');
  assert.notEqual(booked?.bookedAt, null);
  const [report] = listener.reports();
  assert.deepEqual(
    { ...report, sentTimestamp: '', timestamp: '' },
    {
      refId: `ref${number}`,
      id,
      operator: 'no.telenor',
      sentTimestamp: '',
      timestamp: '',
      resultCode: 1001,
      operatorResultCode: '0',
      segments: 1,
      gateCustomParameters: {},
      customParameters: {
        chargeOnly: 'true',
        authorize: 'true',
        'strex.username': 'demo',
        'strex.securityLevel': '2',
      },
    },
  );
  const seconds = Date.parse(report?.timestamp ?? '') - Date.parse(report?.sentTimestamp ?? '');
  assert.equal(seconds, 1000);
  const { authorization } = listener.received[0]?.headers ?? {};
  assert.equal(authorization, `Basic ${btoa(`${gateLogin.username}:${gateLogin.password}`)}`);
});

const fates: [string, string, number[]][] = [
  ['+4790000010', 'declined', [2201]],
  ['+4790000020', 'declined', [2202]],
  ['+4790000030', 'unknown', []],
  ['+4790000031', 'charged', []],
  ['+4790000032', 'declined', []],
  ['+4790000040', 'unknown', [5]],
  ['+4790000041', 'unknown', [1010]],
  ['+4790000042', 'unknown', [4]],
  ['+4790000043', 'charged', [5, 1001]],
  ['+4790000044', 'declined', [5, 2200]],
  ['+4790000051', 'charged', [1008, 1001]],
  ['+4790000056', 'charged', [1005, 1000, 1011, 1001]],
  ['+4790000060', 'charged', [1009]],
  ['+4790000070', 'charged', [1001]],
  ['+4790000080', 'charged', [1001, 1001, 1001]],
  ['+4790000090', 'charged', [2201, 1001]],
  ['+4790000091', 'charged', [1001, 2201]],
  ['+4790000092', 'charged', [1001, 1000]],
  ['+4790000100', 'declined', [1002]],
  ['+4790000130', 'unknown', [9999]],
  ['+4799192203', 'declined', [2203]],
  ['+4799190004', 'unknown', [4]],
  ['+4799191008', 'unknown', [1008]],
];

test('each magic number has its fate', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  const ids = new Map<string, string>();
  for (const [destination] of fates) ids.set(destination, await charge(sandbox, destination));
  await sandbox.advance(longest);
  for (const [destination, state, codes] of fates) {
    const id = ids.get(destination) ?? '';
    const reported = listener.reports().filter((report) => report.id === id);
    assert.deepEqual(
      reported.map((report) => report.resultCode),
      codes,
      destination,
    );
    assert.equal((await bookedCharge(sandbox, id))?.state, state, destination);
  }
});

test('a late report comes after two hours, though the money was taken at once', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  const id = await charge(sandbox, '+4790000070');
  await sandbox.advance(7199);
  assert.equal((await bookedCharge(sandbox, id))?.state, 'charged');
  assert.equal(listener.received.length, 0);
  await sandbox.advance(1);
  assert.equal(listener.received.length, 1);
});

test('expiry follows the validity that the message asked for', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  await charge(sandbox, '+4790000100', { relativeValidityTime: 900_000 });
  await sandbox.advance(899);
  assert.equal(listener.received.length, 0);
  await sandbox.advance(1);
  assert.equal(listener.reports()[0]?.resultCode, 1002);
});

test('a stale report carries a time before the one that came first', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  await charge(sandbox, '+4790000092');
  await sandbox.advance(10);
  const [first, second] = listener.reports();
  assert.ok(Date.parse(second?.timestamp ?? '') < Date.parse(first?.timestamp ?? ''));
});

test('charging numbers get ordinary texts, unreachable ones do not', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  for (const destination of ['+4790000010', '+4790000110']) {
    await sandbox.call('POST', '/link/sms/send', textMessage(destination));
  }
  await sandbox.advance(1);
  assert.deepEqual(
    listener.reports().map((report) => report.resultCode),
    [1001, 1006],
  );
  const { messages } = (await sandbox.call('GET', '/control/messages')).json;
  assert.deepEqual(
    (messages as { to: string }[]).map((message) => message.to),
    ['+4790000010'],
  );
});

test('a text of several parts is reported part by part', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  const reply = await sandbox.call(
    'POST',
    '/link/sms/send',
    textMessage(number, { userData: 'ж'.repeat(71) }),
  );
  await sandbox.advance(1);
  const id = String(reply.json['messageId']);
  assert.deepEqual(
    listener.reports().map((report) => report.id),
    [`${id}$0`, `${id}$1`],
  );
});

test('every named gate hears of the message', async (t) => {
  const sandbox = await startFrozen(t);
  const first = await startListener(t);
  const second = await startListener(t);
  await openGate(sandbox, first, 'first');
  await openGate(sandbox, second, 'second');
  await charge(sandbox, number, { deliveryReportGates: ['first', 'second'] });
  await sandbox.advance(1);
  assert.deepEqual([first.received.length, second.received.length], [1, 1]);
});

test('what gets no 2xx is tried again with growing gaps', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  await openGate(sandbox, listener);
  listener.answers.push(500, 401, 302);
  await charge(sandbox, number);
  const receivedAfter: number[] = [];
  for (const seconds of [1, 4, 1, 14, 1, 59, 1, longest]) {
    await sandbox.advance(seconds);
    receivedAfter.push(listener.received.length);
  }
  assert.deepEqual(receivedAfter, [1, 1, 2, 2, 3, 3, 4, 4]);
  assert.equal(new Set(listener.received.map((one) => one.body)).size, 1);
  const { reports } = await sandbox.ledger();
  assert.deepEqual(
    reports.map((report) => [report.attempt, report.answered]),
    [
      [1, 500],
      [2, 401],
      [3, 302],
      [4, 200],
    ],
  );
});

test('a gate that never listens is given up when its time is over', async (t) => {
  const sandbox = await startFrozen(t);
  const settings = { url: 'http://127.0.0.1:1/dlr', ...gateLogin, ttlSeconds: 100 };
  await sandbox.call('PUT', '/control/link/gates/sandbox', settings);
  await charge(sandbox, number);
  await sandbox.advance(longest);
  const { reports } = await sandbox.ledger();
  assert.deepEqual(
    reports.map((report) => report.answered),
    [null, null, null, null],
  );
});
