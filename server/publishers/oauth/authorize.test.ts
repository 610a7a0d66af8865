
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { answerOf, openTestReader, type TestReader } from '../../testing/readers.ts';

let place: TestReader;
before(async () => {
  place = await openTestReader();
});
after(() => place.close());

test('a', async () => {
  const asked = await place.authorize(place.sites.original, { state: 's 1', scope: 'openid email' });
  assert.ok(true); console.log(asked.statusCode, asked.headers, asked.body.slice(0, 300));
});
test('b', async () => {
  const cookie = await place.logIn();
  const asked = await place.authorize(place.sites.original, { state: 's 1', scope: 'openid email' }, cookie);
  assert.ok(true); console.log(asked.statusCode, asked.headers, asked.body.slice(0, 300));
  const r = await place.swap(place.sites.original, answerOf(asked).code ?? '');
  console.log(r.statusCode, r.json(), decodeJwt(r.json().access_token), decodeJwt(r.json().id_token));
  const again = await place.refresh(place.sites.original, r.json().refresh_token);
  console.log(again.json());
  const strict = await place.tokens(place.sites.strict, cookie);
  const [x, y] = [await place.refresh(place.sites.strict, strict['refresh_token'] ?? ''), await place.refresh(place.sites.strict, strict['refresh_token'] ?? '')];
  console.log(x.statusCode, y.json(), await place.refresh(place.sites.strict, x.json().refresh_token).then(z => z.body));
  console.log(await place.rows("select name, data from events where name like 'reader%'").catch(String));
  const bad = await place.authorize(place.sites.original, { redirect_uri: 'https://evil.no/' }, cookie);
  console.log(bad.statusCode, bad.headers, bad.body.slice(0, 3000));
  const f = await place.authorize(place.sites.foreign, { prompt: 'none', state: 'x' }, cookie);
  console.log(f.statusCode, f.headers.location);
  const l = await place.authorize(place.sites.original, { prompt: 'login', state: 'x' }, cookie);
  console.log(l.statusCode, l.headers.location);
});
