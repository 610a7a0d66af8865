import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { importCatalogue } from '../../catalogue/import-catalogue.ts';
import { credentialKey, parseCredential } from '../../kit/credential.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import { type Body, customersPath, kari, openDesk } from '../../testing/customers.ts';
import { bring, linesOf, recordsOf } from '../../testing/moving.ts';
import { complete, openTestNode, prepaidOrder, register } from '../../testing/node.ts';
import { createTestPublisher } from '../../testing/publisher.ts';
import { openTestReader, type TestReader } from '../../testing/readers.ts';

let from: TestReader;
let to: Awaited<ReturnType<typeof openTestNode>>;
let there: Publisher;

before(async () => {
  [from, to] = await Promise.all([openTestReader(), openTestNode()]);
  const publisher = { country: 'NO', currency: 'NOK' as const, timeZone: 'Europe/Oslo', locale: 'nb' };
  const { publisherId } = await createTestPublisher(to.context.database, { publisher });
  const catalogue = new URL('../../../catalogue/demo-catalogue.json', import.meta.url);
  await importCatalogue(to.context, publisherId, JSON.parse(await readFile(catalogue, 'utf8')));
  await to.context.publishers.refresh();
  const found = await to.context.publishers.findPublisher(publisherId);
  assert.ok(found);
  there = found;
});
after(async () => {
  await from.close();
  await to.close();
});

const did = ({ status, body }: { status: number; body: Body }) =>
  assert.equal(status, 200, JSON.stringify(body));

/** Customers, readers and access in all the ways in which they come about. */
async function live(): Promise<void> {
  const desk = openDesk(from);
  const number = await desk.registered({ ...kari, categories: [{ addressCategory: 'VIP', freeValue: 'x' }] });
  const path = `${customersPath}/${number}`;
  const home = { changeType: 'createPermanent', streetAddress: 'Storgata', streetNumber: '12B' };
  did(await from.post(`${path}/address`, home));
  const away = { ...home, changeType: 'create', product: 'DEMO,GUIDE', countryCode: 'SE' };
  const period = { startDate: Date.now() + 86_400_000, endDate: Date.now() + 9 * 86_400_000 };
  did(await from.post(`${path}/address`, { ...away, period }));
  did(await from.post(`${path}/external-reference`, { referenceCode: 'CRM', externalId: 'Æ 1' }));
  did(await from.post('/capi/v1/client/consent/text', { consentCode: 'NEWS', text: 'Yes?' }));
  const yes = { consentCode: 'NEWS', state: 'given', version: 1, channelCode: 'email', source: 'form' };
  did(await from.post(`${path}/consent`, yes));
  did(await from.post(`${path}/consent`, { ...yes, state: 'withdrawn', statedAt: '2020-01-01' }));
  // One of whom an order says more than anybody else.
  const ordered = await desk.ordered();
  const reference = { referenceCode: 'CRM', externalId: 'O1' };
  did(await from.post(`${customersPath}/${ordered}/external-reference`, reference));
  // A reader who is that customer, with an order of their own; one who is none; one whom nobody has seen.
  for (const credential of ['reader@example.com', '+4790000201']) await from.logIn(credential);
  const mine = await register(from, prepaidOrder());
  did(await complete(from, mine));
  const assigned = await from.post(`/capi/v1/client/order/${mine}/user`, {
    credential: 'reader@example.com',
  });
  did(assigned);
  const { uniqueUserId } = assigned.body;
  did(await from.post(`${path}/user`, { uniqueUserId }));
  const lent = await register(from, prepaidOrder());
  did(await complete(from, lent));
  did(await from.post(`/capi/v1/client/order/${lent}/user`, { credential: 'pending@example.com' }));
  // Guests: the credential that was named, else what the payer has.
  did(await complete(from, await register(from, prepaidOrder()), { credential: 'guest@example.com' }));
  const payer = { lastName: 'Gjest', phoneNumbers: ['+4790000202'], emails: ['both@example.com'] };
  did(await complete(from, await register(from, prepaidOrder({ payer }))));
}

test('out, in at another installation, and out again: the same', async () => {
  await live();
  const out = await linesOf(from, from.client.publisher);
  const all = out.join('\n');
  for (const name of [
    '12,"entrance":"B"',
    'DEMO,GUIDE',
    'Æ 1',
    'withdrawn',
    '"isSaid":false',
    'guest@',
    'both@',
    'pending@',
  ])
    assert.ok(all.includes(name), name);
  const lines = out.map((line): unknown => JSON.parse(line));
  const { counts, refused } = await bring(to, there, recordsOf(...lines));
  assert.deepEqual(refused, []);
  assert.deepEqual(counts, { new: lines.length, changed: 0, 'there already': 0, refused: 0 });
  const again = await linesOf(to, there);
  assert.deepEqual(again.toSorted(), out.toSorted());
  const twice = await bring(to, there, recordsOf(...lines));
  assert.equal(twice.counts['there already'], lines.length);
});

test('what was read by a guest, a reader and one who is pending can be read there', async () => {
  for (const text of ['guest@example.com', 'both@example.com', '+4790000202', 'pending@example.com']) {
    const credential = parseCredential(text, 'NO');
    assert.ok(credential);
    const key = credentialKey(to.context.secrets.credentialHash, there.publisherId, credential);
    const answer = await to.context.checkAccess({
      publisherId: there.publisherId,
      credentialKey: key,
      product: 'GUIDE',
      wantsReason: true,
    });
    assert.equal(answer.reason, 'bought', text);
  }
});

test('nothing of another publisher goes along', async () => {
  assert.deepEqual(await linesOf(from, { ...from.client.publisher, publisherId: there.publisherId }), []);
});
