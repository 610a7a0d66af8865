import { createBulkhead } from '../../kit/bulkhead.ts';

type OrderKey = { publisherId: number; orderId: number };

/** Turns of buyers who open their orders, for what locks an order. */
export type OrderTurns = {
  /** Runs `work` in its turn; rejects with `NoPlace` where none came before `deadline`. */
  run<Result>(order: OrderKey, work: () => Promise<Result>, deadline?: AbortSignal): Promise<Result>;
};

const { signal: never } = new AbortController();

/**
 * Of one order one at a time, so that nobody waits for its row with a connection in hand; and of the
 * `connections` for requests a publisher's buyers hold no more than stay free, however often they reload.
 */
export function createOrderTurns(connections: number): OrderTurns {
  const bulkhead = createBulkhead({
    places: connections,
    placesOfTarget: 1,
    queue: Number.POSITIVE_INFINITY,
  });
  return {
    run: ({ publisherId, orderId }, work, deadline = never) =>
      bulkhead.run({ owner: String(publisherId), target: String(orderId) }, deadline, work),
  };
}
