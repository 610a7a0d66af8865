import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, serve } from '../../testing/http-client.ts';
import { vippsAccountOf } from './account.ts';
import { callVipps } from './call-vipps.ts';

type Sent = { path: string; headers: Readonly<Record<string, unknown>> };

/** A platform that gives a token, then this answer to everything. */
async function platform(t: Parameters<typeof client>[0], answer: { status: number; text: string }) {
  const sent: Sent[] = [];
  const host = await serve(t, (request, response) => {
    sent.push({ path: request.url ?? '', headers: request.headers });
    const isToken = request.url === '/accesstoken/get';
    const text = isToken ? '{"access_token":"t","expires_in":"3600"}' : answer.text;
    request.resume().on('end', () => response.writeHead(isToken ? 200 : answer.status).end(text));
  });
  const account = vippsAccountOf({
    baseUrl: `http://${host}`,
    clientId: 'id',
    clientSecret: 'secret',
    subscriptionKey: 'key',
    merchantSerialNumber: '123456',
  });
  return { account, sent, http: client(t) };
}

const domain = (code: string) => JSON.stringify({ extraDetails: [{ name: 'ErrorCode', reason: code }] });
const kind = (name: string) => JSON.stringify({ type: `https://example.com/problems#${name}` });

const table: [number, string, string, string?][] = [
  [200, '{"a":1}', 'done'],
  [204, '', 'done'],
  [302, '', 'unknown', 'http 302'],
  [400, domain('6080'), 'refused', '6080'],
  [400, domain('words'), 'refused', 'http 400'],
  [400, kind('charge-due-too-soon'), 'refused', 'charge-due-too-soon'],
  [400, '{"extraDetails":7,"type":7}', 'refused', 'http 400'],
  [400, 'not JSON', 'refused', 'http 400'],
  [401, '', 'not sent', 'http 401'],
  [403, '{"message":"no"}', 'not sent', 'http 403'],
  [403, domain('5080'), 'refused', '5080'],
  [404, domain('5090'), 'refused', '5090'],
  [408, '', 'unknown', 'http 408'],
  [409, domain('4020'), 'refused', '4020'],
  [423, '', 'not sent', 'http 423'],
  [429, '', 'not sent', 'http 429'],
  [500, domain('3010'), 'unknown', 'http 500'],
  [503, '', 'unknown', 'http 503'],
];

for (const [status, text, wanted, code] of table) {
  test(`an answer of ${status} ${text} is ${wanted}`, async (t) => {
    const { account, http } = await platform(t, { status, text });
    const answer = await callVipps(http, account, { method: 'GET', path: '/x' });
    assert.equal(answer.kind, wanted);
    if (answer.kind !== 'done') assert.equal(answer.code, code);
  });
}

test('calls at once wait for one token, and a token that is refused is asked for anew, once', async (t) => {
  const well = await platform(t, { status: 200, text: '{}' });
  await Promise.all([1, 2, 3].map(() => callVipps(well.http, well.account, { method: 'GET', path: '/x' })));
  const paths = (sent: Sent[]) => sent.map((one) => one.path);
  assert.deepEqual(paths(well.sent), ['/accesstoken/get', '/x', '/x', '/x']);
  const refusing = await platform(t, { status: 401, text: '' });
  await callVipps(refusing.http, refusing.account, { method: 'GET', path: '/x' });
  assert.deepEqual(paths(refusing.sent), ['/accesstoken/get', '/x', '/accesstoken/get', '/x']);
});

test('every call says for which sales unit and by which system it is made', async (t) => {
  const { account, http, sent } = await platform(t, { status: 200, text: '{}' });
  await callVipps(http, account, { method: 'POST', path: '/x', key: 'k1', body: {} });
  const headers = sent[1]?.headers ?? {};
  const names = ['authorization', 'ocp-apim-subscription-key', 'merchant-serial-number', 'idempotency-key'];
  assert.deepEqual(
    names.map((name) => headers[name]),
    ['Bearer t', 'key', '123456', 'k1'],
  );
  assert.equal(headers['vipps-system-name'], 'leveret');
  for (const name of ['version', 'plugin-name', 'plugin-version']) {
    assert.match(String(headers[`vipps-system-${name}`]), /^.{1,30}$/);
  }
});
