import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestServer } from '../../testing/http-server.ts';
import { Problem } from '../problem.ts';
import type { NoticeCall, PageAnswer, PageCall } from './endpoint.ts';

async function pageServer(handlePage: (call: PageCall) => PageAnswer) {
  const endpoint = {
    operationId: 'show-link',
    summary: 'A page',
    handlePage: async (_context: unknown, call: PageCall) => handlePage(call),
  };
  return startTestServer({
    aliases: { '/login': '/user' },
    errorPage: async (problem, { requestId }) => `<p>${problem.code} ${requestId}</p>`,
    rows: (['GET', 'POST'] as const).map((method) => ({
      method,
      path: '/user/l/:token',
      who: 'browser',
      endpoint,
    })),
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('what is given twice may select, and is refused unless it says the same', async () => {
  const server = await pageServer(() => ({ html: 'seen' }));
  const url = '/user/l/a';
  const twice = await server.app.inject({ method: 'GET', url: `${url}?orderId=1&orderId=2` });
  assert.deepEqual([twice.statusCode, twice.body.includes('input_is_invalid')], [400, true]);
  const payload = 'code=1&code=2';
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal((await server.app.inject({ method: 'POST', url, headers: form, payload })).statusCode, 400);
  assert.equal((await server.app.inject({ method: 'GET', url: `${url}?a=1&a=1` })).statusCode, 200);
});

test('a page sees the address, the form, the cookies and who asks, without null characters', async () => {
  let seen: PageCall | undefined;
  const server = await pageServer((call) => {
    seen = call;
    return { html: '<p>hei</p>', cookies: ['a=1; Path=/', 'b=2; Path=/'] };
  });
  const reply = await server.app.inject({
    method: 'POST',
    url: '/login/l/a%2Fb%00?x=1&x=1&utm_a=1&utm_a=2&__proto__=p&y=%C3%A5+b%00',
    headers: {
      ...form,
      cookie: 'n=1; n=2; odd; m="q"',
      origin: 'https://orders.test',
      'accept-language': 'nb',
    },
    payload: 'code=123&code=123&name=%C3%98%00',
  });
  assert.equal(reply.statusCode, 200, reply.body);
  assert.equal(reply.headers['content-type'], 'text/html; charset=utf-8');
  assert.deepEqual(reply.headers['set-cookie'], ['a=1; Path=/', 'b=2; Path=/']);
  assert.ok(seen);
  assert.deepEqual({ ...seen.params }, { token: 'a/b' });
  assert.deepEqual(Object.entries(seen.query), [
    ['x', '1'],
    ['utm_a', '1'],
    ['__proto__', 'p'],
    ['y', 'å b'],
  ]);
  assert.deepEqual({ ...seen.form }, { code: '123', name: 'Ø' });
  assert.deepEqual({ ...seen.cookies }, { n: '1', m: '"q"' });
  const headers = { origin: 'https://orders.test', acceptLanguage: 'nb', userAgent: 'lightMyRequest' };
  assert.deepEqual(seen.headers, headers);
  assert.equal(seen.method, 'POST');
});

test('a page runs nothing, is framed by nobody, and is kept by no cache', async () => {
  const server = await pageServer(() => ({ html: '' }));
  const { headers } = await server.app.inject({ url: '/user/l/x' });
  assert.equal(
    headers['content-security-policy'],
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; " +
      "frame-ancestors 'none'; base-uri 'none'",
  );
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['cache-control'], 'no-store');
});

test('a page may name the origins it needs, and no more than origins', async () => {
  let allows: NonNullable<PageAnswer['allows']> = {
    'form-action': ['https://shop.no'],
    'frame-src': ['https://pay.no'],
  };
  const server = await pageServer(() => ({ html: '', allows }));
  const policy = async () =>
    (await server.app.inject({ url: '/user/l/x' })).headers['content-security-policy'];
  assert.match(
    String(await policy()),
    /form-action 'self' https:\/\/shop\.no; .*frame-src https:\/\/pay\.no$/,
  );
  allows = { 'form-action': ['https://shop.no; script-src *'] };
  assert.equal((await server.app.inject({ url: '/user/l/x' })).statusCode, 500);
});

test('a redirect, a file, and a file that may be cached', async () => {
  const answers: PageAnswer[] = [
    { redirectTo: 'https://shop.no/?a=1' },
    {
      text: { type: 'text/css; charset=utf-8', content: 'p{}' },
      headers: { 'cache-control': 'public, max-age=60' },
    },
  ];
  const server = await pageServer(() => answers.shift() ?? {});
  const redirect = await server.app.inject({ url: '/user/l/x' });
  assert.deepEqual([redirect.statusCode, redirect.headers.location], [303, 'https://shop.no/?a=1']);
  const file = await server.app.inject({ url: '/user/l/x' });
  assert.deepEqual([file.body, file.headers['content-type']], ['p{}', 'text/css; charset=utf-8']);
  assert.equal(file.headers['cache-control'], 'public, max-age=60');
});

test('a refusal of a page is a page; of the API it is not, whatever is accepted', async () => {
  const server = await pageServer(() => {
    throw new Problem('not_found');
  });
  const reply = await server.app.inject({ url: '/user/l/x' });
  assert.equal(reply.statusCode, 404);
  assert.match(reply.body, /^<p>not_found req_/);
  assert.match(String(reply.headers['content-security-policy']), /default-src 'none'/);
  const html = { accept: 'text/html,*/*' };
  assert.match((await server.app.inject({ url: '/nowhere', headers: html })).body, /^<p>not_found/);
  assert.equal((await server.app.inject({ url: '/nowhere' })).json().code, 'not_found');
  const api = await server.app.inject({ method: 'POST', url: '/capi/v1/order/1', headers: html });
  assert.equal(api.json().error, 'invalid_token');
});

test('a form of another type is refused', async () => {
  const server = await pageServer(() => ({ html: '' }));
  const headers = { 'content-type': 'application/json' };
  const reply = await server.app.inject({ method: 'POST', url: '/user/l/x', headers, payload: '{}' });
  assert.equal(reply.statusCode, 415);
});

test("a provider's notice arrives as it was sent", async () => {
  const notices: NoticeCall[] = [];
  const endpoint = {
    operationId: 'take-notice',
    summary: 'A notice',
    async handleNotice(_context: unknown, call: NoticeCall) {
      notices.push(call);
      return { text: { type: 'text/plain', content: 'OK' } };
    },
  };
  const path = '/user/notices/:secret';
  const server = await startTestServer({
    rows: [{ method: 'POST', path, who: 'provider', endpoint, bodyLimit: 100_000 }],
  });
  const payload = `{ "amount": 1e3, "fill": "${'x'.repeat(80_000)}" }`;
  const reply = await server.app.inject({
    method: 'POST',
    url: '/user/notices/abc?x=%41&y',
    headers: { 'content-type': 'application/json', 'x-signature': 's' },
    payload,
  });
  assert.deepEqual([reply.statusCode, reply.body], [200, 'OK']);
  const [notice] = notices;
  assert.equal(notice?.url, '/user/notices/abc?x=%41&y');
  assert.equal(notice.bodyText, payload);
  assert.deepEqual([notice.params.secret, notice.query.x, notice.headers['x-signature']], ['abc', 'A', 's']);
});
