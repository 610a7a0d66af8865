import { createLog } from '@leveret/server/kit/log.js';
import type { Pool } from 'pg';
import { buildFixture, type Fixture } from '../../builders/fixture.ts';
import { type Random, randomFrom } from '../../builders/random.ts';
import { buy, type Purchase, planPurchase, type Shop } from '../../buyers/buy.ts';
import { openShop } from '../../buyers/open-shop.ts';
import { openBooks, readBooks } from '../../oracle/read-books.ts';
import { readLedgers } from '../../oracle/read-ledgers.ts';
import { type Breach, findBreaches, type Story } from '../../oracle/story.ts';
import { type AfterCare, startAfterCare } from './after-care.ts';
import { hostileKinds } from './hostile-kinds.ts';
import { rules } from './rules.ts';
import { endFaults, setFaults } from './set-faults.ts';
import { startVirtualTime, type VirtualTime } from './virtual-time.ts';

export type RoundPlan = { orders: number; seed: number; onStage?(line: string): void };
export type RoundOutcome = { story: Story; breaches: Breach[]; doubts: number; seconds: number };

const faultShare = 0.3;
const buyersInWave = 100;
const buyersAtOnce = 24;
const cancelShare = 0.05;
const refundShare = 0.08;
const hour = 3600;

const repeat = (times: number, seconds: number) => Array.from({ length: times }, () => seconds);
/** While providers still fail: until late notices have come, and buyers who come back the next day. */
const hostileSteps = [...repeat(3, 60), ...repeat(3, 300), ...repeat(5, 1800), ...repeat(36, hour)];
/** Once they answer again: until every plan of tries, questions and expiry is over. */
const restingSteps = [
  ...repeat(3, 10),
  ...repeat(5, 60),
  ...repeat(5, 300),
  ...repeat(6, 1800),
  ...repeat(12, hour),
  ...repeat(36, 6 * hour),
];

/** One fixture: mixed orders while every provider fails, then peace, and all that is known afterwards. */
export async function runRound(plan: RoundPlan): Promise<RoundOutcome> {
  const startedAt = performance.now();
  const complaints: string[] = [];
  const destination = { write: (line: string) => void complaints.push(line) };
  const fixture = await buildFixture({ log: createLog({ level: 'error', destination }) });
  const pool = openBooks(fixture.databaseUrl);
  try {
    const round = await openRound(fixture, pool, plan);
    await setFaults(fixture.sandboxUrl, faultShare, plan.seed);
    const purchases = await sellInWaves(round, plan);
    plan.onStage?.(`${purchases.length} orders placed`);
    await round.time.pass(hostileSteps);
    await endFaults(fixture.sandboxUrl);
    plan.onStage?.('the providers answer again');
    await round.time.pass(restingSteps);
    const [books, ledgers] = [await readBooks(pool), await readLedgers(fixture.sandboxUrl)];
    const story: Story = { purchases, books, ledgers, kills: [], complaints };
    const seconds = (performance.now() - startedAt) / 1000;
    return { story, breaches: findBreaches(story, rules), doubts: await countDoubts(pool), seconds };
  } finally {
    await pool.end();
    await fixture.close();
  }
}

type Round = { shop: Shop; time: VirtualTime; care: AfterCare; random: Random };

async function openRound(fixture: Fixture, pool: Pool, { seed }: RoundPlan): Promise<Round> {
  const time = startVirtualTime(fixture, pool);
  const { url, sandboxUrl } = fixture;
  const shop = await openShop({ publicUrl: url, addresses: [url], sandboxUrl, pool, waitingMilliseconds: 0 });
  const random = randomFrom(seed);
  return { shop, time, care: startAfterCare(shop.client, randomFrom(seed + 1)), random };
}

async function sellInWaves(round: Round, { orders }: RoundPlan): Promise<Purchase[]> {
  const purchases: Purchase[] = [];
  while (purchases.length < orders) {
    const size = Math.min(buyersInWave, orders - purchases.length);
    const wave = Array.from({ length: size }, (_, index) =>
      planPurchase(purchases.length + index + 1, round.shop.sandboxUrl, round.random, hostileKinds),
    );
    purchases.push(...wave);
    await sell(round, wave);
    await careFor(round, purchases);
    await round.time.pass([
      round.random.between(1, 3),
      round.random.between(3, 10),
      round.random.between(10, 40),
    ]);
  }
  return purchases;
}

async function sell(round: Round, wave: readonly Purchase[]): Promise<void> {
  const waiting = [...wave];
  const serve = async () => {
    for (let purchase = waiting.shift(); purchase; purchase = waiting.shift()) {
      await buy(deferringPhones(round, purchase), purchase);
      if (purchase.kind.manner === 'walks away and pays later') payLater(round, purchase);
      if (round.random.next() < cancelShare) await round.care.cancel(purchase);
    }
  };
  await Promise.all(Array.from({ length: buyersAtOnce }, serve));
}

const mostLooks = 20;

/** A phone asks only when the charge was made, which may take some of the run's time: look again. */
function deferringPhones({ shop, time }: Round, { kind }: Purchase): Shop {
  const look = async (orderId: number, left: number): Promise<void> => {
    if (kind.onPhone === undefined || left === 0) return;
    if (!(await shop.street.desk.decide(orderId, kind.onPhone))) time.later(2, () => look(orderId, left - 1));
  };
  return { ...shop, answerPhone: (orderId) => look(orderId, mostLooks) };
}

const shortestAbsence = 30;
const longestAbsence = 36 * hour;

/** Most come back within the payment's window, some long after it. */
function payLater({ shop, time, random }: Round, { orderId }: Purchase): void {
  if (orderId === undefined) return;
  const seconds = Math.round(shortestAbsence * (longestAbsence / shortestAbsence) ** random.next());
  time.later(seconds, async () => void (await shop.street.desk.decide(orderId, 'approve')));
}

/** Cancels and refunds a few of all orders so far, whatever they have come to. */
async function careFor({ care, random }: Round, purchases: readonly Purchase[]): Promise<void> {
  const some = Array.from({ length: Math.ceil(buyersInWave * refundShare) }, () => random.pick(purchases));
  for (const purchase of some) await care.refund(purchase);
  await care.cancel(random.pick(purchases));
}

/** Attempts and operations whose provider once left us not knowing. */
async function countDoubts(pool: Pool): Promise<number> {
  const text = `SELECT count(DISTINCT (attempt_id, operation_id))::int AS doubts FROM payment_outcomes
    WHERE meaning = 'unknown'`;
  return (await pool.query<{ doubts: number }>(text)).rows[0]?.doubts ?? 0;
}
