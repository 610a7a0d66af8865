import { postNotice } from '../../kit/post-notice.ts';
import type { World } from '../../kit/world.ts';
import type { Shelf } from '../shelf.ts';
import { afterSeconds } from './delivery-plan.ts';
import { type Notice, openQueue, type QueuedNotice } from './notice-queue.ts';
import type { Registration } from './registration.ts';
import { signNotice } from './sign-notice.ts';

/** Something that happened, and what one who forges a notice about it would claim. */
export type Happening = {
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

/** Notices go out in order for each registration: one that is not taken holds up all that follow. */
export function openNotices(world: World, registrations: Shelf<Registration>): Notices {
  const queue = openQueue(world.journal);
  const running = new Map<string, Promise<void>>();
  const promised = new Set<string>();
  const lastTold = new Map<string, Notice>();
  let isEarlyWaiting = false;

  function tell(happening: Happening): void {
    const hits = world.faults.draw('vipps', noticeFaults);
    if (hits.has('lost')) return;
    isEarlyWaiting ||= hits.has('early');
    const now = world.clock.now();
    const delay = hits.has('late') ? lateMilliseconds : hits.has('early') ? 0 : soonMilliseconds;
    for (const registration of registrations.all()) {
      if (registration.isGone || !registration.events.includes(happening.eventType)) continue;
      const notice = {
        registrationId: registration.id,
        eventType: happening.eventType,
        about: happening.about,
        body: JSON.stringify(happening.body),
        firstAtMilliseconds: now,
        dueAtMilliseconds: now + delay,
        attempt: 1,
        isForged: false,
      };
      if (hits.has('wrong-signature')) {
        const { eventType, body } = happening.claim;
        queue.add({ ...notice, eventType, body: JSON.stringify(body), isForged: true });
      }
      if (hits.has('reordered')) addReordered(notice);
      else queue.add(notice);
      if (hits.has('duplicate')) queue.add(notice);
      lastTold.set(subjectOf(notice), notice);
      promiseRound(registration.id);
    }
  }

  /** Overtakes what still waits; where nothing does, what was told before of the same comes once more. */
  function addReordered(notice: Notice): void {
    const former = lastTold.get(subjectOf(notice));
    const isWaiting = queue.first(notice.registrationId) !== undefined;
    queue.add(notice, isWaiting ? 'before the last' : 'last');
    if (!isWaiting && former) queue.add({ ...former, ...timesOf(notice) });
  }

  /** Sends one registration's notices in turn, up to the first that is not due or not taken. */
  async function deliver(registrationId: string, untilMilliseconds: number): Promise<void> {
    for (;;) {
      const notice = queue.first(registrationId);
      if (!notice) return;
      if (notice.dueAtMilliseconds > untilMilliseconds) return promiseRound(registrationId);
      await post(notice);
    }
  }

  async function post(notice: QueuedNotice): Promise<void> {
    const registration = registrations.get(notice.registrationId);
    if (!registration || registration.isGone) return queue.remove(notice);
    const answered = await send(registration, notice);
    // Everything may have been forgotten while the client was answering.
    if (!queue.has(notice)) return;
    world.ledger.bookReport({
      provider: 'vipps',
      id: notice.about,
      resultCode: notice.eventType,
      gate: notice.registrationId,
      attempt: notice.attempt,
      answered,
      sentAt: world.clock.timestamp(),
    });
    const isTaken = answered !== null && answered >= 200 && answered < 300;
    const gap = afterSeconds(notice.attempt, world.clock.now() - notice.firstAtMilliseconds);
    if (isTaken || notice.isForged || gap === undefined) return queue.remove(notice);
    const dueAtMilliseconds = world.clock.now() + gap * 1000;
    queue.replace({ ...notice, dueAtMilliseconds, attempt: notice.attempt + 1 });
  }

  function send(registration: Registration, notice: QueuedNotice): Promise<number | null> {
    const secret = notice.isForged ? `not-${registration.secret}` : registration.secret;
    const date = new Date(world.clock.now()).toUTCString();
    const headers = signNotice({ url: registration.url, secret }, notice.body, date);
    return postNotice(world, { url: registration.url, headers, body: notice.body });
  }

  /** Rounds of one registration follow one another, so that its order holds. */
  function round(registrationId: string, untilMilliseconds: number): Promise<void> {
    const former = running.get(registrationId) ?? Promise.resolve();
    const mine = former.then(() => deliver(registrationId, untilMilliseconds));
    running.set(registrationId, mine);
    return mine;
  }

  function promiseRound(registrationId: string): void {
    const at = queue.first(registrationId)?.dueAtMilliseconds;
    if (at === undefined || promised.has(`${registrationId} ${at}`)) return;
    promised.add(`${registrationId} ${at}`);
    promise(at, { registrationId, at });
  }

  const promise = world.dueWork.kind<{ registrationId: string; at: number }>('vipps notices', (work) => {
    promised.delete(`${work.registrationId} ${work.at}`);
    return round(work.registrationId, world.clock.now());
  });
  const roundOfAll = async (until: number) => {
    await Promise.all(queue.registrations().map((id) => round(id, until)));
  };
  return {
    tell,
    async deliverEarly() {
      if (isEarlyWaiting) await roundOfAll(world.clock.now());
      isEarlyWaiting = false;
    },
    deliverSoon: () => roundOfAll(world.clock.now() + soonMilliseconds),
    forget() {
      queue.forget();
      promised.clear();
      lastTold.clear();
    },
  };
}

function subjectOf(notice: Notice): string {
  return `${notice.registrationId} ${notice.about}`;
}

function timesOf(notice: Notice): Pick<Notice, 'firstAtMilliseconds' | 'dueAtMilliseconds'> {
  const { firstAtMilliseconds, dueAtMilliseconds } = notice;
  return { firstAtMilliseconds, dueAtMilliseconds };
}
