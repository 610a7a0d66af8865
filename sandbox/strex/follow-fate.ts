import type { Hits } from '../kit/faults.ts';
import type { Step } from './magic-numbers.ts';
import { writeReport } from './post-report.ts';
import { ok, type Status, sent } from './status.ts';
import type { Strex } from './strex.ts';
import type { Transaction } from './transaction.ts';

type TimedReport = { atSeconds: number; status: Status; forged?: boolean };

const lateSeconds = 2 * 3600;

/**
 * Promises what will become of a transaction, and its reports as the faults that hit the request change
 * them. Under the fault `early` all of it has happened before this returns.
 */
export async function followFate(
  strex: Strex,
  transaction: Transaction,
  steps: Step[],
  hits: Hits,
): Promise<void> {
  const { transactionId, acceptedAtMilliseconds } = transaction;
  const expirySeconds = (transaction.expiresAtMilliseconds - acceptedAtMilliseconds) / 1000;
  const timed = steps.map((step) => ({
    ...step,
    atSeconds: step.afterSeconds === 'expiry' ? expirySeconds : step.afterSeconds,
  }));
  for (const { atSeconds, status, isOnlyClaimed } of timed) {
    if (isOnlyClaimed) continue;
    if (hits.has('early')) strex.move({ transactionId, status });
    else strex.promiseStep(acceptedAtMilliseconds + atSeconds * 1000, { transactionId, status });
  }
  const reports = timed.flatMap(({ atSeconds, status, reportedAfterSeconds }) =>
    (reportedAfterSeconds ?? [atSeconds]).map((seconds): TimedReport => ({ atSeconds: seconds, status })),
  );
  for (const { atSeconds, status, forged } of disturb(reports, hits)) {
    const report = writeReport(transaction, status);
    if (!report) continue;
    const work = forged ? { ...report, forged } : report;
    if (hits.has('early')) await strex.reporting.post(work);
    else strex.reporting.promise(acceptedAtMilliseconds + atSeconds * 1000, work);
  }
}

function disturb(planned: TimedReport[], hits: Hits): TimedReport[] {
  if (hits.has('lost')) return [];
  let reports = planned;
  if (hits.has('reordered')) reports = reorder(reports);
  if (hits.has('duplicate')) reports = reports.flatMap((report) => [report, report]);
  if (hits.has('wrong-signature')) reports = reports.flatMap((report) => [...forge(report), report]);
  if (hits.has('late')) reports = reports.map((one) => ({ ...one, atSeconds: one.atSeconds + lateSeconds }));
  return reports;
}

/** The last report comes first; a single one is followed by an older, temporary one. */
function reorder(reports: TimedReport[]): TimedReport[] {
  const [only] = reports;
  if (only && reports.length === 1) return [only, { atSeconds: only.atSeconds + 1, status: sent }];
  const times = reports.map((report) => report.atSeconds);
  return reports.toReversed().map((report, place) => ({ ...report, atSeconds: times[place] ?? 0 }));
}

/** Nothing signs a report, so a stranger who knows the address can claim that the money was taken. */
function forge(report: TimedReport): TimedReport[] {
  if (report.status.statusCode !== 'Ok' && report.status.statusCode !== 'Failed') return [];
  return [{ atSeconds: report.atSeconds, status: ok, forged: true }];
}
