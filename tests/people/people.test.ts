import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient } from '../builders/demo-client.ts';
import { buildHouse, type House } from '../builders/house.ts';
import { dateCases } from './date-cases.ts';
import type { Desk } from './desk.ts';
import { emailCases } from './email-cases.ts';
import { nameCases } from './name-cases.ts';
import { phoneCases } from './phone-cases.ts';
import { readerCases } from './reader-cases.ts';
import { replyCases } from './reply-cases.ts';

let house: House;
let desk: Desk;

before(async () => {
  house = await buildHouse();
  desk = { url: house.url, sandboxUrl: house.sandboxUrl, client: await connectDemoClient(house.url) };
});
after(() => house.close());

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
