import assert from 'node:assert/strict';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type CopyOfFixture, copyFixture } from './copy-of-fixture.ts';

const folder = 'server/payments/methods/demo';
let fixture: CopyOfFixture;

before(async () => {
  fixture = await copyFixture();
});
after(() => fixture.remove());

test('a method made by the generator, with its folder filled, is paid by like any other', async (t) => {
  await fixture.run('checks/new-payment-method.mjs', ['demo']);
  await fill();
  const checks = ['biome', 'imports', 'methods-unnamed', 'openapi-current'];
  await fixture.run('checks/run.mjs', ['--fix', ...checks]);
  const words = ['part.test', 'methods/demo', 'sandbox/demo', 'merchants/find-method', 'provider-addresses'];
  const said = await fixture.run('tests/run.mjs', words, { CONFORMANCE_ONLY: 'demo, by URL' });
  const [told = '', ran] = /demo, by URL +(\d+) of \d+ cases/.exec(said) ?? [];
  t.diagnostic(told);
  assert.ok(Number(ran) >= 50, said);
  assert.deepEqual(await fixture.changes(), [
    'openapi.json',
    'sandbox/demo',
    'sandbox/open-providers.ts',
    'server/orders/payment-methods.ts',
    folder,
    'server/payments/methods/list.ts',
  ]);
});

/** Writes the adapter: that of a provider which the sandbox imitates, under the new name. */
async function fill(): Promise<void> {
  const to = join(fixture.root, folder);
  await rm(to, { recursive: true });
  await cp(join(fixture.root, 'server/payments/methods/kustom-checkout'), to, { recursive: true });
  for (const file of await readdir(to)) {
    const text = await readFile(join(to, file), 'utf8');
    const named = text.replaceAll('kustomCheckout', 'demo').replaceAll("'kustom-checkout'", "'demo'");
    await writeFile(join(to, file), named);
  }
}
