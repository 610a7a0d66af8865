import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestHouse, type TestHouse } from '../accounts/test-house.ts';
import { weighLinks } from './weigh-links.ts';

let house: TestHouse;
before(async () => {
  house = await openTestHouse();
});
after(() => house.close());

test('links without an order, weighed at once, are not of one order', async () => {
  const client = await house.addClient({ settings: { messagesPerOrder: 1 } });
  for (const name of ['ola', 'kari', 'per']) {
    await house.addLink(client, house.credential(client, `${name}@example.no`), { cause: 'stranger' });
  }
  const ids = await house.rows<{ link_id: number }>('SELECT link_id FROM login_links ORDER BY link_id');
  const weighed = await house.database.transaction('weigh', (transaction) =>
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
