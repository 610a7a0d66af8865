import type { Hits } from '../kit/faults.ts';
import type { Course } from './magic-numbers.ts';
import { resultCodes } from './result-codes.ts';

/** A report with its times in seconds after acceptance: when it is posted, and the time it carries. */
export type TimedReport = {
  afterSeconds: number;
  datedSeconds: number;
  resultCode: number;
  forged?: boolean;
};

const lateSeconds = 2 * 3600;

/** The reports of a course, changed by the faults that hit the message. */
export function planReports(course: Course, validitySeconds: number, hits: Hits): TimedReport[] {
  if (hits.has('lost')) return [];
  let reports: TimedReport[] = course.reports.map(({ afterSeconds, resultCode, datedSeconds }) => {
    const seconds = afterSeconds === 'expiry' ? validitySeconds : afterSeconds;
    return { afterSeconds: seconds, datedSeconds: datedSeconds ?? seconds, resultCode };
  });
  if (hits.has('reordered')) reports = reorder(reports);
  if (hits.has('duplicate')) reports = reports.flatMap((report) => [report, report]);
  if (hits.has('wrong-signature')) reports = reports.flatMap((report) => [...forge(report), report]);
  if (hits.has('late'))
    reports = reports.map((one) => ({ ...one, afterSeconds: one.afterSeconds + lateSeconds }));
  if (hits.has('early')) reports = reports.map((one) => ({ ...one, afterSeconds: 0 }));
  return reports;
}

/** The last report comes first; where there is only one, an older temporary report follows it. */
function reorder(reports: TimedReport[]): TimedReport[] {
  const [only] = reports;
  if (!only) return [];
  if (reports.length === 1) {
    return [only, { afterSeconds: only.afterSeconds + 1, datedSeconds: 0, resultCode: 1000 }];
  }
  const times = reports.map((report) => report.afterSeconds);
  return reports.toReversed().map((report, at) => ({ ...report, afterSeconds: times[at] ?? 0 }));
}

/** Before a final report a stranger claims that the message was paid. */
function forge(report: TimedReport): TimedReport[] {
  if (resultCodes.get(report.resultCode)?.final === false) return [];
  return [{ ...report, resultCode: 1001, forged: true }];
}
