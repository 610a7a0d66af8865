import { type Logging, logEvents } from '../database/event-log.ts';
import type { AnyEvent } from '../kit/journey-runner.ts';
import { namedByKind } from './event-names.ts';

/** Appends events to the log, by the names by which `/events` and timelines find them. */
export function recordEvents(transaction: Logging, events: readonly AnyEvent[]): Promise<void> {
  return logEvents(transaction, events.map(namedByKind));
}
