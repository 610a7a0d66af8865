import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestServer } from '../../testing/http-server.ts';
import { Problem } from '../problem.ts';

const json = { 'content-type': 'application/json' };
const good = { ...json, authorization: 'Bearer good' };
type Server = Awaited<ReturnType<typeof startTestServer>>;

function post(
  server: Server,
  payload: string | Buffer = '{"work":"x"}',
  headers: Record<string, string> = good,
  url = '/capi/v1/order/7',
) {
  return server.app.inject({ method: 'POST', url, headers, payload });
}

test('an operation sees its input read, and its answer is sent', async () => {
  const server = await startTestServer();
  const payload = '{"work":"x","amount":99.90,"other":1}';
  const headers = { ...good, 'idempotency-key': 'k 1', 'x-request-id': 'mine-1' };
  const reply = await post(server, payload, headers, '/capi/v1/order/7?state=paid&testing=true');
  assert.equal(reply.statusCode, 201);
  assert.equal(reply.headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(reply.headers['x-request-id'], 'mine-1');
  assert.equal(reply.headers['x-extra'], 'yes');
  assert.equal(reply.headers['x-content-type-options'], 'nosniff');
  assert.equal(reply.headers['cache-control'], 'no-store');
  assert.match(String(reply.headers['strict-transport-security']), /^max-age=/);
  const { warnings, ...seen } = reply.json();
  assert.deepEqual(seen, {
    clientId: 'good',
    params: { orderId: 7 },
    query: { state: 'paid' },
    body: { work: 'x', amount: '99.9' },
    idempotencyKey: 'k 1',
    bodyText: payload,
  });
  assert.deepEqual(
    warnings.map((warning: { field: string }) => warning.field),
    ['other'],
  );
});

const long = JSON.stringify({ work: 'x'.repeat(70_000) });
const malformed: [string, (server: Server) => ReturnType<typeof post>, number, string][] = [
  ['no JSON', (s) => post(s, '{'), 400, 'body_is_not_json'],
  ['bytes that are not UTF-8', (s) => post(s, Buffer.from([0x22, 0xff, 0x22])), 400, 'body_is_not_json'],
  ['deep JSON', (s) => post(s, `${'['.repeat(30_000)}1e3${']'.repeat(30_000)}`), 400, 'body_is_not_json'],
  [
    'a body of another type',
    (s) => post(s, 'a=b', { ...good, 'content-type': 'text/plain' }),
    415,
    'content_type_is_not_supported',
  ],
  [
    'a type that is none',
    (s) => post(s, '{}', { ...good, 'content-type': 'json' }),
    415,
    'content_type_is_not_supported',
  ],
  [
    'an encoded body',
    (s) => post(s, '{}', { ...good, 'content-encoding': 'gzip' }),
    415,
    'content_type_is_not_supported',
  ],
  ['a large body', (s) => post(s, long), 413, 'body_is_too_large'],
  ['a wrong length', (s) => post(s, '{}', { ...good, 'content-length': '9' }), 400, 'request_is_malformed'],
  ['a wrong escape', (s) => post(s, '{}', good, '/capi/v1/order/%zz'), 400, 'request_is_malformed'],
  ['a long parameter', (s) => post(s, '{}', good, `/capi/v1/order/${'7'.repeat(600)}`), 404, 'not_found'],
  [
    'a parameter of another type',
    (s) => post(s, '{"work":"x"}', good, '/capi/v1/order/x'),
    400,
    'input_is_invalid',
  ],
  ['a list instead of an object', (s) => post(s, '[]'), 400, 'input_is_invalid'],
  ['null instead of an object', (s) => post(s, 'null'), 400, 'input_is_invalid'],
  ['a member twice', (s) => post(s, '{"work":"x","amount":1,"amount":2}'), 400, 'input_is_invalid'],
  [
    'a parameter twice',
    (s) => post(s, '{"work":"x"}', good, '/capi/v1/order/7?state=a&state=b'),
    400,
    'input_is_invalid',
  ],
  [
    'an unknown parameter',
    (s) => post(s, '{"work":"x"}', good, '/capi/v1/order/7?State=a'),
    400,
    'input_is_invalid',
  ],
  ['no body', (s) => post(s, ''), 400, 'input_is_invalid'],
  ['an unknown path', (s) => post(s, '{}', good, '/capi/v2'), 404, 'not_found'],
  [
    'another method',
    (s) => s.app.inject({ method: 'DELETE', url: '/capi/v1/order/7' }),
    405,
    'method_not_allowed',
  ],
  [
    'an empty key',
    (s) => post(s, '{"work":"x"}', { ...good, 'idempotency-key': '' }),
    400,
    'idempotency_key_is_invalid',
  ],
  [
    'a key of other letters',
    (s) => post(s, '{"work":"x"}', { ...good, 'idempotency-key': 'ø' }),
    400,
    'idempotency_key_is_invalid',
  ],
  [
    'a long key',
    (s) => post(s, '{"work":"x"}', { ...good, 'idempotency-key': 'k'.repeat(256) }),
    400,
    'idempotency_key_is_invalid',
  ],
  [
    'no key in the strict profile',
    (s) => post(s, '{"work":"x"}', { ...good, authorization: 'Bearer strict' }),
    400,
    'idempotency_key_is_required',
  ],
];

for (const [name, request, status, code] of malformed) {
  test(`${name} is a problem document`, async () => {
    const server = await startTestServer();
    const reply = await request(server);
    const { requestId, detail, ...body } = reply.json();
    assert.deepEqual([reply.statusCode, body.code, body.status], [status, code, status], reply.body);
    assert.equal(body.type, `https://docs.test/errors/${code}`);
    assert.equal(body.errorMessage, detail);
    assert.equal(typeof body.exceptionType, 'string');
    assert.equal(requestId, reply.headers['x-request-id']);
    assert.ok(requestId);
    assert.deepEqual(server.logged, []);
  });
}

test('a body without a type is read as JSON, and JSON types of others too', async () => {
  const server = await startTestServer();
  const { authorization } = good;
  assert.equal((await post(server, '{"work":"x"}', { authorization })).statusCode, 201);
  const vendor = { authorization, 'content-type': 'application/vnd.x+json; charset=utf-8' };
  assert.equal((await post(server, '{"work":"x"}', vendor)).statusCode, 201);
});

test('another method is told which there are', async () => {
  const server = await startTestServer();
  const reply = await server.app.inject({ method: 'PUT', url: '/health' });
  assert.deepEqual([reply.statusCode, reply.headers.allow], [405, 'GET, HEAD']);
  assert.equal((await server.app.inject({ method: 'HEAD', url: '/health' })).statusCode, 200);
});

test('a problem is application/problem+json only where that is named', async () => {
  const server = await startTestServer();
  const typeFor = async (accept: string) =>
    (await post(server, '{', { ...good, accept })).headers['content-type'];
  const plain = 'application/json; charset=utf-8';
  assert.equal(await typeFor('*/*'), plain);
  assert.equal(await typeFor('application/json'), plain);
  assert.equal(
    await typeFor('application/json, application/problem+json'),
    'application/problem+json; charset=utf-8',
  );
});

test('a request id that is not safe to repeat is replaced', async () => {
  const server = await startTestServer();
  for (const given of ['a b', 'x'.repeat(65), '<script>', 'a"b']) {
    const reply = await post(server, '{"work":"x"}', { ...good, 'x-request-id': given });
    assert.match(String(reply.headers['x-request-id']), /^req_[0-9a-f-]{36}$/);
  }
});

test('a token is refused as RFC 6750 says', async () => {
  const server = await startTestServer();
  const refusal = async (headers: Record<string, string>) => {
    const reply = await post(server, '{"work":"x"}', { ...json, ...headers });
    return [reply.statusCode, reply.json().error, reply.headers['www-authenticate']];
  };
  const bare = [401, 'invalid_token', 'Bearer realm="leveret"'];
  assert.deepEqual(await refusal({}), bare);
  assert.deepEqual(await refusal({ authorization: 'Basic eDp5' }), bare);
  assert.deepEqual(await refusal({ authorization: 'Bearer ' }), bare);
  const [status, error, challenge] = await refusal({ authorization: 'Bearer forged' });
  assert.deepEqual([status, error], [401, 'invalid_token']);
  assert.match(
    String(challenge),
    /^Bearer realm="leveret", error="invalid_token", error_description="[^"]+"$/,
  );
  const narrow = await refusal({ authorization: 'bearer narrow' });
  assert.deepEqual(narrow.slice(0, 2), [403, 'insufficient_scope']);
});

