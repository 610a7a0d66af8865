import type { Pool } from 'pg';
import type { Cluster } from '../builders/cluster.ts';
import { until } from '../builders/until.ts';
import type { Purchase } from '../buyers/buy.ts';
import { findWrongEnds } from '../oracle/check-ends.ts';
import { describeJobs, readBooks, readUnrest, type Unrest } from '../oracle/read-books.ts';
import { readLedgers } from '../oracle/read-ledgers.ts';
import type { Story } from '../oracle/story.ts';

/** After the last kill: every order final, asked about on a schedule, or with a person. */
const attendedWithinMilliseconds = 60_000;
/** How long the work that piled up meanwhile may take on a busy machine. */
const workMilliseconds = 600_000;
/** A provider tells again on a plan of its own: LINK Mobility five minutes after four tries in vain. */
const providerMilliseconds = 400_000;

type Seen = {
  pool: Pool;
  cluster: Cluster;
  purchases: readonly Purchase[];
  kills: readonly number[];
};

/** Waits until every order is looked after; answers how many milliseconds after the last kill that was. */
export async function untilAttended({ pool, kills }: Pick<Seen, 'pool' | 'kills'>): Promise<number> {
  const lastKill = kills.at(-1) ?? Date.now();
  await untilUnrest(pool, lastKill + attendedWithinMilliseconds, (unrest) => unrest.unattended === 0);
  return Date.now() - lastKill;
}

/**
 * Waits until nothing is under way, and until the provider has told what it owes us. Answers the whole story,
 * and how long after the last kill all work was done. Fails with what is still unrest.
 */
export async function comeToRest(seen: Seen): Promise<{ story: Story; restMilliseconds: number }> {
  const lastKill = seen.kills.at(-1) ?? Date.now();
  await untilUnrest(seen.pool, lastKill + workMilliseconds, isQuiet);
  const restMilliseconds = Date.now() - lastKill;
  return { story: await hearProvider(seen), restMilliseconds };
}

async function untilUnrest(pool: Pool, endsAt: number, isEnough: (unrest: Unrest) => boolean): Promise<void> {
  let unrest: Unrest | undefined;
  const ask = async () => {
    unrest = await readUnrest(pool);
    return isEnough(unrest);
  };
  await until('rest', ask, endsAt - Date.now(), 250).catch(async (error: unknown) => {
    const jobs = await describeJobs(pool);
    throw new Error(`no rest after the last kill: ${JSON.stringify(unrest)}\n${jobs}`, { cause: error });
  });
}

function isQuiet(unrest: Unrest): boolean {
  return Object.values(unrest).every((count) => count === 0);
}

/** What the provider still has to tell is waited for; what is wrong after that is a breach, found later. */
async function hearProvider(seen: Seen): Promise<Story> {
  const read = async (): Promise<Story> => ({
    purchases: seen.purchases,
    kills: seen.kills,
    complaints: seen.cluster.complaints(),
    ledgers: await readLedgers(seen.cluster.sandbox.url),
    books: await readBooks(seen.pool),
  });
  const settled = async () => {
    const story = await read();
    return isQuiet(await readUnrest(seen.pool)) && findWrongEnds(story).length === 0 && (await read());
  };
  return until('the provider', settled, providerMilliseconds, 500).catch(read);
}
