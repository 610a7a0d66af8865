import type { HttpOutcome } from './http-outcome.ts';
import { parseJsonOrNothing } from './parse-json-or-nothing.ts';

/**
 * How a call to a provider ended. `refused` was read and surely not done. `not sent` was surely not done
 * either, and the same call may be made later. `unknown` may have been done, and only asking tells. There is
 * no status where no answer came.
 */
export type JudgedAnswer =
  | { kind: 'done'; status: number; body: unknown; raw: string }
  | { kind: 'refused'; status: number; code: string; body: unknown; raw: string }
  | { kind: 'not sent'; status: number | undefined; code: string }
  | { kind: 'unknown'; status: number | undefined; code: string; raw: string };

/** What is a provider's own about its answers. */
type Manners = {
  /** Statuses that mean something else than at others. */
  exceptions?: Readonly<Partial<Record<number, 'not sent' | 'unknown'>>>;
  /** What it calls an answer that is not done, in a word or a number. */
  codeOf?: (status: number, body: unknown) => string;
};

// Says that the request was not read to the end in time, and not that nothing came of it.
const requestTimeout = 408;

/** Judges a call by its HTTP status; a redirect is followed by nobody, and tells nothing. */
export function judgeAnswer(outcome: HttpOutcome, { exceptions, codeOf }: Manners = {}): JudgedAnswer {
  if (outcome.kind === 'not_sent') return { kind: 'not sent', status: undefined, code: outcome.reason };
  if (outcome.kind === 'unknown') {
    return { kind: 'unknown', status: undefined, code: outcome.reason, raw: '' };
  }
  const { status, body: raw } = outcome;
  const body = parseJsonOrNothing(raw);
  if (status >= 200 && status < 300) return { kind: 'done', status, body, raw };
  const code = codeOf?.(status, body) ?? `status ${status}`;
  const isRefusal = status >= 400 && status < 500 && status !== requestTimeout;
  switch (exceptions?.[status] ?? (isRefusal ? 'refused' : 'unknown')) {
    case 'refused':
      return { kind: 'refused', status, code, body, raw };
    case 'not sent':
      return { kind: 'not sent', status, code };
    case 'unknown':
      return { kind: 'unknown', status, code, raw };
  }
}
