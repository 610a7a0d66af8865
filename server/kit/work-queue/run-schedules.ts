import { createHash } from 'node:crypto';
import type { QueueDatabase } from './work.ts';
import { enqueue } from './work-store.ts';

/** Work that comes round by the clock; the job of the same name does it. */
export type Schedule = { name: string; everySeconds: number };

export type ScheduleRunner = { stop(): void };

function statement(name: string, text: string) {
  return { name: `${name}:${createHash('sha256').update(text).digest('hex').slice(0, 8)}`, text };
}

const addSchedules = statement(
  'schedules.add',
  `INSERT INTO schedules (name, next_at) SELECT name, (SELECT leveret_now())
   FROM unnest($1::text[]) AS given (name)
   ON CONFLICT DO NOTHING`,
);

const claimDue = statement(
  'schedules.claimDue',
  `UPDATE schedules SET next_at = (SELECT leveret_now()) + given.seconds * interval '1 second'
   FROM unnest($1::text[], $2::integer[]) AS given (name, seconds)
   WHERE schedules.name = given.name AND schedules.next_at <= (SELECT leveret_now())
   RETURNING schedules.name`,
);

/** A transaction of the caller's, so that the moved clock and the job are saved together. */
type Unit = (work: (transaction: QueueDatabase) => Promise<void>) => Promise<void>;

/**
 * Enqueues the job of each schedule that is due; whichever node comes first moves it on. A job that still
 * waits or runs is not enqueued twice.
 */
export async function runSchedules(options: {
  database: QueueDatabase;
  inTransaction: Unit;
  schedules: readonly Schedule[];
  pollMilliseconds: number;
  onError(error: unknown): void;
}): Promise<ScheduleRunner> {
  const { schedules } = options;
  await options.database.query(addSchedules, [schedules.map((schedule) => schedule.name)]);
  const turn = () =>
    options.inTransaction(async (transaction) => {
      const due = await transaction.query<{ name: string }>(claimDue, [
        schedules.map((schedule) => schedule.name),
        schedules.map((schedule) => schedule.everySeconds),
      ]);
      await enqueue(
        transaction,
        due.map(({ name }) => ({ name, key: 'schedule', arguments: {} })),
      );
    });
  const timer = setInterval(() => void turn().catch(options.onError), options.pollMilliseconds);
  await turn();
  return { stop: () => clearInterval(timer) };
}
