import { BadInput } from '../kit/bad-input.ts';
import type { Charge } from '../kit/ledger.ts';

export const decisions = ['approve', 'refuse', 'abandon', 'expire'] as const;
export type Decision = (typeof decisions)[number];

/** A request that an app on the buyer's phone shows, to be approved or refused there. */
export type PhoneAsk = {
  app: 'Vipps' | 'Swish' | 'Strex';
  paymentId: string;
  amountMinor: number;
  currency: string;
  text: string;
  askedAt: string;
};

/** What a provider offers so that tests can play its buyers. */
export type PaymentDesk = {
  list(): Charge[];
  find(id: string): Charge | undefined;
  /** Throws `BadInput` with status 409 when the payment is past deciding. */
  decide(id: string, decision: Decision): Promise<void>;
  /** What waits for an answer on this phone (E.164). */
  asksOn?(mobile: string): PhoneAsk[];
};

/** The payments of all providers, or those with one reference. */
export function listPayments(desks: PaymentDesk[], reference: string | undefined): { payments: Charge[] } {
  const all = desks.flatMap((desk) => desk.list());
  return { payments: all.filter((one) => reference === undefined || one.reference === reference) };
}

/** Decides a payment; the reply shows it afterwards. Throws `BadInput` with status 404 when there is none. */
export async function decidePayment(
  desks: PaymentDesk[],
  id: string,
  decision: Decision,
): Promise<{ payment: Charge | undefined }> {
  const desk = desks.find((one) => one.find(id));
  if (!desk) throw new BadInput('id', 'known', 'no payment has this id', 404);
  await desk.decide(id, decision);
  return { payment: desk.find(id) };
}
