import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { version } from '@leveret/server/version.js';
import { runProgram } from '../builders/run-command.ts';

const launcher = fileURLToPath(new URL('../../../leveret.mjs', import.meta.url));
const launch = (parameters: readonly string[], variables: Record<string, string> = {}) =>
  runProgram(launcher, parameters, { LEVERET_DATA: join(folder, 'data'), ...variables });

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leveret-launcher-'));
});
after(() => rm(folder, { recursive: true }));

for (const words of [['--help'], [], ['start', '--help'], ['migrate', '-h'], ['help', 'start']]) {
  test(`leveret ${words.join(' ')}: prints help and starts nothing`, async () => {
    const ended = await launch(words);
    assert.match(ended.out, /^Usage: leveret/);
    assert.deepEqual({ code: ended.code, said: ended.said }, { code: 0, said: '' });
    assert.deepEqual(await readdir(folder), []);
  });
}

test('leveret --version: prints it and starts nothing', async () => {
  assert.deepEqual(await launch(['--version']), { code: 0, out: `${version}\n`, said: '' });
});

const refused: [string, string[], number, RegExp][] = [
  ['Live', ['start'], 1, /^LEVERET_MODE must be one of/],
  ['production', ['start'], 1, /^LEVERET_MODE must be one of/],
  ['sandbox', ['start', 'surplus'], 2, /^too many arguments for 'start'/],
  ['sandbox', ['client', 'list'], 2, /^missing required argument 'publisherId'/],
];
for (const [mode, words, code, says] of refused) {
  test(`LEVERET_MODE=${mode} leveret ${words.join(' ')}: starts no sandbox before it is refused`, async () => {
    const ended = await launch(words, { LEVERET_MODE: mode });
    assert.match(ended.said, says);
    assert.equal(ended.code, code);
    assert.doesNotMatch(ended.out, /^(?:sandbox|shop): /m);
    assert.deepEqual(await readdir(folder), []);
  });
}

test('a port of the sandbox that is taken is told, and everything ends', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const port = String((squatter.address() as AddressInfo).port);
  const ended = await launch(['start'], {
    // The node waits for a database that never answers, so that the sandbox is what ends first.
    DATABASE_URL: `postgres://127.0.0.1:${port}/orders`,
    SANDBOX_PORT: port,
    PORT: '0',
    SANDBOX_SMTP_PORT: '0',
    SHOP_PORT: '0',
  });
  squatter.close();
  assert.match(ended.said, new RegExp(`^The port ${port} is taken by another program: .+SANDBOX_PORT`));
  assert.equal(ended.code, 1);
});

test('a port of the shop that is taken is told, and all the rest goes on', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const port = String((squatter.address() as AddressInfo).port);
  const ended = await launch(['start'], {
    // So that it ends after a while, for another reason.
    DATABASE_URL: `postgres://127.0.0.1:${port}/orders`,
    SHOP_PORT: port,
    PORT: '0',
    SANDBOX_PORT: '0',
    SANDBOX_SMTP_PORT: '0',
  });
  squatter.close();
  assert.match(ended.said, new RegExp(`^The port ${port} is taken by another program: .+SHOP_PORT`, 'm'));
  assert.match(ended.said, /^The demo shop cannot start .+ All the rest goes on\.$/m);
  assert.match(ended.out, /^sandbox: http/m);
  assert.match(ended.said, /^The database at .+ cannot be reached/m, 'what it ends with is something else');
});
