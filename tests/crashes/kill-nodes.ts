import { buildCluster, type Cluster } from '../builders/cluster.ts';
import { type NodeProcess, whenReady } from '../builders/node-process.ts';
import { type Random, randomFrom } from '../builders/random.ts';
import { letPass } from '../builders/until.ts';
import { type Purchase, startBuying } from '../buyers/buy.ts';
import { openShop } from '../buyers/open-shop.ts';
import { endRules } from '../oracle/check-ends.ts';
import { moneyRules } from '../oracle/check-money.ts';
import { callbackRules, messageRules } from '../oracle/check-notified.ts';
import { orderRules } from '../oracle/check-orders.ts';
import { openBooks, readUnrest } from '../oracle/read-books.ts';
import { type Breach, findBreaches, type Rule, type Story } from '../oracle/story.ts';
import { comeToRest, untilAttended } from './come-to-rest.ts';

export type KillPlan = {
  kills: number;
  seed: number;
  ordersPerSecond: number;
  /** The shortest and longest time from when both nodes are ready to the next kill. */
  gapMilliseconds: readonly [number, number];
  onKill?(line: string): void;
};

/** How long after the last kill every order was looked after, and all work was done. */
type Rest = { attendedMilliseconds: number; restMilliseconds: number };

export type KillOutcome = { story: Story; breaches: Breach[]; rest: Rest };

const nodeRule: Rule = { rule: 'no node complains', check: ({ complaints }) => [...complaints] };

export const rules = [...orderRules, ...moneyRules, ...endRules, ...callbackRules, ...messageRules, nodeRule];

/** Work piles up while nodes die every other second: buyers wait for their turn as long as it takes. */
const buyersPatienceMilliseconds = 600_000;

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
    const { publicUrl, addresses, sandbox } = cluster;
    const waitingMilliseconds = buyersPatienceMilliseconds;
    const shop = await openShop({ publicUrl, addresses, sandboxUrl: sandbox.url, pool, waitingMilliseconds });
    const perSecond = plan.ordersPerSecond;
    const buying = startBuying(shop, { perSecond, random: randomFrom(plan.seed + 1) });
    const tell = async (count: number, place: number) => {
      const open = buying.purchases.filter((one) => isBusy(one)).length;
      const unrest = JSON.stringify(await readUnrest(pool));
      plan.onKill?.(
        `kill ${count}: node ${place + 1}; ${open} of ${buying.purchases.length} buyers wait; ${unrest}`,
      );
    };
    const kills = await killOften({ cluster, nodes, plan, random, tell });
    const [attendedMilliseconds] = await Promise.all([untilAttended({ pool, kills }), buying.stop()]);
    const { purchases } = buying;
    const { story, restMilliseconds } = await comeToRest({ pool, cluster, purchases, kills });
    const rest = { attendedMilliseconds, restMilliseconds };
    return { story, rest, breaches: findBreaches(story, rules) };
  } finally {
    await pool.end();
    await cluster.close();
  }
}

function isBusy({ completed, visit, refusal, kind }: Purchase): boolean {
  return refusal === undefined && (kind.manner === undefined ? !completed : visit === undefined);
}

type Killing = {
  cluster: Cluster;
  nodes: NodeProcess[];
  plan: KillPlan;
  random: Random;
  tell(count: number, place: number): Promise<void>;
};

/** Of five kills, one comes while a node is still starting. */
const startingShare = 0.2;

/** Kills one node at a time, sometimes one that is just starting; answers when each was gone. */
async function killOften({ cluster, nodes, plan, random, tell }: Killing): Promise<number[]> {
  const kills: number[] = [];
  let place = 0;
  while (kills.length < plan.kills) {
    const isStarting = kills.length > 0 && random.next() < startingShare;
    if (!isStarting) {
      await Promise.all(nodes.map(whenReady));
      place = random.between(0, nodes.length - 1);
    }
    await letPass(random.between(...plan.gapMilliseconds));
    await nodes[place]?.kill();
    kills.push(Date.now());
    nodes[place] = cluster.start(place);
    await tell(kills.length, place);
  }
  return kills;
}