test('a token is asked for before the body is judged', async () => {
  const server = await startTestServer();
  assert.equal((await post(server, '{', json)).statusCode, 401);
});

test('every call of a client is told the version of its path, also where it is refused', async () => {
  const server = await startTestServer();
  for (const headers of [
    {},
    { authorization: 'Bearer none' },
    { ...json, authorization: 'Bearer limited' },
  ]) {
    assert.equal((await post(server, '{', headers)).headers['x-mediaconnect-api-version'], 'v1');
  }
});

test('a client is told what is left of its limit, and when to come back', async () => {
  const server = await startTestServer();
  const limited = { ...json, authorization: 'Bearer limited' };
  const call = async () => {
    const { statusCode, headers } = await post(server, '{"work":"x"}', limited);
    const { 'x-ratelimit-remaining': left, 'x-ratelimit-reset': reset, 'retry-after': after } = headers;
    return [statusCode, left, reset, after];
  };
  assert.deepEqual(await call(), [201, '2', '60', undefined]);
  assert.deepEqual(await call(), [201, '1', '60', undefined]);
  assert.deepEqual(await call(), [429, '1', '60', '1']);
  server.time.now = 30_000;
  assert.deepEqual(await call(), [201, '0', '30', undefined]);
  assert.deepEqual(await call(), [429, '0', '30', '30']);
  assert.equal((await post(server)).statusCode, 201);
});

