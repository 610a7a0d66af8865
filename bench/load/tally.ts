import type { Reply } from './connection.ts';

export type Spread = { p50: number; p95: number; p99: number };

/** What a run of load saw; times in milliseconds. */
export type LoadResult = {
  seconds: number;
  requests: number;
  requestMilliseconds: Spread;
  /** Orders that were acknowledged as completed, or checks that were answered with access. */
  done: number;
  doneMilliseconds: Spread;
  refused: number;
  orderIds: number[];
};

export type Tally = {
  requests: number[];
  done: number[];
  orderIds: number[];
  refused: number;
};

export function newTally(): Tally {
  return { requests: [], done: [], orderIds: [], refused: 0 };
}

export function summarise(tally: Tally, seconds: number): LoadResult {
  return {
    seconds,
    requests: tally.requests.length,
    requestMilliseconds: spreadOf(tally.requests),
    done: tally.done.length,
    doneMilliseconds: spreadOf(tally.done),
    refused: tally.refused,
    orderIds: tally.orderIds,
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/**
 * A reply that the plan did not expect ends the run: a fast server that refuses everything proves nothing.
 */
export function unexpected(reply: Reply): Error {
  return new Error(`an unexpected reply: ${reply.status} ${reply.body.slice(0, 500)}`);
}
