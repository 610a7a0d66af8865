import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildCommandLine } from '@leveret/server/commands/command-line.js';
import { explainFailure } from '@leveret/server/commands/explain-failure.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { createTestDatabase, type TestDatabase } from '@leveret/server/testing/database.js';
import { commandKey, runCommand } from '../builders/run-command.ts';

let database: TestDatabase;
let folder: string;
let squatter: Server;
let taken: number;
before(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'leveret-first-'));
  squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  taken = (squatter.address() as AddressInfo).port;
});
after(async () => {
  squatter.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** The command, as its process runs it, ends with 1 and one sentence. */
async function refused(
  parameters: readonly string[],
  variables: Record<string, string>,
  sentence: RegExp,
): Promise<void> {
  const given = { DATABASE_URL: database.connectionString, PORT: '0', LEVERET_KEY: commandKey, ...variables };
  const line = buildCommandLine(() => readEnvironment(given, '/', false));
  await assert.rejects(line.parseAsync(parameters, { from: 'user' }), (error) => {
    const { exitCode, says } = explainFailure(error);
    assert.ok(typeof says === 'string' && !says.includes('\n'), `not one sentence: ${String(says)}`);
    assert.match(says, sentence);
    assert.equal(exitCode, 1, says);
    return true;
  });
}

function makePublisher(): Promise<unknown> {
  const line = buildCommandLine(() =>
    readEnvironment({ DATABASE_URL: database.connectionString }, '/', false),
  );
  const words = ['publisher', 'create', 'Avisa', 'NO', 'NOK', 'Europe/Oslo', 'nb'];
  return line.parseAsync(words, { from: 'user' });
}

test('a process that was refused says one sentence, and ends with 1', async () => {
  const { code, out, said } = await runCommand(['start'], {
    DATABASE_URL: database.connectionString,
    PORT: String(taken),
  });
  assert.match(said, new RegExp(`^The port ${taken} is taken by another program: .+\\.\n$`));
  assert.equal(code, 1, out);
});

test('a host that is not ours is told', () =>
  refused(['start'], { HOST: '192.0.2.1' }, /^HOST is no address of this machine\./));

const withoutDatabase: readonly string[][] = [
  ['start'],
  ['migrate'],
  ['doctor'],
  ['reconcile'],
  ['publisher', 'list'],
  ['keys', 'rotate'],
  ['export', 'setup', '1000', 'setup.json'],
];
for (const command of withoutDatabase) {
  test(`${command.join(' ')}: a database that does not answer is told, without its password`, () => {
    // Port 1 needs rights to listen at, and nobody does.
    return refused(
      command,
      { DATABASE_URL: 'postgres://avisa:hemmelig@127.0.0.1:1/orders' },
      /^No database answers at 127\.0\.0\.1:1: start it, or mend DATABASE_URL\.$/,
    );
  });
}

test('a database that is not there is told by its name', () => {
  const address = new URL(database.connectionString);
  address.pathname = '/nowhere';
  return refused(['migrate'], { DATABASE_URL: address.href }, /^There is no database nowhere at /);
});

test('files that are missing, folders, no JSON, or of another kind are told by their name', async () => {
  const [prose, other] = [join(folder, 'prose.json'), join(folder, 'other.json')];
  await writeFile(prose, 'Dear Leveret');
  await writeFile(other, '{"products": 7}');
  const missing = join(folder, 'missing.json');
  for (const command of [
    ['import', 'setup'],
    ['import', 'catalogue', '1000'],
  ]) {
    await refused([...command, missing], {}, /missing\.json: there is no such file or folder\.$/);
    await refused([...command, folder], {}, /: that is a folder\.$/);
    await refused([...command, prose], {}, /not JSON/);
  }
  await refused(['import', 'catalogue', '1000', other], {}, /products/);
});

test('a file that cannot be written is told by its name', async () => {
  await makePublisher();
  const place = join(folder, 'nowhere', 'setup.json');
  await refused(['export', 'setup', '1000', place], {}, /setup\.json: there is no such file or folder\.$/);
});

test('ids that nobody has are told', async () => {
  await makePublisher();
  await refused(['publisher', 'show', '4711'], {}, /^There is no publisher 4711\.$/);
  await refused(['publisher', 'set', '4711', 'name=A'], {}, /^There is no publisher 4711\.$/);
  await refused(['client', 'list', '4711'], {}, /^There is no publisher 4711\.$/);
  await refused(['client', 'create', '4711', 'no.avisa', 'A'], {}, /^There is no publisher 4711\.$/);
  await refused(['client', 'show', '1000', 'no.body'], {}, /no client no\.body\.$/);
  await refused(['export', 'setup', '4711', join(folder, 'a.json')], {}, /^There is no publisher 4711\.$/);
  await writeFile(join(folder, 'empty.json'), '{}');
  await refused(
    ['import', 'catalogue', '4711', join(folder, 'empty.json')],
    {},
    /^There is no publisher 4711\.$/,
  );
});

const reading: readonly string[][] = [
  ['doctor'],
  ['reconcile'],
  ['publisher', 'list'],
  ['publisher', 'show', '1000'],
  ['publisher', 'set', '1000', 'name=A'],
  ['client', 'create', '1000', 'no.avisa', 'A'],
  ['client', 'list', '1000'],
  ['client', 'show', '1000', 'no.avisa'],
  ['client', 'set', '1000', 'no.avisa', 'name=A'],
  ['client', 'rotate', '1000', 'no.avisa'],
  ['client', 'end-tokens', '1000', 'no.avisa'],
  ['client', 'disable', '1000', 'no.avisa'],
  ['client', 'enable', '1000', 'no.avisa'],
  ['keys', 'rotate'],
  ['keys', 'rotate-oauth'],
  ['export', 'setup', '1000', 'setup.json'],
];

test('a command that finds no database makes none', async () => {
  const data = join(folder, 'data');
  for (const command of reading) {
    await refused(command, { DATABASE_URL: '', LEVERET_DATA: data }, /^There is no database in /);
    assert.ok(!(await readdir(folder)).includes('data'), command.join(' '));
  }
});