test('what breaks inside says nothing of itself, and is logged once', async () => {
  const server = await startTestServer({
    work: () => {
      throw new Error('password=hunter2');
    },
  });
  const reply = await post(server);
  assert.deepEqual([reply.statusCode, reply.json().code], [500, 'server_error']);
  assert.ok(!reply.body.includes('hunter2'));
  assert.equal(server.logged.length, 1);
  const facts = server.logged[0]?.fields;
  assert.deepEqual([facts?.operationId, facts?.requestId], ['register-order', reply.json().requestId]);
});

test('an error that is explained has its own status and Retry-After', async () => {
  const server = await startTestServer({
    work: () => Promise.reject(new Error('busy')),
    explainError: () => new Problem('temporarily_unavailable', { retryAfterSeconds: 3 }),
  });
  const reply = await post(server);
  assert.deepEqual([reply.statusCode, reply.headers['retry-after']], [503, '3']);
});

test('an expected refusal keeps its detail and fields, and is not logged', async () => {
  const fields = [{ field: 'orderId', rule: 'x', message: 'y' }];
  const server = await startTestServer({
    work: () => Promise.reject(new Problem('use_refund', { detail: 'Refund it.', fields })),
  });
  const { code, detail, fields: shown, exceptionType } = (await post(server)).json();
  assert.deepEqual(
    [code, detail, shown, exceptionType],
    ['use_refund', 'Refund it.', fields, 'ConflictException'],
  );
  assert.deepEqual(server.logged, []);
});

test('a work that takes too long is answered, and named in the log', async () => {
  const server = await startTestServer({
    work: () => new Promise(() => undefined),
    limits: { handlerMilliseconds: 20, slowMilliseconds: 10 },
  });
  const reply = await post(server);
  assert.deepEqual([reply.statusCode, reply.json().code], [503, 'temporarily_unavailable']);
  assert.ok(reply.headers['retry-after']);
  assert.deepEqual(
    server.logged.map(({ level }) => level),
    ['error', 'warn'],
  );
  assert.equal(server.admission.inFlight(), 0);
});
