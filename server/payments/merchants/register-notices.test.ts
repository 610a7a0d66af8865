import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf, listAdapters } from './find-method.ts';
import { registrationJobs } from './register-notices.ts';

test('an account is registered by one job, however many adapters share it', () => {
  const accounts = Map.groupBy(listAdapters(), accountOf);
  const shared = [...accounts.values()].some(
    (adapters) => adapters.filter((one) => one.registerNotices).length > 1,
  );
  assert.ok(shared, 'some account is shared');
  for (const [account, adapters] of accounts) {
    const jobs = registrationJobs({ publisherId: 1, account, merchantId: '' });
    const registers = adapters.some((one) => one.registerNotices !== undefined);
    assert.equal(jobs.length, registers ? 1 : 0, account);
  }
});
