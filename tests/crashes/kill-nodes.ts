import { buildCluster, type Cluster } from '../builders/cluster.ts';
import { type NodeProcess, whenReady } from '../builders/node-process.ts';
import { type Random, randomFrom } from '../builders/random.ts';
import { connectStubbornClient } from '../builders/stubborn-client.ts';
import { letPass } from '../builders/until.ts';
import { startBuying } from './buy.ts';
import { moneyRules } from './check-money.ts';
import { orderRules } from './check-orders.ts';
import { toldRules } from './check-told.ts';
import { comeToRest } from './come-to-rest.ts';
import { openBooks } from './read-books.ts';
import { type Breach, findBreaches, type Story } from './story.ts';

export type KillPlan = {
  kills: number;
  seed: number;
  ordersPerSecond: number;
  /** The shortest and longest time between two kills. */
  gapMilliseconds: readonly [number, number];
  onKill?(count: number, place: number): void;
};

export type KillOutcome = { story: Story; breaches: Breach[]; restAfterMilliseconds: number };

export const rules = [...orderRules, ...moneyRules, ...toldRules];

/**
 * Two nodes take mixed orders while one of them, at random moments, is killed and at once started again. Then
 * all comes to rest, and every ledger is compared with the database.
 */
export async function killNodes(plan: KillPlan): Promise<KillOutcome> {
  const random = randomFrom(plan.seed);
  const cluster = await buildCluster(2);
  const pool = openBooks(cluster.databaseUrl);
  try {
    const nodes = [cluster.start(0), cluster.start(1)];
    await Promise.all(nodes.map(whenReady));
    const client = await connectStubbornClient(cluster.addresses);
    const sandboxUrl = cluster.sandbox.url;
    const perSecond = plan.ordersPerSecond;
    const buying = startBuying(client, { sandboxUrl, perSecond, random: randomFrom(plan.seed + 1) });
    const kills = await killOften(cluster, nodes, plan, random);
    await buying.stop();
    const { purchases } = buying;
    const { story, restAfterMilliseconds } = await comeToRest({ pool, sandboxUrl, purchases, kills });
    return { story, restAfterMilliseconds, breaches: findBreaches(story, rules) };
  } finally {
    await pool.end();
    await cluster.close();
  }
}

/** Kills one node at a time, also one that is just starting; answers when each was gone. */
async function killOften(
  cluster: Cluster,
  nodes: NodeProcess[],
  plan: KillPlan,
  random: Random,
): Promise<number[]> {
  const kills: number[] = [];
  while (kills.length < plan.kills) {
    await letPass(random.between(...plan.gapMilliseconds));
    const place = await choosePlace(nodes, random);
    const victim = nodes[place];
    await victim?.kill();
    kills.push(victim?.goneAt() ?? Date.now());
    nodes[place] = cluster.start(place);
    plan.onKill?.(kills.length, place);
  }
  return kills;
}

/** One of the two always lives: while one is starting, it is the one that is killed. */
async function choosePlace(nodes: readonly NodeProcess[], random: Random): Promise<number> {
  const ready = await Promise.all(nodes.map((node) => node.isReady()));
  const starting = ready.indexOf(false);
  return starting >= 0 ? starting : random.between(0, nodes.length - 1);
}
