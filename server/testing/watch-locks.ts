import { subscribe } from 'node:diagnostics_channel';
import { type AnsweredStatement, beginChannel, statementChannel } from '../database/connect.ts';
import { openTransactionLocks, type TransactionLocks } from './lock-order.ts';

// Whoever imports this file has every transaction of its process watched. Nothing else would show a reversal:
// PostgreSQL ends one of two transactions that wait for each other, and it is run again without a word.
const transactions = new WeakMap<object, TransactionLocks>();
let report = failWith;

/**
 * What is thrown to the channel is an uncaught exception, so that no retry hides it. It fails the test that
 * runs, if one does still; the file fails in any case.
 */
function failWith(reversal: string): void {
  process.once('exit', () => {
    process.exitCode = 1;
  });
  throw new Error(`rows were locked against the order: ${reversal}`);
}

subscribe(beginChannel, (session) => {
  transactions.set(session as object, openTransactionLocks());
});
subscribe(statementChannel, (message) => {
  const statement = message as AnsweredStatement;
  const reversal = transactions.get(statement.session)?.note(statement);
  if (reversal !== undefined) report(reversal);
});

/** Answers the reversals during some work, in place of failing. */
export async function collectReversals(work: () => Promise<unknown>): Promise<string[]> {
  const reversals: string[] = [];
  const former = report;
  report = (reversal) => reversals.push(reversal);
  try {
    await work();
  } finally {
    report = former;
  }
  return reversals;
}
