import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCluster, type Cluster } from '../builders/cluster.ts';
import { whenReady } from '../builders/node-process.ts';
import { randomFrom } from '../builders/random.ts';
import { buy, planPurchase } from '../buyers/buy.ts';
import { openShop } from '../buyers/open-shop.ts';
import { openBooks } from '../oracle/read-books.ts';
import { type Breach, findBreaches, type Story } from '../oracle/story.ts';
import { comeToRest, untilAttended } from './come-to-rest.ts';
import { rules } from './kill-nodes.ts';
import type { Scenario } from './scenarios.ts';

export type Death = {
  scenario: string;
  failpoint: string;
  pass: number;
  /** False where the failpoint is not passed so often; then nothing was killed. */
  died: boolean;
  breaches: Breach[];
};

/** Runs a scenario to its rest and answers all failpoints that the node passed, and how often. */
export async function listPassed(scenario: Scenario): Promise<Map<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'leveret-failpoints-'));
  const file = join(folder, 'passed');
  try {
    const { story, died } = await runScenario(scenario, { LEVERET_FAILPOINT_LOG: file });
    const breaches = findBreaches(story, rules);
    if (died || breaches.length > 0) throw new Error(`undisturbed, and yet ${JSON.stringify(breaches)}`);
    const names = (await readFile(file, 'utf8')).trim().split('\n');
    return new Map([...Map.groupBy(names, (name) => name)].map(([name, group]) => [name, group.length]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The node kills itself at the failpoint; another takes its place, all comes to rest, and is compared. */
export async function dieAt(scenario: Scenario, failpoint: string, pass: number): Promise<Death> {
  const about = { scenario: scenario.name, failpoint, pass };
  try {
    const { story, died } = await runScenario(scenario, { LEVERET_FAILPOINT: `${failpoint}:${pass}` });
    return { ...about, died, breaches: findBreaches(story, rules) };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { ...about, died: true, breaches: [{ rule: 'all comes to rest', what }] };
  }
}

async function runScenario(
  scenario: Scenario,
  variables: Record<string, string>,
): Promise<{ story: Story; died: boolean }> {
  const cluster = await buildCluster(1);
  const pool = openBooks(cluster.databaseUrl);
  const kills: number[] = [];
  try {
    const takenOver = startAndReplace(cluster, variables, kills);
    const { publicUrl, addresses, sandbox } = cluster;
    const sandboxUrl = sandbox.url;
    const shop = await Promise.race([openShop({ publicUrl, addresses, sandboxUrl, pool }), takenOver]);
    const random = randomFrom(1);
    const purchases = scenario.kinds.map((kind, index) => planPurchase(index + 1, sandboxUrl, random, kind));
    await Promise.race([Promise.all(purchases.map((purchase) => buy(shop, purchase))), takenOver]);
    await Promise.race([untilAttended({ pool, kills }), takenOver]);
    const { story } = await Promise.race([comeToRest({ pool, cluster, purchases, kills }), takenOver]);
    return { story, died: kills.length > 0 };
  } finally {
    await pool.end();
    await cluster.close();
  }
}

/** Several runs share one database server. */
const fewConnections = { DATABASE_POOL_SIZE: '5' };

/** When the armed node is gone, a plain one takes its place; rejects if that does not start. */
async function startAndReplace(
  cluster: Cluster,
  variables: Record<string, string>,
  kills: number[],
): Promise<never> {
  const armed = cluster.start(0, { ...fewConnections, ...variables });
  kills.push(await armed.gone);
  await whenReady(cluster.start(0, fewConnections));
  return new Promise<never>(() => undefined);
}
