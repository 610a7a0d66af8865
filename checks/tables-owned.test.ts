import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './tables-owned.ts';
import { plant, shown } from './testing/plant.ts';

const sound = {
  'server/database/schema.sql': 'CREATE TABLE seats (\n  a text\n);\n\nCREATE TABLE orders (\n  a text\n);\n',
  'server/access/README.md': '# Access\n\n**Owns** the table `seats`. **Does not own** `orders`.\n',
  'server/orders/README.md':
    '# Orders\n\n**Owns** `orders` (what is bought) and `order.ts`.\n\nIt reads `seats`.\n',
  'server/access/grant.ts': [
    "sql('a', 'INSERT INTO seats VALUES (1) ON CONFLICT DO UPDATE SET a = 1');",
    'sql(`SELECT FROM orders FOR UPDATE OF orders`);',
    "throw new Error('Update orders first');",
  ].join('\n'),
  'server/orders/api/stop.ts': 'sql(`WITH moved AS (UPDATE orders SET a = 1)\n  SELECT 1`);',
  'server/orders/stop.test.ts': "sql('DELETE FROM seats');",
  'server/testing/orders.ts': "sql('DELETE FROM seats');",
};

const faults: [name: string, files: Record<string, string>, problem: string][] = [
  [
    'a room that writes the table of another',
    { 'server/orders/a.ts': "first;\nsql('b', `\n  DELETE FROM seats`);" },
    'server/orders/a.ts:3 writes seats, which server/orders does not own; report an event to the room that does',
  ],
  [
    'a folder without a README that writes',
    { 'server/invoices/a.ts': "sql('UPDATE orders SET a = 1');" },
    'server/invoices/a.ts:1 writes orders, which its room does not own; report an event to the room that does',
  ],
  [
    'a table that no room owns',
    { 'server/database/schema.sql': `${sound['server/database/schema.sql']}CREATE TABLE left_over (\n` },
    'server/database/schema.sql left_over is owned by no room: name it in the "Owns" of one README',
  ],
  [
    'a table that two rooms own',
    { 'server/orders/README.md': '**Owns** `orders` and `seats`.' },
    'server/database/schema.sql seats is owned by server/access and server/orders: name it in the "Owns" of one README',
  ],
];

test('each table is written by the room that owns it', async (t) => {
  assert.deepEqual(shown(await run(await plant(t, sound))), []);
});

for (const [name, files, problem] of faults) {
  test(name, async (t) => {
    assert.deepEqual(shown(await run(await plant(t, { ...sound, ...files }))), [problem]);
  });
}

test('an exception that nothing needs', async (t) => {
  const problems = shown(await run(await plant(t, { ...sound, 'checks/table-rules.ts': '' })));
  const line = 'checks/table-rules.ts server/accounts writes orders no more; take the line out';
  assert.ok(problems.includes(line), problems.join('\n'));
});
