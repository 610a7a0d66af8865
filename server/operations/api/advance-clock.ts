import { setTimeout } from 'node:timers/promises';
import { Type } from 'typebox';
import { advanceClock as advance, type DatabaseClock } from '../../database/clock.ts';
import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { type Call, endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';

const Body = narrowing({ advanceSeconds: Type.Integer({ minimum: 0, maximum: 315_360_000 }) });
type Context = {
  database: Database;
  clock: DatabaseClock;
  publishers: Pick<PublisherDirectory, 'refresh'>;
  wakeWorker(): void;
};

const countRunning = sql(
  'jobs.countRunning',
  'SELECT count(*) AS running FROM jobs WHERE leased_until > statement_timestamp()',
);
const longestWaitMilliseconds = 2000;
const pauseMilliseconds = 10;

/**
 * Moves the clock of all nodes forward, between jobs where that is possible: one that reads the time before
 * and postpones itself after would wait too long. The table holds it in sandbox mode only.
 */
export const advanceClock = endpoint({
  operationId: 'advanceClock',
  summary: 'Move the test clock forward',
  body: Body,
  reply: Type.Object({ now: Type.String() }),
  async handle(context: Context, call: Call<undefined, Type.Static<typeof Body>>) {
    await waitForRunningJobs(context.database);
    await advance(context.database, call.body.advanceSeconds * 1000);
    await context.clock.measure();
    await context.publishers.refresh();
    context.wakeWorker();
    return { body: { now: context.clock.now().toISOString() } };
  },
});

async function waitForRunningJobs(database: Database): Promise<void> {
  const endsAt = performance.now() + longestWaitMilliseconds;
  while (performance.now() < endsAt) {
    const [row] = await database.query<{ running: number }>(countRunning);
    if (!row || row.running === 0) return;
    await setTimeout(pauseMilliseconds);
  }
}
