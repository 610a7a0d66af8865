import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestReader, type TestReader } from '../../testing/readers.ts';
import { mostFamilies } from './records-store.ts';

let place: TestReader;
before(async () => {
  place = await openTestReader();
});
after(() => place.close());

const countRows = async () =>
  (await place.rows(`SELECT 1 AS one FROM oauth_records WHERE model = 'RefreshToken'`)).length;

for (const name of ['original', 'strict'] as const) {
  test(`a site that asks anew at each visit leaves a few refresh tokens, not one for each: ${name}`, async () => {
    const site = place.sites[name];
    const other = place.sites[name === 'strict' ? 'original' : 'strict'];
    const kari = await place.logIn('kari@example.com');
    const elsewhere = await place.tokens(site, await place.logIn('kari@example.com'));
    const beside = await place.tokens(other, kari);
    const before = await countRows();
    const visits = [];
    for (let visit = 0; visit < mostFamilies + 4; visit += 1) visits.push(await place.tokens(site, kari));
    assert.equal(await countRows(), before + mostFamilies);
    const refreshes = async (token: string, at = site) => (await place.refresh(at, token)).statusCode === 200;
    const first = visits[0];
    assert.ok(first);
    assert.equal(await refreshes(first.refresh_token), false);
    assert.equal((await place.call(first.access_token, '/capi/v1/customer/profile')).statusCode, 200);
    for (const { refresh_token: token } of visits.slice(-mostFamilies)) assert.ok(await refreshes(token));
    assert.ok(await refreshes(elsewhere.refresh_token), 'another browser');
    assert.ok(await refreshes(beside.refresh_token, other), 'another site');
  });
}

test('a login whose token is used stays, however many come and go beside it', async () => {
  const site = place.sites.strict;
  const kari = await place.logIn('kari@example.com');
  let { refresh_token: token } = await place.tokens(site, kari);
  for (let visit = 0; visit < 3 * mostFamilies; visit += 1) {
    await place.advance(60);
    await place.tokens(site, kari);
    const next = await place.refresh(site, token);
    assert.equal(next.statusCode, 200, next.body);
    token = next.json().refresh_token;
  }
});
