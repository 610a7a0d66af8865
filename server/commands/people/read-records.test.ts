import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type PeopleRecord, readRecords } from './read-records.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leveret-people-'));
});
after(() => rm(folder, { recursive: true }));

async function read(content: string | Buffer): Promise<PeopleRecord[]> {
  const file = join(folder, 'people');
  await writeFile(file, content);
  const records: PeopleRecord[] = [];
  for await (const record of readRecords(file)) records.push(record);
  return records;
}

test('JSON lines: one document on each, empty ones passed over, a broken one named', async () => {
  const records = await read('\ufeff{"a":"1\u2028"}\r\n\n{"a":\n  {"a":2}');
  assert.deepEqual(records, [
    { line: 1, value: { a: '1\u2028' } },
    { line: 3, problems: [{ field: '', rule: 'json', message: 'it is not JSON' }] },
    { line: 4, value: { a: 2 } },
  ]);
});

test('a table: short names and paths, quotes, lists without gaps, cells that say nothing', async () => {
  const records = await read(
    [
      'customerNumber;lastName;email;emails.2;reference.CRM;credential;accounts.1.access.1.product',
      '7;"Nord;mann ""K""\nOslo";;b@example.com;A1;kari@example.com;DEMO',
      '',
      '8;Ola;a@example.com;;;;',
      '9;short',
    ].join('\r\n'),
  );
  assert.deepEqual(records, [
    {
      line: 2,
      value: {
        customerNumber: '7',
        name: { lastName: 'Nord;mann "K"\nOslo' },
        emails: ['b@example.com'],
        externalReferences: [{ referenceCode: 'CRM', externalId: 'A1' }],
        accounts: [{ credentials: [{ credential: 'kari@example.com' }], access: [{ product: 'DEMO' }] }],
      },
    },
    { line: 5, value: { customerNumber: '8', name: { lastName: 'Ola' }, emails: ['a@example.com'] } },
    { line: 6, problems: [{ field: '', rule: 'cells', message: 'it has 2 cells, and the first row 7' }] },
  ]);
});

test('a large file comes in pieces, whatever they cut through', async () => {
  const rows = Array.from({ length: 4000 }, (_none, index) => `${index + 1},"Ærø, ${index}"`);
  const records = await read(`customerNumber,lastName\n${rows.join('\n')}`);
  assert.equal(records.length, 4000);
  assert.deepEqual(records[3999], {
    line: 4001,
    value: { customerNumber: '4000', name: { lastName: 'Ærø, 3999' } },
  });
});

const refused: [string, string | Buffer, RegExp][] = [
  ['nothing', '', /is empty/],
  ['another encoding', Buffer.from([0x7b, 0xe6, 0x7d]), /is not UTF-8/],
  ['a column that is not known', 'customerNumber,lastname\n1,K', /The column lastname is not known/],
  ['a column that is no text', 'customerNumber,name\n1,K', /The column name is not known/],
  ['a column twice', 'email,emails.1\n1,K', /The column email is there twice/],
  ['a quote that is not closed', 'customerNumber,lastName\n1,"K', /line 2 has a quote that is not closed/],
  ['a line without an end', `{"a":"${'x'.repeat(1_100_000)}"}`, /Line 1 is longer than a mebibyte/],
];
for (const [what, content, message] of refused) {
  test(`a file is refused whole: ${what}`, async () => {
    await assert.rejects(read(content), message);
  });
}
