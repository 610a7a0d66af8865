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
