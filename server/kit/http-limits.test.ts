import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { client, serve, sharedClient } from '../testing/http-client.ts';
import type { Calling } from './http-client.ts';

test('beyond its places and its queue a request is turned away', async (t) => {
  const release: (() => void)[] = [];
  const arrived = Promise.withResolvers<void>();
  const host = await serve(t, (_request, response) => {
    release.push(() => response.end());
    arrived.resolve();
  });
  const small = client(t, { maxInFlight: 1, maxQueued: 1 });
  const send = () => small.send({ method: 'GET', url: `http://${host}/` });
  const [first, queued] = [send(), send()];
  assert.deepEqual(await send(), { kind: 'not_sent', reason: 'queue_full', detail: 'no place' });
  await arrived.promise;
  release[0]?.();
  assert.equal((await first).kind, 'answered');
  assert.equal(release.length <= 2, true);
  const waitForSecond = new Promise<void>((resolve) => {
    const look = () => (release.length === 2 ? resolve() : setImmediate(look));
    look();
  });
  await waitForSecond;
  release[1]?.();
  assert.equal((await queued).kind, 'answered');
});

test('a request that gets no place in time was not sent', async (t) => {
  const host = await serve(t, () => undefined);
  const small = client(t, { maxInFlight: 1, maxQueued: 1, totalTimeoutMilliseconds: 150 });
  const send = () => small.send({ method: 'GET', url: `http://${host}/` });
  const [first, queued] = await Promise.all([send(), send()]);
  assert.equal(first.kind, 'unknown');
  assert.equal(queued.kind, 'not_sent');
});

test('a request may allow the other side longer than the client does, or less', async (t) => {
  const host = await serve(t, () => undefined);
  const patient = client(t, { totalTimeoutMilliseconds: 60_000 });
  const outcome = await patient.send({ method: 'GET', url: `http://${host}/`, timeoutMilliseconds: 100 });
  assert.equal(outcome.kind === 'unknown' && outcome.reason, 'timeout');
});

test('ten failures in a row open the breaker of one host, publisher and account, and a probe closes it', async (t) => {
  let [status, calls] = [500, 0];
  let hold: Promise<void> | undefined;
  const host = await serve(t, (_request, response) => {
    calls += 1;
    void Promise.resolve(hold).then(() => response.writeHead(status).end());
  });
  const other = await serve(t, (_request, response) => response.end());
  const shared = sharedClient(t);
  const send = async (to = host, of: Calling = { publisherId: 1, account: 'vipps' }) => {
    const outcome = await shared.of(of).send({ method: 'GET', url: `http://${to}/` });
    return outcome.kind === 'answered' ? outcome.status : outcome.reason;
  };
  mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  t.after(() => mock.timers.reset());

  for (let call = 0; call < 9; call += 1) assert.equal(await send(), 500);
  status = 200;
  assert.equal(await send(), 200, 'an answer in between starts the count again');
  status = 503;
  for (let call = 0; call < 10; call += 1) assert.equal(await send(), 503);
  assert.equal(await send(), 'breaker_open');
  assert.equal(await send(other), 200);
  status = 200;
  assert.equal(await send(host, { publisherId: 2, account: 'vipps' }), 200);
  assert.equal(await send(host, { publisherId: 1, account: 'swedbank-pay' }), 200);
  assert.equal(await send(), 'breaker_open');
  mock.timers.tick(59_000);
  assert.equal(await send(), 'breaker_open');
  assert.equal(calls, 22);

  status = 503;
  mock.timers.tick(1_000);
  const probeMayEnd = Promise.withResolvers<void>();
  hold = probeMayEnd.promise;
  const probe = send();
  assert.deepEqual(await Promise.all([send(), send()]), ['breaker_open', 'breaker_open']);
  probeMayEnd.resolve();
  assert.equal(await probe, 503);
  assert.equal(await send(), 'breaker_open');
  mock.timers.tick(60_000);
  status = 200;
  assert.equal(await send(), 200);
  assert.deepEqual(await Promise.all([send(), send()]), [200, 200]);
});

test('a refused address is no failure of the host', async (t) => {
  const made = client(t, {
    breaker: { failures: 2, probeAfterMilliseconds: 60_000 },
    resolve: () => ['10.0.0.1'],
  });
  for (let call = 0; call < 5; call += 1) {
    const outcome = await made.send({ method: 'GET', url: 'http://shop.example.no/' });
    assert.deepEqual(outcome, { kind: 'not_sent', reason: 'address_blocked', detail: 'private' });
  }
});
