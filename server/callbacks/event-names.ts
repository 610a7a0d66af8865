import { webhookTypes } from './webhook-types.ts';

/** What the log of events can hold: what the journey's table marks as logged. The compiler compares them. */
const eventNames = [
  'order registered',
  'cancel asked',
  'payment wanted',
  'payment pending',
  'payment unknown',
  'payment secured',
  'late money',
  'late money accepted',
  'give-back due',
  'surplus money',
  'attempt ended without money',
  'another try offered',
  'payment failed',
  'order completed',
  'callback asked late',
  'login link asked late',
  'order stopped',
  'subscription ended',
  'login link issued',
  'message moved to email',
  'login link moved',
  'message held',
  'message withheld',
  'sms ceiling near',
  'message failed',
  'endpoint disabled',
  'login link spent',
  'user assigned',
  'access revoked',
  'attempt unresolved',
  'action required',
  'fraud reversed',
  'authorization lost',
  'payment disputed',
  'agreement stopped',
  'prepayment mismatch',
  'prepaid order left',
  'case opened',
  'case resolved',
  'operation wanted',
  'capture failed',
  'release failed',
  'refund failed',
  'capture due',
  'refund by hand',
  'refund accepted',
  'payment captured',
  'payment released',
  'payment refunded',
] as const;
export type EventName = (typeof eventNames)[number];

const types = new Map<string, string>(Object.entries(webhookTypes));

/** The words by which a client can ask for events: the name in the log, or the type of its webhook. */
export const eventWords: readonly string[] = [
  ...eventNames,
  ...eventNames.flatMap((name) => types.get(name) ?? []),
];

/** The name in the log of what a client asks for by one of `eventWords`. */
export function loggedNameOf(word: string): string {
  return eventNames.find((name) => types.get(name) === word) ?? word;
}
