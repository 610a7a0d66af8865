import { test } from 'node:test';
import { dieWhilePaying } from './die-while-paying.ts';

// All of them: node tests/build/crashes/page-payments.js
for (const failpoint of ['after start:1', 'before commit confirm-prepayment:1', 'after operation:2']) {
  test(`a node dies ${failpoint}, and a payment on a page is neither lost nor kept`, async () => {
    await dieWhilePaying(failpoint);
  });
}
