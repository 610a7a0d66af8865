import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { dateCases } from './date-cases.ts';
import type { Desk } from './desk.ts';
import { emailCases } from './email-cases.ts';
import { nameCases } from './name-cases.ts';
import { phoneCases } from './phone-cases.ts';
import { readerCases } from './reader-cases.ts';
import { replyCases } from './reply-cases.ts';

let fixture: Fixture;
let desk: Desk;

before(async () => {
  fixture = await buildFixture();
  desk = { url: fixture.url, sandboxUrl: fixture.sandboxUrl, client: await connectDemoClient(fixture.url) };
});
after(() => fixture.close());

const kinds = {
  phones: phoneCases,
  'e-mail addresses': emailCases,
  'names and codes': nameCases,
  dates: dateCases,
  'one reader': readerCases,
  replies: replyCases,
};

for (const [kind, cases] of Object.entries(kinds)) {
  test(`${kind}: as people type them`, async (context) => {
    for (const { name, right, tried } of cases) {
      await context.test(name, async () => assert.deepEqual(await tried(desk), right));
    }
  });
}
