import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildCommandLine } from '@leveret/server/commands/command-line.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, freeOrder, prepaidOrder, register } from '../builders/orders.ts';

const guideFile = new URL('../../../docs/guides/move-customers-and-readers.md', import.meta.url);
const guide = await readFile(guideFile, 'utf8');

let fixture: Fixture;
let site: DemoClient;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leveret-moving-'));
  fixture = await buildFixture();
  site = await connectDemoClient(fixture.url);
});
after(async () => {
  await fixture.close();
  await rm(folder, { recursive: true });
});

/** What a command tells, and why it is refused where it is. What the test's runner writes are bytes. */
async function type(...words: string[]): Promise<string> {
  const key = Buffer.alloc(32, 7).toString('base64');
  const variables = { DATABASE_URL: fixture.databaseUrl, LEVERET_KEY: key };
  const line = buildCommandLine(() => readEnvironment(variables, '/', false));
  let told = '';
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (given: string | Uint8Array) => {
    if (typeof given !== 'string') return write(given);
    told += given;
    return true;
  };
  try {
    await line.parseAsync(words, { from: 'user' });
  } catch (error) {
    told += `refused: ${error instanceof Error ? error.message : ''}`;
  } finally {
    process.stdout.write = write;
  }
  return told;
}

async function put(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const inGuide = (kind: string) => new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, 's').exec(guide)?.[1] ?? '';

test('the person and the table of the guide, twice, and what the customer is found by', async () => {
  const text = { consentText: { consentCode: 'NEWS', version: 1, text: 'Yes?' } };
  const person: unknown = JSON.parse(inGuide('json'));
  const lines = await put('people.jsonl', `${JSON.stringify(text)}\n${JSON.stringify(person)}\n`);
  assert.equal(
    await type('import', 'people', '1000', lines, '--dry-run'),
    'Lines: new 2, changed 0, there already 0, refused 0.\nNothing was written: this was a dry run.\n',
  );
  assert.match(
    await type('import', 'people', '1000', lines),
    /^Lines: new 2, changed 0, there already 0, refused 0/,
  );
  assert.match(
    await type('import', 'people', '1000', lines),
    /^Lines: new 0, changed 0, there already 2, refused 0/,
  );
  const table = await put('people.csv', inGuide('csv'));
  // The table says less of the same person, and nothing is taken away but what the whole name replaces.
  assert.match(
    await type('import', 'people', '1000', table),
    /^Lines: new 0, changed 1, there already 0, refused 0/,
  );
  const { body } = await site.post('/capi/v1/client/access', {
    product: 'DEMO',
    credential: 'kari@example.com',
  });
  assert.equal(body['access'], true);
});

test('lines that are not taken over are named without what they say, and the command is refused', async () => {
  const people = [
    { customerNumber: 600, name: { lastName: 'Secretname' }, emails: ['secret@'] },
    { customerNumber: 600, name: { lastName: 'Secretname' } },
    { customerNumber: 600, name: { lastName: 'Secretname' } },
  ];
  const lines = people.map((person) => JSON.stringify(person));
  const file = await put('broken.jsonl', [...lines, '{"secret'].join('\n'));
  const told = await type('import', 'people', '1000', file);
  assert.deepEqual(told.split('\n'), [
    'line 1: emails[0] is not an e-mail address (email_is_invalid)',
    'line 3: customerNumber stands on line 2 too (said_twice)',
    'line 4: it is not JSON (json)',
    'Lines: new 1, changed 0, there already 0, refused 3.',
    'refused: Lines that are not taken over: 3 (see above).',
  ]);
  assert.match(await type('import', 'people', '999', file), /^refused: There is no publisher 999\.$/);
  assert.match(
    await type('import', 'people', '1000', join(folder, 'none')),
    /there is no such file or folder\.$/,
  );
});

test('everybody is written to a file for its owner alone, which brings nothing new', async () => {
  const file = join(folder, 'out.jsonl');
  const told = await type('export', 'people', '1000', file);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  assert.equal(told, `${file} holds ${lines.length} lines of the publisher Demo Avis.\n`);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.match(lines[0] ?? '', /^\{"leveretPeople":1,/);
  const here = lines.length - 1;
  assert.match(
    await type('import', 'people', '1000', file),
    new RegExp(`^Lines: new 0, changed 0, there already ${here}, refused 0`),
  );
  const nowhere = await type('export', 'people', '1000', join(folder, 'none', 'out'));
  assert.match(nowhere, /there is no such file or folder\.$/);
});

test('orders are written as the API shows them, whichever state they are in', async () => {
  const ids = [await register(site, freeOrder()), await register(site, prepaidOrder())];
  await complete(site, ids[1] ?? 0);
  const file = join(folder, 'orders.jsonl');
  await type('export', 'orders', '1000', file);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const shown = await Promise.all(ids.map((id) => site.get(`/capi/v1/client/order/${id}`)));
  // What happened since then stands in the timeline of the later one.
  const untilThen = ({ timeline, ...order }: Record<string, unknown>) => {
    assert.ok(Array.isArray(timeline) && timeline.length > 0);
    return order;
  };
  assert.deepEqual(
    told.map(untilThen),
    shown.map(({ body }) => untilThen(body)),
  );
});
