import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { endedLinesOf, type WithdrawalEvent } from '../withdrawals/withdrawal.ts';
import { revokeGrants, revoking } from './revoke-grants.ts';

type RefundAccepted = Extract<PaymentEvent, { name: 'refund accepted' }>;
type WithdrawalAccepted = Extract<WithdrawalEvent, { name: 'withdrawal accepted' }>;

const ofLines = revoking(
  'grants.revokeOfLines',
  'refunded',
  'unnest($1::integer[], $2::bigint[], $3::smallint[]) AS ended (publisher_id, order_id, line_number)',
  'publisher_id, order_id, line_number',
);

/**
 * The grants of lines whose refund was accepted with `end_now` open nothing any more; those of other lines
 * and orders stay. `end_at_period_end` leaves each grant its own end, and `keep` leaves everything.
 */
export const applyAccessRule: NowStep<unknown, Transaction, RefundAccepted> = {
  stepName: 'applyAccessRule',
  reports: ['access revoked'],
  run: (_context, transaction, events) =>
    endAccess(
      transaction,
      events.flatMap((event) =>
        event.lines
          .filter((line) => line.access === 'end_now')
          .map(({ lineNumber }) => ({ publisherId: event.publisherId, orderId: event.orderId, lineNumber })),
      ),
    ),
};

/** What is withdrawn opens nothing any more, also where no money goes back. */
export const revokeWithdrawn: NowStep<unknown, Transaction, WithdrawalAccepted> = {
  stepName: 'revokeWithdrawn',
  reports: ['access revoked'],
  run: (_context, transaction, events) => endAccess(transaction, events.flatMap(endedLinesOf)),
};

type EndedLine = { publisherId: number; orderId: number; lineNumber: number };

async function endAccess(transaction: Transaction, ended: readonly EndedLine[]): Promise<void> {
  if (ended.length === 0) return;
  await revokeGrants(transaction, ofLines, [
    ended.map((line) => line.publisherId),
    ended.map((line) => line.orderId),
    ended.map((line) => line.lineNumber),
  ]);
}
