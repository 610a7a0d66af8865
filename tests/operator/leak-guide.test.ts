import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import { createTestDatabase, type TestDatabase } from '@leveret/server/testing/database.js';
import { runCommand } from '../builders/run-command.ts';

const guide = await readFile(new URL('../../../docs/guides/when-a-secret-leaks.md', import.meta.url), 'utf8');

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
  await run('create-publisher', 'Avisa', 'NO', 'NOK', 'Europe/Oslo', 'nb');
  await run('client', 'create', '1000', 'no.avisa.web', 'Web', '--scopes', 'orders:read,access:read');
});
after(() => database.drop());

async function run(...parameters: string[]): Promise<string> {
  const ended = await runCommand(parameters, { DATABASE_URL: database.connectionString });
  assert.equal(ended.code, 0, `${parameters.join(' ')}: ${ended.out}${ended.said}`);
  return ended.out;
}

const commands = [...new Set(guide.match(/npx leveret [^`\n]+/g) ?? [])].map((line) =>
  line.trim().replace('<publisherId>', '1000').replace('<clientId>', 'no.avisa.web').split(' ').slice(2),
);

test('every command of the guide runs as it stands', async () => {
  assert.ok(commands.length >= 10, String(commands.length));
  for (const command of commands) await run(...command);
  const list = await run('client', 'list', '1000');
  assert.match(list, /^no\.avisa\.web \(Web\), original, \d secrets: orders:read orders:write$/m);
});

test('every call that the guide names is in the table', () => {
  const rows = new Set<string>(api.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`));
  const calls = guide.match(/(GET|POST|PUT|PATCH|DELETE) \/capi[^`\s?]*/g) ?? [];
  assert.ok(calls.length >= 7, String(calls.length));
  for (const call of calls) assert.ok(rows.has(call), call);
});
