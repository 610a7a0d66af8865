import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrozen } from '@leveret/sandbox/testing/frozen-sandbox.js';
import { linkMobilitySmsDemo } from '@leveret/server/payments/methods/link-mobility-sms/demo.js';
import { linkMobilitySms } from '@leveret/server/payments/methods/link-mobility-sms/method.js';
import { providerHttp } from '../builders/provider-http.ts';

const credentials = { token: 'g'.repeat(30), username: 'gate', password: 'secret' };
const wrong: [string, Record<string, string>, string[]][] = [
  ['nothing', {}, []],
  ['the address', { baseUrl: 'http://127.0.0.1:1' }, ['baseUrl']],
  ['the user', { username: 'nobody' }, ['password']],
  ['a user that is denied', { username: 'suspended' }, ['username']],
  ['the password', { password: 'old' }, ['password']],
  ['the platform', { platformId: 'OTHER' }, ['platformId']],
  ['the partner', { platformPartnerId: '2' }, ['platformPartnerId']],
];

test('settings say what is wrong with them, and nobody is charged or written to', async (t) => {
  const sandbox = await startFrozen(t);
  const http = providerHttp(t);
  const demo = linkMobilitySmsDemo({ sandboxUrl: sandbox.url, credentialsFor: () => credentials });
  for (const [what, changes, settings] of wrong) {
    const faults = await linkMobilitySms.testSettings?.({ http, settings: { ...demo, ...changes } });
    assert.deepEqual(
      faults?.map((one) => one.setting),
      settings,
      what,
    );
  }
  const elsewhere = { ...demo, baseUrl: `${sandbox.url}/nowhere` };
  const [fault] = (await linkMobilitySms.testSettings?.({ http, settings: elsewhere })) ?? [];
  assert.equal(fault?.setting, 'baseUrl');
  await sandbox.call('POST', '/control/faults', { provider: 'link', kind: 'error-500', times: 1 });
  const [failing] = (await linkMobilitySms.testSettings?.({ http, settings: demo })) ?? [];
  assert.match(failing?.text ?? '', /status 500/);
  assert.deepEqual(await sandbox.ledger(), { charges: [], refunds: [], messages: [], reports: [] });
});
