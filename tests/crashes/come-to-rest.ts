import type { Pool } from 'pg';
import type { Cluster } from '../builders/cluster.ts';
import { until } from '../builders/until.ts';
import type { Purchase } from './buy.ts';
import { findWrongEnds } from './check-money.ts';
import { describeJobs, readBooks, readUnrest, type Unrest } from './read-books.ts';
import { readLedgers } from './read-ledgers.ts';
import type { Story } from './story.ts';

/** After the last kill: every order final, asked about on a schedule, or with a person. */
const restWithinMilliseconds = 60_000;
/** The provider tells again on a plan of its own, which is longer. */
const providerMilliseconds = 120_000;

type Seen = {
  pool: Pool;
  cluster: Cluster;
  purchases: readonly Purchase[];
  kills: readonly number[];
};

/**
 * Waits until nothing is under way, and then until the provider has told what it owes us. Answers the whole
 * story, and how long after the last kill the nodes were at rest. Fails with what is still unrest.
 */
export async function comeToRest(seen: Seen): Promise<{ story: Story; restAfterMilliseconds: number }> {
  const lastKill = Math.max(...seen.kills, 0) || Date.now();
  let unrest: Unrest | undefined;
  const left = () => lastKill + restWithinMilliseconds - Date.now();
  const isAtRest = async () => {
    unrest = await readUnrest(seen.pool);
    return Object.values(unrest).every((count) => count === 0);
  };
  await until('rest', isAtRest, left(), 250).catch(async (error: unknown) => {
    const jobs = await describeJobs(seen.pool);
    throw new Error(`no rest a minute after the last kill: ${JSON.stringify(unrest)}\n${jobs}`, {
      cause: error,
    });
  });
  const restAfterMilliseconds = Date.now() - lastKill;
  return { story: await hearProvider(seen), restAfterMilliseconds };
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
    const unrest = await readUnrest(seen.pool);
    const isQuiet = Object.values(unrest).every((count) => count === 0);
    return isQuiet && findWrongEnds(story).length === 0 && (await read());
  };
  return until('the provider', settled, providerMilliseconds, 500).catch(read);
}
