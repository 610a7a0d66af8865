import type { Journal } from '../../kit/journal.ts';

export type Notice = {
  registrationId: string;
  eventType: string;
  about: string;
  body: string;
  firstAtMilliseconds: number;
  dueAtMilliseconds: number;
  attempt: number;
  /** Sent once, signed with a wrong secret. */
  isForged: boolean;
};

/** `place` orders the notices of a registration. */
export type QueuedNotice = Notice & { number: number; place: number };

export type NoticeQueue = {
  /** Before the last: it overtakes the one that came before it. */
  add(notice: Notice, where?: 'last' | 'before the last'): void;
  first(registrationId: string): QueuedNotice | undefined;
  has(notice: QueuedNotice): boolean;
  replace(notice: QueuedNotice): void;
  remove(notice: QueuedNotice): void;
  registrations(): string[];
  forget(): void;
};

/** What is still to be told, in order for each registration, kept in the journal. */
export function openQueue(journal: Journal): NoticeQueue {
  const waiting = new Map<number, QueuedNotice>();
  let lastNumber = 0;
  const keep = journal.kind<QueuedNotice>(
    'vipps notice',
    (notice) => {
      lastNumber = Math.max(lastNumber, notice.number);
      waiting.set(notice.number, notice);
    },
    () => waiting.values(),
  );
  const drop = journal.kind<number>(
    'vipps notice gone',
    (number) => waiting.delete(number),
    () => [],
  );

  function ofRegistration(registrationId: string): QueuedNotice[] {
    return [...waiting.values()]
      .filter((notice) => notice.registrationId === registrationId)
      .sort((a, b) => a.place - b.place);
  }

  return {
    add(notice, where = 'last') {
      const last = ofRegistration(notice.registrationId).at(-1);
      const number = lastNumber + 1;
      const place = where === 'last' || !last ? number : last.place - 0.5;
      keep({ ...notice, number, place });
    },
    first: (registrationId) => ofRegistration(registrationId)[0],
    has: (notice) => waiting.has(notice.number),
    replace: keep,
    remove: (notice) => drop(notice.number),
    registrations: () => [...new Set([...waiting.values()].map((notice) => notice.registrationId))],
    forget: () => waiting.clear(),
  };
}
