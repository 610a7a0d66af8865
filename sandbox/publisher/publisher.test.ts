import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrozen, type Tried } from '../testing/frozen-sandbox.ts';
import type { Callback } from './callback-record.ts';

async function callbacks(sandbox: Tried, query = ''): Promise<(Callback & { number: number })[]> {
  const { callbacks: list } = (await sandbox.call('GET', `/control/callbacks${query}`)).json;
  return list as (Callback & { number: number })[];
}

test('a callback is recorded as it came', async (t) => {
  const sandbox = await startFrozen(t);
  const path = '/publisher/callback/site/1?orderId=7&fulfillmentStatus=success';
  const reply = await sandbox.call('GET', path, undefined, { 'webhook-id': 'msg_1' });
  assert.equal(reply.status, 200);
  await sandbox.call('POST', '/publisher/callback', '{"a": 1', { 'content-type': 'application/json' });
  await sandbox.call('PUT', '/publisher/callback', 'x=1', {
    'content-type': 'application/x-www-form-urlencoded',
  });

  const [first, second, third] = await callbacks(sandbox);
  assert.equal(first?.method, 'GET');
  assert.equal(first?.path, '/publisher/callback/site/1');
  assert.equal(first?.url, path);
  assert.deepEqual(first?.query, { orderId: '7', fulfillmentStatus: 'success' });
  assert.match(JSON.stringify(first?.headers), /"webhook-id":"msg_1"/);
  assert.equal(first?.answered, 200);
  assert.ok(Date.parse(first?.receivedAt ?? '') > 0);
  assert.deepEqual([second?.method, second?.body], ['POST', '{"a": 1']);
  assert.deepEqual([third?.method, third?.body], ['PUT', 'x=1']);
});

test('callbacks are listed after a number, below a path, and the newest only', async (t) => {
  const sandbox = await startFrozen(t);
  for (const place of ['a', 'b', 'a']) await sandbox.call('GET', `/publisher/callback/${place}`);
  const numbers = async (query: string) => (await callbacks(sandbox, query)).map((one) => one.number);
  assert.deepEqual(await numbers(''), [1, 2, 3]);
  assert.deepEqual(await numbers('?after=1'), [2, 3]);
  assert.deepEqual(await numbers('?limit=1'), [3]);
  assert.deepEqual(await numbers('?limit=0'), []);
  assert.deepEqual(await numbers('?path=/publisher/callback/a'), [1, 3]);
});

test('the status can be set, for a number of requests or until told otherwise', async (t) => {
  const sandbox = await startFrozen(t);
  const status = async (query = '') => (await sandbox.call('GET', `/publisher/callback${query}`)).status;
  await sandbox.call('PUT', '/control/publisher', { status: 503, times: 2 });
  assert.deepEqual([await status(), await status(), await status()], [503, 503, 200]);
  await sandbox.call('PUT', '/control/publisher', { status: 410, delayMilliseconds: 1 });
  assert.deepEqual([await status(), await status()], [410, 410]);
  assert.equal(await status('?answer=500'), 500);
  await sandbox.call('PUT', '/control/publisher', { status: 204 });
  assert.equal(await status(), 204);
  assert.deepEqual(
    (await callbacks(sandbox)).map((one) => one.answered),
    [503, 503, 200, 410, 410, 500, 204],
  );
});

test('a redirect leads to a place where a follower would be seen', async (t) => {
  const sandbox = await startFrozen(t);
  const reply = await sandbox.call('GET', '/publisher/callback?answer=302');
  assert.deepEqual([reply.status, reply.headers.get('location')], [302, '/publisher/callback/redirected']);
});

test('faults of the site', async (t) => {
  const sandbox = await startFrozen(t);
  const fault = (kind: string) =>
    sandbox.call('POST', '/control/faults', { provider: 'publisher', kind, times: 1, milliseconds: 1 });
  const visit = () => sandbox.call('GET', '/publisher/callback');
  await fault('error-500');
  assert.equal((await visit()).status, 500);
  await fault('timeout-before');
  await assert.rejects(visit());
  await fault('timeout-after-success');
  await assert.rejects(visit());
  await fault('slow');
  assert.equal((await visit()).status, 200);
  assert.deepEqual(
    (await callbacks(sandbox)).map((one) => one.answered),
    [500, null, 200],
  );
});

test('return and error pages show the query and nothing else', async (t) => {
  const sandbox = await startFrozen(t);
  const query = 'fulfillmentStatus=%3Cscript%3E&orderId=7';
  for (const place of ['return', 'error']) {
    const { status, text } = await sandbox.call('GET', `/publisher/${place}?${query}`);
    assert.equal(status, 200);
    assert.match(text, /<dt>fulfillmentStatus<\/dt><dd>&lt;script><\/dd>/);
    assert.match(text, /<dt>orderId<\/dt><dd>7<\/dd>/);
    assert.doesNotMatch(text, /<script/);
  }
  assert.deepEqual(await callbacks(sandbox), []);
});
