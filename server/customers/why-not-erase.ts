import { dateFormat } from '../kit/formats.ts';
import { readDate } from '../kit/read-date.ts';

/** What a person still has running, in numbers. */
export type Running = {
  /** Orders that they are to pay for, and those of others that are tied to their account. */
  openOrders: number;
  /**
   * Captures, releases and refunds that are not known to have ended, those that a person is to make by hand,
   * and money that is still reserved.
   */
  moneyUnderWay: number;
  /** Bills that have no number yet, and are still to be sent. */
  draftInvoices: number;
  /** Agreements by which the person would be charged again. */
  activeAgreements: number;
  /** Subscriptions whose paid period is not over. */
  runningSubscriptions: number;
  /** Statements of withdrawal that nobody has decided on. */
  withdrawalsToCheck: number;
  /** Cases about their orders that wait for a person. */
  openCases: number;
};

/** Why a person cannot be erased yet, in words; nothing where they can be. */
export function whyNotErase(running: Running): string | undefined {
  const reasons = [
    named(running.openOrders, 'order is open', 'orders are open'),
    named(running.moneyUnderWay, 'payment is under way', 'payments are under way'),
    named(running.draftInvoices, 'invoice has no number yet', 'invoices have no number yet'),
    named(running.activeAgreements, 'payment agreement is active', 'payment agreements are active'),
    named(running.runningSubscriptions, 'subscription is running', 'subscriptions are running'),
    named(running.withdrawalsToCheck, 'withdrawal is to be checked', 'withdrawals are to be checked'),
    named(running.openCases, 'case is open', 'cases are open'),
  ].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? undefined : `${reasons.join(', ')}; end this first`;
}

function named(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
}

/**
 * Until when the books must name a buyer: five years after the end of the year of the document (the Norwegian
 * Bookkeeping Act, section 13), by the publisher's calendar.
 */
export function keptUntil(documentedAt: Date, timeZone: string): Date {
  const day = dateFormat('en-CA', { timeZone, dateStyle: 'short' }).format(documentedAt);
  const first = `${Number(day.slice(0, 4)) + 6}-01-01`;
  const midnight = readDate(first, { kind: 'start', timeZone, now: documentedAt });
  if (!midnight.ok || midnight.date === undefined) throw new Error(`${first} is no day`);
  return midnight.date;
}
