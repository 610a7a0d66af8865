import type { JobKind } from './work.ts';
import type { ClaimedJob, Room } from './work-store.ts';

type Kinds = Readonly<
  Record<string, Pick<JobKind<never>, 'concurrency' | 'concurrencyOfAllLanes' | 'leaseSeconds'>>
>;

/**
 * How many more jobs of each due lane may start: within the limits of the lane, of its kind and of the node,
 * and shared evenly. Lanes after `lastLane` come first, so that none waits for ever behind busy ones. A lane
 * whose kind is unknown here is left to nodes of a newer release.
 */
export function shareRoom(
  lanes: readonly string[],
  running: Iterable<ClaimedJob>,
  limits: { kinds: Kinds; concurrency: number; lastLane: string },
): Room[] {
  const busy = countRunning(running);
  const open = inTurn(lanes, limits.lastLane).flatMap((lane) => {
    const name = kindOf(lane);
    const kind = Object.hasOwn(limits.kinds, name) ? limits.kinds[name] : undefined;
    const room = (kind?.concurrency ?? 0) - (busy.lanes.get(lane) ?? 0);
    return kind !== undefined && room > 0 ? [{ lane, name, kind, room }] : [];
  });
  let left = limits.concurrency - busy.all;
  const share = Math.max(1, Math.ceil(left / Math.max(1, open.length)));
  const rooms: Room[] = [];
  for (const { lane, name, kind, room } of open) {
    const inKind = busy.kinds.get(name) ?? 0;
    const given = Math.min(share, left, room, (kind.concurrencyOfAllLanes ?? Infinity) - inKind);
    if (given <= 0) continue;
    busy.kinds.set(name, inKind + given);
    left -= given;
    rooms.push({ lane, room: given, leaseSeconds: kind.leaseSeconds });
  }
  return rooms;
}

function inTurn(lanes: readonly string[], lastLane: string): string[] {
  return [...lanes.filter((lane) => lane > lastLane), ...lanes.filter((lane) => lane <= lastLane)];
}

function countRunning(running: Iterable<ClaimedJob>) {
  const busy = { all: 0, lanes: new Map<string, number>(), kinds: new Map<string, number>() };
  for (const job of running) {
    const kind = kindOf(job.lane);
    busy.all += 1;
    busy.lanes.set(job.lane, (busy.lanes.get(job.lane) ?? 0) + 1);
    busy.kinds.set(kind, (busy.kinds.get(kind) ?? 0) + 1);
  }
  return busy;
}

function kindOf(lane: string): string {
  return lane.split(' ', 1)[0] ?? lane;
}
