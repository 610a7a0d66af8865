import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../builders/run-command.ts';

const main = fileURLToPath(import.meta.resolve('@leveret/shop/main.js'));

test('the shop starts in a sandbox only, and says so', async () => {
  const ended = await runProgram(main, [], { LEVERET_MODE: 'live', SHOP_PORT: '0' });
  assert.deepEqual(ended, { code: 2, out: '', said: 'The shop is an example, for the sandbox only.\n' });
});

for (const given of ['shop', '70000', '-1']) {
  test(`SHOP_PORT=${given} is refused`, async () => {
    const ended = await runProgram(main, [], { SHOP_PORT: given });
    const said = `SHOP_PORT must be a port number, not "${given}".\n`;
    assert.deepEqual(ended, { code: 2, out: '', said });
  });
}

test('a port that is taken is told by the name of its setting', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  const { code, said } = await runProgram(main, [], { SHOP_PORT: String(port) });
  squatter.close();
  assert.equal(code, 2);
  assert.match(said, new RegExp(`^The port ${port} is taken by another program: .+SHOP_PORT`));
});
