import type { Step } from './magic-numbers.ts';
import type { Strex } from './strex.ts';
import type { Transaction } from './transaction.ts';

/** Promises what will become of a transaction. Nobody is told: it is read. */
export function followFate(strex: Strex, transaction: Transaction, steps: Step[]): void {
  const { transactionId, acceptedAtMilliseconds, expiresAtMilliseconds } = transaction;
  for (const { afterSeconds, status } of steps) {
    const at =
      afterSeconds === 'expiry' ? expiresAtMilliseconds : acceptedAtMilliseconds + afterSeconds * 1000;
    strex.promiseStep(at, { transactionId, status });
  }
}
