import type { World } from '../../kit/world.ts';
import type { Shelf } from '../shelf.ts';
import { openDelivery } from './delivery.ts';
import { type Notice, openQueue } from './notice-queue.ts';
import type { Registration } from './registration.ts';

/** Something that happened, and what one who forges a notice about it would claim. */
export type Happening = {
  /** Of the sales unit whose registrations are told. */
  msn: string;
  eventType: string;
  /** The reference, agreement or charge, as the ledger's reports name it. */
  about: string;
  body: object;
  claim: { eventType: string; body: object };
};

export type Notices = {
  /** Promises a notice to every registration for the event, soon after the answer that is being written. */
  tell(happening: Happening): void;
  /** Sends what the fault `early` wants out before the answer. */
  deliverEarly(): Promise<void>;
  /** Sends what is to go out soon, when no answer is waited for. */
  deliverSoon(): Promise<void>;
  forget(): void;
};

const noticeFaults = ['duplicate', 'late', 'lost', 'early', 'reordered', 'wrong-signature'] as const;
const soonMilliseconds = 300;
const lateMilliseconds = 2 * 3_600_000;

/** Notices to all registrations, under the faults that hit them. */
export function openNotices(world: World, registrations: Shelf<Registration>): Notices {
  const queue = openQueue(world.journal);
  const delivery = openDelivery(world, registrations, queue);
  const lastNotices = new Map<string, Notice>();
  let isEarlyWaiting = false;

  function tell(happening: Happening): void {
    const hits = world.faults.draw('vipps', noticeFaults);
    if (hits.has('lost')) return;
    isEarlyWaiting ||= hits.has('early');
    const delay = hits.has('late') ? lateMilliseconds : hits.has('early') ? 0 : soonMilliseconds;
    for (const registration of registrations.all()) {
      if (!isFor(registration, happening)) continue;
      const notice = write(happening, registration, world.clock.now(), delay);
      if (hits.has('wrong-signature')) queue.add(forge(happening, notice));
      if (hits.has('reordered')) addReordered(notice);
      else queue.add(notice);
      if (hits.has('duplicate')) queue.add(notice);
      lastNotices.set(subjectOf(notice), notice);
      delivery.promiseRound(registration.id);
    }
  }

  /** Overtakes what still waits; where nothing does, what was told before of the same comes once more. */
  function addReordered(notice: Notice): void {
    const former = lastNotices.get(subjectOf(notice));
    const isWaiting = queue.first(notice.registrationId) !== undefined;
    queue.add(notice, isWaiting ? 'before the last' : 'last');
    const { firstAtMilliseconds, dueAtMilliseconds } = notice;
    if (!isWaiting && former) queue.add({ ...former, firstAtMilliseconds, dueAtMilliseconds });
  }

  return {
    tell,
    async deliverEarly() {
      if (isEarlyWaiting) await delivery.roundOfAll(world.clock.now());
      isEarlyWaiting = false;
    },
    deliverSoon: () => delivery.roundOfAll(world.clock.now() + soonMilliseconds),
    forget() {
      queue.forget();
      delivery.forget();
      lastNotices.clear();
    },
  };
}

function isFor(registration: Registration, { msn, eventType }: Happening): boolean {
  return !registration.isGone && registration.msn === msn && registration.events.includes(eventType);
}

function write(happening: Happening, registration: Registration, now: number, delay: number): Notice {
  return {
    registrationId: registration.id,
    eventType: happening.eventType,
    about: happening.about,
    body: JSON.stringify(happening.body),
    firstAtMilliseconds: now,
    dueAtMilliseconds: now + delay,
    attempt: 1,
    isForged: false,
  };
}

function forge({ claim }: Happening, notice: Notice): Notice {
  return { ...notice, eventType: claim.eventType, body: JSON.stringify(claim.body), isForged: true };
}

function subjectOf(notice: Notice): string {
  return `${notice.registrationId} ${notice.about}`;
}
