import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestFixture, type TestFixture } from '../testing/accounts.ts';
import { weighLinks } from './weigh-links.ts';

let fixture: TestFixture;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());

test('links without an order, weighed at once, are not of one order', async () => {
  const client = await fixture.addClient({ settings: { messagesPerOrder: 1 } });
  for (const name of ['ola', 'kari', 'per']) {
    await fixture.addLink(client, fixture.credential(client, `${name}@example.no`), { cause: 'stranger' });
  }
  const ids = await fixture.rows<{ link_id: number }>('SELECT link_id FROM login_links ORDER BY link_id');
  const weighed = await fixture.database.transaction('weigh', (transaction) =>
    weighLinks(
      transaction,
      ids.map((row) => row.link_id),
    ),
  );
  assert.deepEqual(
    weighed.map((link) => link.decision.kind),
    ['send', 'send', 'send'],
  );
});

test('strangers who ask for codes to numbers in a row reach an end, which stops nobody else', async () => {
  const client = await fixture.addClient({ ownerEmail: 'eier@avis.example' });
  const { publisherId } = client.publisher;
  const ask = (number: string, cause: 'stranger' | 'reader' | 'order' = 'stranger') =>
    fixture.addLink(client, fixture.credential(client, number), { cause });
  const askInRow = async (from: number, to: number) => {
    for (let last = from; last < to; last += 1) await ask(`+479123${String(last).padStart(4, '0')}`);
  };
  const sent = async () =>
    (
      await fixture.rows(
        `SELECT 1 AS one FROM messages WHERE publisher_id = $1 AND channel = 'sms' AND cause <> 'owner'`,
        [publisherId],
      )
    ).length;
  const told = () =>
    fixture.rows<{ facts: { numbers: string; sms: number } }>(
      `SELECT facts FROM messages WHERE publisher_id = $1 AND template = 'sms-strangers'`,
      [publisherId],
    );
  await askInRow(0, 20);
  assert.equal(await sent(), 20);
  assert.equal((await told()).length, 0);
  await askInRow(20, 30);
  assert.equal(await sent(), 20);
  assert.deepEqual(
    (await told()).map(({ facts }) => facts),
    [{ sms: 20, most: 20, numbers: '+479123' }],
  );
  assert.equal(await fixture.countEvents('strangers sms used up'), 1);
  for (const number of ['+4791244000', '+4799999999']) await ask(number);
  for (const cause of ['reader', 'order'] as const) await ask('+4791239999', cause);
  assert.equal(await sent(), 24);
  await fixture.advance(3600);
  await askInRow(30, 50);
  assert.equal(await sent(), 44);
});
