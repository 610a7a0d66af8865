import { mayTakeOneMore, mostOf } from '../fair-share.ts';
import { installation, readLane } from './lane.ts';
import type { JobKind } from './work.ts';
import type { ClaimedJob, Room } from './work-store.ts';

type Kind = Pick<JobKind<never>, 'concurrency' | 'concurrencyOfAllLanes' | 'leaseSeconds'>;

type Limits = { kinds: Readonly<Record<string, Kind>>; concurrency: number; lastLane: string };

/** A lane that has due jobs, and how many more of them may start by its own limit. */
type Open = { lane: string; name: string; publisher: string; kind: Kind; room: number; given: number };

/**
 * How many more jobs of each due lane may start: within the limits of the lane, of its kind and of the node.
 * Of a kind and of the node a publisher holds no more than stays free, and places go one by one to whoever
 * holds the fewest, so that a publisher whose jobs hang leaves room for one who comes new. Lanes after
 * `lastLane` come first, so that none waits for ever behind busy ones. A lane whose kind is unknown here is
 * left to nodes of a newer release.
 */
export function shareRoom(lanes: readonly string[], running: Iterable<ClaimedJob>, limits: Limits): Room[] {
  const busy = new Busy(running, limits);
  const open = inTurn(lanes, limits.lastLane).flatMap((lane) => openLane(lane, busy, limits));
  let waiting = [...Map.groupBy(open, (one) => one.publisher)];
  for (let level = 0; waiting.length > 0 && busy.used < mostOf(limits.concurrency); level += 1) {
    waiting = waiting.filter(([publisher, own]) => {
      if (busy.heldBy(publisher) > level) return true;
      return giveOne(own, busy);
    });
  }
  return open
    .filter((one) => one.given > 0)
    .map(({ lane, given, kind }) => ({ lane, room: given, leaseSeconds: kind.leaseSeconds }));
}

function openLane(lane: string, busy: Busy, { kinds }: Limits): Open[] {
  const { name, publisher } = readLane(lane);
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) return [];
  const room = kind.concurrency - busy.inLane(lane);
  return room > 0 ? [{ lane, name, publisher, kind, room, given: 0 }] : [];
}

/** Gives one place to the next lane of a publisher that may have it; the lane then goes behind its others. */
function giveOne(own: Open[], busy: Busy): boolean {
  for (let next = own.shift(); next !== undefined; next = own.shift()) {
    if (!busy.take(next)) continue;
    next.given += 1;
    if (next.given < next.room) own.push(next);
    return true;
  }
  return false;
}

/** Who holds how many places, in lanes, in kinds, and of the whole node. */
class Busy {
  used = 0;
  readonly #limits: Limits;
  readonly #held = new Map<string, number>();

  constructor(running: Iterable<ClaimedJob>, limits: Limits) {
    this.#limits = limits;
    for (const { lane } of running) {
      this.#count(`lane ${lane}`);
      this.#add(readLane(lane));
    }
  }

  inLane(lane: string): number {
    return this.#of(`lane ${lane}`);
  }

  heldBy(publisher: string): number {
    return this.#of(`publisher ${publisher}`);
  }

  take({ name, publisher, kind }: Open): boolean {
    const { concurrency } = this.#limits;
    const inKind = {
      capacity: kind.concurrencyOfAllLanes ?? concurrency,
      used: this.#of(`kind ${name}`),
      held: this.#of(`kind ${name} ${publisher}`),
    };
    const inAll = { capacity: concurrency, used: this.used, held: this.heldBy(publisher) };
    if (![inKind, inAll].every((one) => mayTake(publisher, one))) return false;
    this.#add({ name, publisher });
    return true;
  }

  #add({ name, publisher }: { name: string; publisher: string }): void {
    this.used += 1;
    this.#count(`publisher ${publisher}`);
    this.#count(`kind ${name}`);
    this.#count(`kind ${name} ${publisher}`);
  }

  #of(key: string): number {
    return this.#held.get(key) ?? 0;
  }

  #count(key: string): void {
    this.#held.set(key, this.#of(key) + 1);
  }
}

/** The installation's own work stands beside the publishers'; it is never much. */
function mayTake(publisher: string, places: { capacity: number; used: number; held: number }): boolean {
  return (publisher === installation && places.used < places.capacity) || mayTakeOneMore(places);
}

function inTurn(lanes: readonly string[], lastLane: string): string[] {
  return [...lanes.filter((lane) => lane > lastLane), ...lanes.filter((lane) => lane <= lastLane)];
}
