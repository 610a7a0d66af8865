import type { Journal } from './journal.ts';

/** `unknown` is not decided yet; what is `reserved` is charged by a capture, or `released`. */
export type ChargeState = 'charged' | 'reserved' | 'released' | 'declined' | 'unknown';

/** A payment as the provider books it. `bookedAt` is null until the provider has decided. */
export type Charge = {
  provider: string;
  id: string;
  reference: string;
  destination: string;
  amountMinor: number;
  currency: string;
  state: ChargeState;
  /** How much was taken of what was reserved; the whole amount where it is charged and this is missing. */
  capturedMinor?: number;
  description: string;
  acceptedAt: string;
  bookedAt: string | null;
  details: Record<string, string | number | null>;
};

export type Refund = {
  provider: string;
  id: string;
  chargeId: string;
  reference: string;
  amountMinor: number;
  currency: string;
  bookedAt: string;
};

/** A message as the provider counts it; its text is in the inbox. */
export type SentMessage = {
  provider: string;
  id: string;
  reference: string;
  channel: 'sms' | 'email';
  from: string;
  to: string;
  parts: number;
  acceptedAt: string;
};

/** One try to tell a client what became of a charge or message; `answered` is null when no answer came. */
export type Report = {
  provider: string;
  id: string;
  /** The provider's code, or the name of what happened. */
  resultCode: number | string;
  gate: string;
  attempt: number;
  answered: number | null;
  sentAt: string;
};

export type Ledger = {
  bookCharge(charge: Charge): void;
  bookRefund(refund: Refund): void;
  bookMessage(message: SentMessage): void;
  bookReport(report: Report): void;
  charge(id: string): Charge | undefined;
  /** Was a message or charge with this id booked? */
  knows(id: string): boolean;
  charges(): Charge[];
  everything(): { charges: Charge[]; refunds: Refund[]; messages: SentMessage[]; reports: Report[] };
  forget(): void;
};

/**
 * What the providers have booked: charges and refunds by id (booking again replaces), messages and reports.
 */
export function openLedger(journal: Journal): Ledger {
  const charges = new Map<string, Charge>();
  const refunds = new Map<string, Refund>();
  const messages: SentMessage[] = [];
  const messageIds = new Set<string>();
  const reports: Report[] = [];
  return {
    bookCharge: journal.kind<Charge>(
      'charge',
      (charge) => charges.set(charge.id, charge),
      () => charges.values(),
    ),
    bookRefund: journal.kind<Refund>(
      'refund',
      (refund) => refunds.set(refund.id, refund),
      () => refunds.values(),
    ),
    bookMessage: journal.kind<SentMessage>(
      'message',
      (message) => {
        messages.push(message);
        messageIds.add(message.id);
      },
      () => messages,
    ),
    bookReport: journal.kind<Report>(
      'report',
      (report) => reports.push(report),
      () => reports,
    ),
    charge: (id) => charges.get(id),
    knows: (id) => messageIds.has(id) || charges.has(id),
    charges: () => [...charges.values()],
    everything: () => ({
      charges: [...charges.values()],
      refunds: [...refunds.values()],
      messages,
      reports,
    }),
    forget() {
      charges.clear();
      refunds.clear();
      messages.length = 0;
      messageIds.clear();
      reports.length = 0;
    },
  };
}
