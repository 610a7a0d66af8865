import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHttpServer } from '../kit/http/serve.ts';
import { createRateLimiter } from '../kit/rate-limit.ts';
import { allowMetrics, type MetricsAnswer } from './allow-metrics.ts';
import { showMetrics } from './api/show-metrics.ts';

const token = '0123456789abcdef';

const cases: [
  mode: 'sandbox' | 'live',
  token: string | undefined,
  brought: string | undefined,
  MetricsAnswer,
][] = [
  ['sandbox', undefined, undefined, 'shown'],
  ['sandbox', undefined, `Bearer ${token}`, 'shown'],
  ['sandbox', token, undefined, 'token needed'],
  ['live', undefined, undefined, 'not there'],
  ['live', undefined, 'Bearer ', 'not there'],
  ['live', undefined, 'Bearer undefined', 'not there'],
  ['live', token, undefined, 'token needed'],
  ['live', token, '', 'token needed'],
  ['live', token, 'Bearer', 'token needed'],
  ['live', token, 'Bearer ', 'token needed'],
  ['live', token, token, 'token needed'],
  ['live', token, `Basic ${token}`, 'token needed'],
  ['live', token, `Bearer ${token}0`, 'token needed'],
  ['live', token, `Bearer ${token.slice(1)}`, 'token needed'],
  ['live', token, `Bearer ${token.toUpperCase()}`, 'token needed'],
  ['live', token, `Bearer ${token} ${token}`, 'token needed'],
  ['live', token, `Bearer ${token}`, 'shown'],
  ['live', token, `bearer  ${token}`, 'shown'],
  ['sandbox', token, `Bearer ${token}`, 'shown'],
];

for (const [mode, set, brought, expected] of cases) {
  test(`${mode}, ${set ? 'a token' : 'no token'}, ${JSON.stringify(brought)}: ${expected}`, () => {
    assert.equal(allowMetrics(mode, set, brought), expected);
  });
}

async function serve(mode: 'sandbox' | 'live', metricsToken: string | undefined) {
  const rateLimiter = createRateLimiter({ now: () => 0, liveNodes: () => 1 });
  const metrics = { setWork: () => {}, contentType: 'text/plain', text: async () => 'leveret_open_cases 0' };
  const database = { query: async () => [{ due_jobs: 0, dead_jobs: 0, open_cases: 0 }] };
  const context = { settings: { mode }, secrets: { metricsToken }, database, metrics };
  const { app } = await createHttpServer<never, never>({
    rows: [{ method: 'GET', path: '/metrics', who: 'browser', endpoint: showMetrics }],
    context: context as never,
    authenticate: () => Promise.reject(new Error('nobody')),
    explainError: () => undefined,
    rateLimiter,
    log: { warn: () => {}, error: () => {} },
    docsBase: '/docs',
    publicUrl: 'https://orders.example.no',
    version: '0',
  });
  return async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const reply = await app.inject({ method: 'GET', url: '/metrics', headers });
    return [reply.statusCode, reply.headers['www-authenticate'], reply.body.includes('leveret_open_cases')];
  };
}

test('over HTTP: open in a sandbox, and in live mode for who brings the token', async () => {
  const sandbox = await serve('sandbox', undefined);
  assert.deepEqual(await sandbox(), [200, undefined, true]);
  const bare = await serve('live', undefined);
  for (const brought of [undefined, 'Bearer undefined', `Bearer ${token}`]) {
    assert.deepEqual(await bare(brought), [404, undefined, false]);
  }
  const live = await serve('live', token);
  for (const brought of [undefined, 'Bearer x', `Basic ${token}`]) {
    assert.deepEqual(await live(brought), [401, 'Bearer realm="metrics"', false]);
  }
  assert.deepEqual(await live(`Bearer ${token}`), [200, undefined, true]);
});
