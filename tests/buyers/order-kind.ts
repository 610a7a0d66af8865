import type { Decision } from './payment-desk.ts';
import type { Manner } from './visit-order.ts';

/** A kind of order, how often it comes, and where it must end when every process has done its part. */
export type OrderKind = {
  name: string;
  weight: number;
  /** `unresolved` stays `paying`: nobody but a person or a late report can tell what became of the money. */
  end: 'completed' | 'stopped' | 'unresolved';
  order(nth: number): Record<string, unknown>;
  /** Where the login link goes. */
  credential?(nth: number): string;
  /** What the buyer does at the order's page; the site completes by API first, unless by URL only. */
  manner?: Manner;
  isByUrlOnly?: boolean;
  /** The method that is pressed where the order names none. */
  method?: string;
  /** What is decided on the phone that a charge asks. */
  onPhone?: Decision;
};
