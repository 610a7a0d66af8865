import type { Hits } from '../kit/faults.ts';

/** One request to the imitated API. `id` is the order's or the token's in the path, else empty. */
export type ApiCall = {
  id: string;
  body: unknown;
  /** The sandbox's own address as this client reaches it. */
  origin: string;
  hits: Hits;
};
