import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { basic } from '../../testing/oauth.ts';
import { answerOf, openTestReader, type TestReader, type TestSite } from '../../testing/readers.ts';

let place: TestReader;
let kari: string;
before(async () => {
  place = await openTestReader();
  kari = await place.logIn('kari@example.com');
});
after(() => place.close());

const both = ['original', 'strict'] as const;

/** Values as they stand in a query or a form, where half a pair of surrogates has no valid bytes. */
const hostile: [string, string][] = [
  ['a null character', '%00'],
  ['a null character within', 'a%00b'],
  ['half a pair of surrogates', '%ED%A0%80'],
  ['bytes that are no text', '%FF%FE'],
  ['a percent sign alone', '%'],
  ['an escape that stops', '%E0%A'],
  ['a new line', 'a%0D%0AX-Y:%20z'],
  ['quotes and a backslash', '%22%5C%22'],
  ['an emoji', '%F0%9F%90%87'],
  ['a name of every object', '__proto__'],
  ['nothing', ''],
];

const ofToken = [
  ...['grant_type', 'code', 'refresh_token', 'redirect_uri', 'code_verifier', 'scope', 'client_id'],
  ...['client_secret', 'resource', 'token', 'token_type_hint', 'client_assertion', 'client_assertion_type'],
];
const ofAuthorize = [
  ...['client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'prompt'],
  ...['max_age', 'acr_values', 'id_token_hint', 'login_hint', 'ui_locales', 'claims_locales', 'display'],
  ...['code_challenge', 'code_challenge_method', 'resource', 'request', 'request_uri', 'registration'],
  ...['strength', 'leveret_since', 'claims', 'unknown'],
];

const form = 'application/x-www-form-urlencoded';
let asked = 0;

/** Each from an address of its own, since failures of one are limited. */
function post(path: string, payload: string, headers: object = {}) {
  asked += 1;
  return place.app.http.app.inject({
    method: 'POST',
    url: `/user/oauth/${path}`,
    remoteAddress: `10.1.${asked >> 8}.${asked & 255}`,
    headers: { 'content-type': form, ...headers },
    payload,
  });
}

type Reply = Awaited<ReturnType<typeof post>>;

/** A refusal in OAuth's own words, or an answer. */
function assertClear(reply: Reply, what: string): void {
  assert.ok(reply.statusCode < 500 && reply.statusCode !== 429, `${what}: ${reply.statusCode} ${reply.body}`);
  if (reply.statusCode === 200) return;
  const { error, error_description: description } = reply.json();
  assert.deepEqual([typeof error, typeof description], ['string', 'string'], `${what}: ${reply.body}`);
}

type Asked = [path: string, fields: Record<string, string>];

/** Requests that are right but for what is put in. */
function requestsOf({ redirectUri }: TestSite): Asked[] {
  const proof = { redirect_uri: encodeURIComponent(redirectUri), code_verifier: 'x'.repeat(43) };
  return [
    ['token', { grant_type: 'authorization_code', code: 'x', ...proof }],
    ['token', { grant_type: 'refresh_token', refresh_token: 'x' }],
    ['token', { grant_type: 'client_credentials' }],
    ['introspect', { token: 'x' }],
    ['revoke', { token: 'x' }],
  ];
}

const written = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

test('token, introspection and revocation have an answer, whatever a parameter holds', async () => {
  const { original } = place.sites;
  const headers = basic(original.clientId, original.secret);
  for (const [path, fields] of requestsOf(original)) {
    for (const name of ofToken) {
      for (const [what, value] of hostile) {
        const reply = await post(path, written({ ...fields, [name]: value }), headers);
        assertClear(reply, `${path} ${fields['grant_type']} ${name} ${what}`);
      }
    }
  }
});

test('a code, token or secret that could not be kept is one that nobody has', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const headers = basic(site.clientId, site.secret);
    const [code, refresh] = requestsOf(site);
    for (const value of ['%00', 'a%00b', '%ED%A0%80']) {
      for (const [path, fields] of [
        ['token', { ...code?.[1], code: value }],
        ['token', { ...refresh?.[1], refresh_token: value }],
      ] as Asked[]) {
        const reply = await post(path, written(fields), headers);
        assert.deepEqual([reply.statusCode, reply.json().error], [400, 'invalid_grant'], reply.body);
      }
      assert.deepEqual((await post('introspect', `token=${value}`, headers)).json(), { active: false });
      const revoked = await post('revoke', `token=${value}`, headers);
      assert.deepEqual([revoked.statusCode, revoked.json()], [200, {}]);
      for (const path of ['token', 'introspect', 'revoke']) {
        const own = `client_id=${site.clientId}&client_secret=${value}&grant_type=client_credentials&token=x`;
        assert.equal((await post(path, own)).statusCode, 401);
      }
    }
  }
});

