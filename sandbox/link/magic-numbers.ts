import type { ChargeState } from '../kit/ledger.ts';
import { recipientKey } from '../kit/recipient.ts';
import { resultCodes } from './result-codes.ts';

/** One delivery report: `afterSeconds` from acceptance; `'expiry'` is the end of the message's validity. */
export type PlannedReport = { afterSeconds: number | 'expiry'; resultCode: number; datedSeconds?: number };

/** What becomes of a message: how its charge is booked one second after acceptance, and what is reported. */
export type Course = { booked: ChargeState; arrives: boolean; reports: PlannedReport[] };

type MagicNumber = { number: string; what: string; charge: Course; text?: Course };

const hour = 3600;
const success = course('charged', [1, 1001]);

/**
 * Numbers that stand for a fate. Ordinary texts arrive and are reported delivered unless `text` says
 * otherwise.
 */
export const magicNumbers: readonly MagicNumber[] = [
  row('+4790000010', 'declined: low balance', course('declined', [1, 2201])),
  row('+4790000020', 'declined: barred for premium', course('declined', [1, 2202])),
  row('+4790000030', 'never reports, nothing booked', course('unknown'), course('unknown')),
  row('+4790000031', 'charged, never reports', course('charged'), course('unknown')),
  row('+4790000032', 'not charged, never reports', course('declined'), course('unknown')),
  row('+4790000040', 'unknown billing, for good', course('unknown', [1, 5])),
  row('+4790000041', 'expired without operator report', course('unknown', [1, 1010])),
  row('+4790000042', 'timeout at the operator', course('unknown', [1, 4])),
  row('+4790000043', 'unknown, an hour later charged', course('charged', [1, 5], [hour, 1001])),
  row('+4790000044', 'unknown, an hour later declined', course('declined', [1, 5], [hour, 2200])),
  row('+4790000050', 'sent, then charged', course('charged', [1, 1000], [3, 1001])),
  row('+4790000051', 'billed before sending, then charged', course('charged', [1, 1008], [3, 1001])),
  row('+4790000052', 'billed and sent, then charged', course('charged', [1, 1011], [3, 1001])),
  row(
    '+4790000053',
    'billing error, retried, charged',
    course('charged', [1, 1012], [60, 1012], [120, 1001]),
  ),
  row('+4790000054', 'billing delayed, then charged', course('charged', [1, 1013], [5, 1007], [60, 1001])),
  row('+4790000055', 'billing error, retried, declined', course('declined', [1, 1012], [60, 2200])),
  row('+4790000056', 'every temporary step', course('charged', [1, 1005], [2, 1000], [3, 1011], [4, 1001])),
  row('+4790000060', 'billed but not delivered', { ...course('charged', [1, 1009]), arrives: false }),
  row('+4790000070', 'charged, reported after 2 hours', course('charged', [2 * hour, 1001])),
  row('+4790000071', 'declined, reported after 2 hours', course('declined', [2 * hour, 2201])),
  row('+4790000072', 'charged, reported after 49 hours', course('charged', [49 * hour, 1001])),
  row('+4790000080', 'charged, reported three times', course('charged', [1, 1001], [1, 1001], [10, 1001])),
  row('+4790000081', 'declined, reported three times', course('declined', [1, 2201], [1, 2201], [10, 2201])),
  row('+4790000090', 'declined, then billed after all', course('charged', [1, 2201], [30, 1001])),
  row('+4790000091', 'billed, then a false decline', course('charged', [1, 1001], [30, 2201])),
  row('+4790000092', 'billed, then a stale older report', stale(course('charged', [1, 1001], [5, 1000]))),
  row('+4790000100', 'expires at the end of validity', lost(['expiry', 1002]), lost(['expiry', 1002])),
  row('+4790000110', 'not delivered', lost([1, 1006]), lost([1, 1006])),
  row('+4790000120', 'unknown subscriber', lost([1, 2104]), lost([1, 2104])),
  row('+4790000130', 'a result code nobody has heard of', course('unknown', [1, 9999])),
];

const byKey = new Map(magicNumbers.map((magic) => [recipientKey(magic.number), magic]));

/** What becomes of a message to this number. `+479919cccc` reports result code `cccc`, charged or not. */
export function courseFor(destination: string, isCharge: boolean): Course {
  const key = recipientKey(destination);
  const magic = byKey.get(key);
  if (magic) return isCharge ? magic.charge : (magic.text ?? success);
  const [, code] = /^479919(\d{4})$/.exec(key) ?? [];
  return code === undefined ? success : courseOfCode(Number(code));
}

function courseOfCode(resultCode: number): Course {
  const meaning = resultCodes.get(resultCode);
  const booked = meaning?.billed === true ? 'charged' : meaning?.billed === false ? 'declined' : 'unknown';
  return {
    booked: meaning?.final === false ? 'unknown' : booked,
    arrives: meaning?.delivered !== false,
    reports: [{ afterSeconds: 1, resultCode }],
  };
}

function row(number: string, what: string, charge: Course, text?: Course): MagicNumber {
  return text ? { number, what, charge, text } : { number, what, charge };
}

function course(booked: ChargeState, ...reports: [PlannedReport['afterSeconds'], number][]): Course {
  const planned = reports.map(([afterSeconds, resultCode]) => ({ afterSeconds, resultCode }));
  return { booked, arrives: booked !== 'declined', reports: planned };
}

function lost(report: [PlannedReport['afterSeconds'], number]): Course {
  return { ...course('declined', report), arrives: false };
}

/** The last report carries a time before the first one's. */
function stale(fresh: Course): Course {
  return {
    ...fresh,
    reports: fresh.reports.map((report, at) => (at === 0 ? report : { ...report, datedSeconds: 0 })),
  };
}
