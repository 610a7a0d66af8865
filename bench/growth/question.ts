import type { TestNode } from '@leveret/server/testing/node.js';
import type { Seeds } from './seed-orders.ts';

export type Stage = {
  node: TestNode;
  seeds: Seeds;
  /** Adds what a run of a prune deletes, where there is not enough of it for every run. */
  addPrunable?: (kind: Prunable) => Promise<void>;
};
/** Which old rows a prune looks at. */
export type Prunable = 'of ended orders' | 'stopped orders' | 'payments on pages';
/** `of` says in the table which of several orders it is about. */
export type Call = { path?: string; query?: string; body?: object; form?: string; of?: string };
export type Question = (stage: Stage) => Call | Promise<Call>;
