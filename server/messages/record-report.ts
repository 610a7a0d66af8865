import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { MessageEvent } from './message.ts';
import { type FailedRow, failedColumns, failedEvent } from './message-failed.ts';

export type Report = { state: 'delivered' | 'failed'; reason: string };

const set = `UPDATE messages SET state = $1, reason = $2, ended_at = (SELECT leveret_now())
   WHERE state <> 'delivered' AND state <> $1`;

const recordOfSms = sql(
  'messages.recordReportOfSms',
  `${set} AND reference = $3 AND channel = 'sms' RETURNING ${failedColumns}`,
);

/** Applies a gateway's report to the SMS with our reference; one that says nothing new changes nothing. */
export async function recordSmsReport(
  transaction: Transaction,
  reference: string,
  report: Report,
): Promise<void> {
  const values = [report.state, report.reason, reference];
  await tellIfFailed(transaction, await transaction.query<FailedRow>(recordOfSms, values), report);
}

const recordOfEmail = sql(
  'messages.recordReportOfEmail',
  `${set} AND publisher_id = $3 AND message_id = $4 AND channel = 'email' RETURNING ${failedColumns}`,
);

/** The same for a mail server's report about an e-mail. */
export async function recordEmailReport(
  transaction: Transaction,
  message: { publisherId: number; messageId: number },
  report: Report,
): Promise<void> {
  const values = [report.state, report.reason, message.publisherId, message.messageId];
  await tellIfFailed(transaction, await transaction.query<FailedRow>(recordOfEmail, values), report);
}

async function tellIfFailed(
  transaction: Transaction,
  rows: readonly FailedRow[],
  { state, reason }: Report,
): Promise<void> {
  if (state === 'failed' && rows.length > 0)
    await transaction.report<MessageEvent>(rows.map((row) => failedEvent(row, reason)));
}
