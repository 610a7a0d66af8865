import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

type Description = { paths: Record<string, object> };

test('a node serves the description that is committed, and in a sandbox the test clock beside it', async () => {
  const committed = await readFile(new URL('../../../openapi.json', import.meta.url), 'utf8');
  const served = await fetch(`${fixture.url}/openapi.json`);
  const { paths, ...rest }: Description = JSON.parse(await served.text());
  const { paths: committedPaths, ...committedRest }: Description = JSON.parse(committed);
  assert.deepEqual(rest, committedRest);
  const { '/test/clock': clock, ...others } = paths;
  assert.ok(clock);
  assert.deepEqual(others, committedPaths);
});

test('the type of a refusal leads to a page about it', async () => {
  const refused = await client.get('/capi/v1/client/order/8999999999');
  const page = await fetch(textAt(refused.body, 'type'));
  assert.equal(page.status, 200);
  assert.match(await page.text(), /`not_found` · HTTP 404/);
  assert.equal((await fetch(`${fixture.url}/docs/errors/..%2f..%2fREADME`)).status, 404);
});

test('the reference for people needs neither https nor anything from elsewhere', async () => {
  const policy = (await fetch(`${fixture.url}/docs/`)).headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(policy, /upgrade-insecure-requests|https:|unsafe/);
});
