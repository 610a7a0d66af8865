import { Type } from 'typebox';
import { advanceClock as advance, type DatabaseClock } from '../../database/clock.ts';
import type { Database } from '../../database/transaction.ts';
import { type Call, endpoint } from '../../kit/http/endpoint.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';

const Body = Type.Object({ advanceSeconds: Type.Integer({ minimum: 0, maximum: 315_360_000 }) });
type Context = {
  database: Database;
  clock: DatabaseClock;
  publishers: Pick<PublisherDirectory, 'refresh'>;
  wakeWorker(): void;
};

/** Moves the clock of all nodes forward. The table holds it in sandbox mode only. */
export const advanceClock = endpoint({
  operationId: 'advanceClock',
  summary: 'Move the test clock forward',
  body: Body,
  reply: Type.Object({ now: Type.String() }),
  async handle(context: Context, call: Call<undefined, Type.Static<typeof Body>>) {
    await advance(context.database, call.body.advanceSeconds * 1000);
    await context.clock.measure();
    await context.publishers.refresh();
    context.wakeWorker();
    return { body: { now: context.clock.now().toISOString() } };
  },
});
