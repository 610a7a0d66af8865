import type { Pool } from 'pg';
import type { Fixture } from '../../builders/fixture.ts';
import { until } from '../../builders/until.ts';

type Act = { atSeconds: number; run(): Promise<void> };

/** The time of a run, which passes only when it is told to. */
export type VirtualTime = {
  /** Seconds since the run began. */
  now(): number;
  /** Has something happen later; what is due has happened when `pass` answers. */
  later(afterSeconds: number, run: () => Promise<void>): void;
  /** Lets time pass in steps; after each, all work that is due has been done. */
  pass(steps: readonly number[]): Promise<void>;
};

// What waits for its turn behind what is due now is due too, as each job may enqueue the next.
const busy = `SELECT
  (SELECT count(*) FROM jobs WHERE key IS DISTINCT FROM 'schedule'
     AND (leased_until > statement_timestamp() OR run_at <= leveret_now()))::int AS jobs`;
const settleMilliseconds = 60_000;

export function startVirtualTime(fixture: Fixture, pool: Pool): VirtualTime {
  let seconds = 0;
  let acts: Act[] = [];

  async function actDue(): Promise<void> {
    const due = acts.filter((act) => act.atSeconds <= seconds);
    acts = acts.filter((act) => act.atSeconds > seconds);
    await Promise.all(due.map((act) => act.run()));
  }

  async function settle(): Promise<void> {
    const isQuiet = async () => {
      fixture.app.context.wakeWorker();
      return (await pool.query<{ jobs: number }>(busy)).rows[0]?.jobs === 0;
    };
    await until('all work that is due', isQuiet, settleMilliseconds, 15);
  }

  return {
    now: () => seconds,
    later(afterSeconds, run) {
      acts.push({ atSeconds: seconds + afterSeconds, run });
    },
    async pass(steps) {
      for (const step of steps) {
        await fixture.advance(step);
        seconds += step;
        await settle();
        await actDue();
      }
      await settle();
    },
  };
}
