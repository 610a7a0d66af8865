import { type LoggedEventName, publicNameOf, type UnloggedEventName } from '../callbacks/event-names.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** What the events are told with that no log holds: webhooks are queued for them in its transaction. */
const loggedCauses = {
  'access granted': 'order completed',
  'subscription started': 'order completed',
} as const satisfies Record<UnloggedEventName, LoggedEventName>;

const loggedCauseOf = new Map(
  Object.entries(loggedCauses).map(([inside, cause]) => [publicNameOf(inside), cause]),
);

/**
 * Puts what is sorted by time into the order of cause and effect. The log is stamped where its transaction
 * ends, and what the transaction queues before: such an effect waits for the next entry that can be its
 * cause, follows it at once, and is never dated before it. What has no cause here stays where it is.
 */
export function inCausalOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const ordered: TimelineEntry[] = [];
  const waiting = new Set<TimelineEntry>();

  function put(entry: TimelineEntry): void {
    const before = ordered.at(-1);
    ordered.push(before && before.at > entry.at ? { ...entry, at: before.at } : entry);
    for (const effect of [...waiting].filter((one) => isCause(entry, one)))
      if (waiting.delete(effect)) put(effect);
  }

  for (const [place, entry] of entries.entries()) {
    const waits = (other: TimelineEntry) => isCause(other, entry);
    if ([...waiting].some(waits) || entries.slice(place + 1).some(waits)) waiting.add(entry);
    else put(entry);
  }
  return ordered;
}

function isCause(cause: TimelineEntry, effect: TimelineEntry): boolean {
  switch (effect.what) {
    case 'payment attempt made':
      return cause.what === 'checkout confirmed' && haveSame('attemptId', cause, effect);
    case 'callback queued':
      return cause.what === 'callback asked late' || isDeliveryOf(cause, effect);
    case 'webhook queued':
      return isDeliveryOf(cause, effect);
    case 'callback tried':
    case 'webhook tried':
      return cause.what.endsWith(' queued') && haveSame('deliveryId', cause, effect);
    case 'message queued':
      return cause.what.startsWith('login link ') && haveSame('linkId', cause, effect);
    case 'message accepted':
    case 'message delivered':
    case 'message unknown':
      return cause.what === 'message queued' && haveSame('messageId', cause, effect);
    default:
      return false;
  }
}

function isDeliveryOf(cause: TimelineEntry, delivery: TimelineEntry): boolean {
  const event = String(delivery.facts['event']);
  return publicNameOf(cause.what) === event || loggedCauseOf.get(event) === cause.what;
}

function haveSame(fact: string, one: TimelineEntry, other: TimelineEntry): boolean {
  return one.facts[fact] !== undefined && one.facts[fact] === other.facts[fact];
}
