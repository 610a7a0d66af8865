import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildCommandLine } from '@leveret/server/commands/command-line.js';
import { verbs } from '@leveret/server/commands/verbs.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import pg from 'pg';
import { buildFixture, type Fixture } from '../builders/fixture.ts';

let fixture: Fixture;
let database: pg.Client;
const setupFile = join(tmpdir(), `leveret-acts-${process.pid}.json`);
const peopleFile = join(tmpdir(), `leveret-acts-${process.pid}.jsonl`);
const person = { customerNumber: 5001, name: { lastName: 'Nordmann' } };

before(async () => {
  fixture = await buildFixture();
  database = new pg.Client({ connectionString: fixture.databaseUrl });
  await database.connect();
});
after(async () => {
  await database.end();
  await fixture.close();
  for (const file of [setupFile, peopleFile]) await rm(file, { force: true });
});

async function type(...words: string[]): Promise<void> {
  const key = Buffer.alloc(32, 7).toString('base64');
  const variables = { DATABASE_URL: fixture.databaseUrl, LEVERET_KEY: key };
  const line = buildCommandLine(() => readEnvironment(variables, '/', false));
  await line.parseAsync(words, { from: 'user' });
}

const catalogue = fileURLToPath(new URL('../../../server/catalogue/demo-catalogue.json', import.meta.url));
const client = ['1000', 'no.avisa.web'];

const uniqueUserId = 'a'.repeat(32);

/** What is typed behind each command of which an act is kept, and which one it acts on. */
const typed: Readonly<Record<string, [words: string[], subject: RegExp]>> = {
  'publisher create': [['Bygdeavisa', 'NO', 'NOK', 'Europe/Oslo', 'nb'], /^100\d$/],
  'publisher set': [['1000', 'orderLifeDays=7'], /^1000$/],
  'client create': [[...client, 'Web'], /^no\.avisa\.web$/],
  'client set': [[...client, 'name=Site'], /^no\.avisa\.web$/],
  'client rotate': [client, /^no\.avisa\.web$/],
  'client end-tokens': [client, /^no\.avisa\.web$/],
  'client disable': [client, /^no\.avisa\.web$/],
  'client enable': [client, /^no\.avisa\.web$/],
  'reader confirm-number': [['1000', uniqueUserId], /^a{32}$/],
  'import catalogue': [['1000', catalogue], /^$/],
  'import setup': [[setupFile], /^1000$/],
  'import people': [['1000', peopleFile], /^$/],
  'export people': [['1000', peopleFile], /^$/],
  'export orders': [['1000', peopleFile], /^$/],
};

type Row = {
  by_kind: string;
  by_id: null;
  operation_id: string;
  subject_kind: string;
  subject_id: string | null;
};

async function acts(): Promise<Row[]> {
  const { rows } = await database.query<Row>(
    'SELECT by_kind, by_id, operation_id, subject_kind, subject_id FROM acts ORDER BY act_id',
  );
  return rows;
}

test('every command that changes something of a publisher leaves one act, by the command line', async () => {
  const acting = verbs.filter(({ act }) => 'on' in act);
  assert.deepEqual(acting.map(({ name }) => name).sort(), Object.keys(typed).sort());
  await type('export', 'setup', '1000', setupFile);
  await writeFile(peopleFile, JSON.stringify(person));
  await database.query(
    `WITH made AS (
       INSERT INTO accounts (publisher_id, unique_user_id, state, created_at)
       VALUES (1000, $1, 'active', now()) RETURNING account_id)
     INSERT INTO credentials (publisher_id, credential_key, kind, credential, account_id, created_at, proven_at,
       last_proven_at)
     SELECT 1000, '\\x01', 'mobile', '+4790000001', account_id, now(), now(), now() FROM made`,
    [uniqueUserId],
  );
  for (const { name, act } of acting) {
    const [words, subject] = typed[name] ?? [[], /never/];
    const before = (await acts()).length;
    await type(...name.split(' '), ...words);
    const [made, ...more] = (await acts()).slice(before);
    assert.deepEqual(more, [], name);
    assert.deepEqual(
      [made?.by_kind, made?.by_id, made?.operation_id, made?.subject_kind],
      ['command', null, name, 'on' in act && act.on],
    );
    assert.match(made?.subject_id ?? '', subject, name);
  }
});

test('a command that is refused, or that only tells what it would do, leaves no act', async () => {
  const before = await acts();
  await assert.rejects(type('client', 'rotate', '1000', 'no.body'), /no client no\.body/);
  await assert.rejects(type('client', 'create', '1000', 'no.avisa.web', 'Web'), /is taken/);
  await assert.rejects(type('reader', 'confirm-number', '1000', 'b'.repeat(32)), /no open account b{32}/);
  await assert.rejects(type('publisher', 'set', '999', 'orderLifeDays=7'), /no publisher 999/);
  await assert.rejects(type('import', 'catalogue', '999', catalogue), /no publisher 999/);
  await type('import', 'setup', setupFile, '--dry-run');
  await writeFile(peopleFile, JSON.stringify({ ...person, customerNumber: 5002 }));
  await type('import', 'people', '1000', peopleFile, '--dry-run');
  await writeFile(peopleFile, JSON.stringify(person));
  await type('import', 'people', '1000', peopleFile);
  await assert.rejects(type('export', 'people', '999', peopleFile), /no publisher 999/);
  assert.deepEqual(await acts(), before);
});