test('in a JSON body as well', async () => {
  const { original } = place.sites;
  const headers = { ...basic(original.clientId, original.secret), 'content-type': 'application/json' };
  for (const [path, fields] of requestsOf(original)) {
    for (const name of ofToken) {
      for (const value of [String.raw`"\u0000"`, String.raw`"\ud800"`, '{}', '[]', 'true', '1e999']) {
        const others = Object.entries(fields).filter(([one]) => one !== name);
        const members = [...others.map((one) => one.map((text) => JSON.stringify(text)).join(':'))];
        const reply = await post(path, `{${[...members, `"${name}":${value}`].join(',')}}`, headers);
        assertClear(reply, `${path} ${fields['grant_type']} ${name} ${value}`);
      }
    }
  }
});

test('what is too long is refused, and says so; what stands twice, too', async () => {
  const { original } = place.sites;
  const headers = basic(original.clientId, original.secret);
  for (const [path, fields] of requestsOf(original)) {
    // A client of the original that says twice who it is has its second secret passed over.
    for (const name of ofToken.filter((one) => one !== 'client_secret')) {
      const told = `${path} ${fields['grant_type']} ${name}`;
      for (const text of ['x'.repeat(50_001), 'ø'.repeat(9000)]) {
        const reply = await post(path, written({ ...fields, [name]: encodeURIComponent(text) }), headers);
        assert.equal(reply.statusCode, 400, told);
        assert.match(reply.json().error_description, /longer than 50000 characters/, told);
      }
      assertClear(await post(path, written({ ...fields, [name]: 'x'.repeat(20_000) }), headers), told);
      const longest = await post(path, written({ ...fields, [name]: 'x'.repeat(100_000) }), headers);
      assert.equal(longest.statusCode, 413, told);
    }
    for (const name of Object.keys(fields)) {
      const reply = await post(path, `${written(fields)}&${name}=y`, headers);
      assert.deepEqual([reply.statusCode, reply.json().error], [400, 'invalid_request'], `${path} ${name}`);
    }
  }
});

/** Where the reader is sent: to log in, or to the site with an answer; else a page says what is wrong. */
async function assertLeads(site: TestSite, reply: Reply, what: string): Promise<void> {
  assert.ok([303, 400].includes(reply.statusCode), `${what}: ${reply.statusCode} ${reply.body}`);
  if (reply.statusCode === 400) return;
  const location = String(reply.headers.location);
  assert.match(location, /^[!-~]+$/, what);
  if (location.startsWith('/user/login?')) {
    assert.ok((await place.visit(location)).statusCode < 500, what);
    return;
  }
  assert.ok(location.startsWith(site.redirectUri), `${what}: ${location}`);
  const { code, error } = answerOf(reply);
  assert.ok(code ?? error, what);
  if (code === undefined) return;
  const swapped = await place.swap(site, code);
  assert.ok(swapped.statusCode < 500, `${what}: ${swapped.body}`);
}

test('an authorization leads somewhere, whatever a parameter holds', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const right = {
      client_id: site.clientId,
      redirect_uri: encodeURIComponent(site.redirectUri),
      response_type: 'code',
      scope: 'openid',
      ...(name === 'strict' && { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }),
    };
    for (const parameter of ofAuthorize) {
      const values = [...hostile, ['3000 characters', 'x'.repeat(3000)], ['5000', 'x'.repeat(5000)]];
      for (const [what = '', value = ''] of values) {
        const url = `/user/oauth/authorize?${written({ ...right, [parameter]: value })}`;
        const cookie = what.includes('null') || what === 'nothing' ? kari : undefined;
        for (const one of new Set([cookie, kari]))
          await assertLeads(site, await place.visit(url, one), `${name} ${parameter} ${what}`);
      }
      const twice = `/user/oauth/authorize?${written(right)}&${parameter}=x&${parameter}=y`;
      await assertLeads(site, await place.visit(twice, kari), `${name} ${parameter} twice`);
    }
  }
});

test('a null character is told of by name, before anything is kept', async () => {
  const { original } = place.sites;
  for (const name of ['nonce', 'acr_values', 'state', 'unknown']) {
    const reply = await place.authorize(original, { scope: 'openid', [name]: 'a\0b' }, kari);
    assert.equal(reply.statusCode, 400, name);
    assert.match(reply.body, new RegExp(`${name} has a null character`));
  }
});
