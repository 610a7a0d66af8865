import type { World } from '../kit/world.ts';
import type { Payment } from './epayment/payment.ts';
import type { Pinned } from './idempotency.ts';
import type { Agreement } from './recurring/agreement.ts';
import type { RecurringCharge } from './recurring/charge.ts';
import type { Shelf } from './shelf.ts';
import type { Token } from './token.ts';
import type { Notices } from './webhooks/notices.ts';
import type { Registration } from './webhooks/registration.ts';

/** Work that the sandbox's clock brings about; `id` is a reference, an agreement's or a charge's id. */
export type Timed = {
  what: 'expire payment' | 'settle payment' | 'expire agreement' | 'show charge' | 'process charge';
  id: string;
};

/** Vipps MobilePay's side of the sandbox. Payments, agreements and charges are booked as they are kept. */
export type Vipps = {
  world: World;
  tokens: Shelf<Token>;
  pinned: Shelf<Pinned>;
  payments: Shelf<Payment>;
  agreements: Shelf<Agreement>;
  charges: Shelf<RecurringCharge>;
  registrations: Shelf<Registration>;
  notices: Notices;
  later(atMilliseconds: number, work: Timed): void;
  forget(): void;
};

/** How long a buyer has for a payment or an agreement. */
export const decisionSeconds = 600;
