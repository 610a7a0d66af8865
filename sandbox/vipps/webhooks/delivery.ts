import { postNotice } from '../../kit/post-notice.ts';
import type { World } from '../../kit/world.ts';
import type { Shelf } from '../shelf.ts';
import { afterSeconds } from './delivery-plan.ts';
import type { NoticeQueue, QueuedNotice } from './notice-queue.ts';
import type { Registration } from './registration.ts';
import { signNotice } from './sign-notice.ts';

export type Delivery = {
  /** Promises a round for when the first notice of a registration is due. */
  promiseRound(registrationId: string): void;
  /** Sends now what is due until then, to all registrations. */
  roundOfAll(untilMilliseconds: number): Promise<void>;
  forget(): void;
};

/** Notices go out in order for each registration: one that is not taken holds up all that follow. */
export function openDelivery(world: World, registrations: Shelf<Registration>, queue: NoticeQueue): Delivery {
  const running = new Map<string, Promise<void>>();
  const promised = new Set<string>();

  /** Sends one registration's notices in turn, up to the first that is not due or not taken. */
  async function deliver(registrationId: string, untilMilliseconds: number): Promise<void> {
    for (;;) {
      const notice = queue.first(registrationId);
      if (!notice) return;
      if (notice.dueAtMilliseconds > untilMilliseconds) return promiseRound(registrationId);
      const registration = registrations.get(registrationId);
      if (!registration || registration.isGone) queue.remove(notice);
      else await post(world, queue, registration, notice);
    }
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
  return {
    promiseRound,
    async roundOfAll(untilMilliseconds) {
      await Promise.all(queue.registrations().map((id) => round(id, untilMilliseconds)));
    },
    forget: () => promised.clear(),
  };
}

/** One try; what is not taken stays the first of its registration until its time is over. */
async function post(
  world: World,
  queue: NoticeQueue,
  registration: Registration,
  notice: QueuedNotice,
): Promise<void> {
  const answered = await send(world, registration, notice);
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

function send(world: World, registration: Registration, notice: QueuedNotice): Promise<number | null> {
  const secret = notice.isForged ? `not-${registration.secret}` : registration.secret;
  const date = new Date(world.clock.now()).toUTCString();
  const headers = signNotice({ url: registration.url, secret }, notice.body, date);
  return postNotice(world, { url: registration.url, headers, body: notice.body });
}
