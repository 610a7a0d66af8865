import type { Charge, Refund } from '@leveret/sandbox/kit/ledger.js';
import { randomFrom } from '../builders/random.ts';
import { type AttemptBook, readBooks, readProviderBooks } from '../conformance/books.ts';
import { findBreaches } from '../conformance/check-purchase.ts';
import { shuffle } from '../conformance/permute.ts';
import type { Purchase } from '../conformance/purchase.ts';
import { settle } from '../conformance/stage.ts';
import { type Act, drawActs } from './acts.ts';
import { bringLetters, type Contest, prepare } from './contest.ts';
import type { Ground } from './ground.ts';
import { drawPageActs, findPageBreaches, type PageContest, preparePage } from './page-contest.ts';

export type RoundReport = { acts: number; breaches: string[] };

const orders = 7;
const actsOfOrder = 8;
/** Seconds that pass afterwards, so that every try to pay is over and every refund done. */
const afterwards = [20, 600, 2400];

/**
 * Brings seven orders and a payment of a page somewhere on their way, lets 64 things happen to them at once
 * at two nodes, waits until nothing is under way, and compares the books of everybody.
 */
export async function runRace(ground: Ground, seed: number): Promise<RoundReport> {
  const random = randomFrom(seed);
  ground.nodes.inbox.letters.length = 0;
  const contests = await Promise.all(Array.from({ length: orders }, () => prepare(ground.nodes, random)));
  const ofPage = await preparePage(ground, random);
  const acts = shuffle(
    [
      ...contests.flatMap((contest) => drawActs(ground, contest, actsOfOrder, random)),
      ...drawPageActs(ground, ofPage, actsOfOrder, random),
    ],
    random,
  );
  const failed = await runAtOnce(acts);
  await comeToRest(ground, contests);
  return { acts: acts.length, breaches: [...failed, ...(await findAllBreaches(ground, contests, ofPage))] };
}

/** A round that cannot go on, as when a node is gone, is a breach as well. */
export async function tryRace(ground: Ground, seed: number): Promise<RoundReport> {
  return runRace(ground, seed).catch((error: unknown) => ({
    acts: 0,
    breaches: [`the round was not ended: ${error instanceof Error ? error.stack : String(error)}`],
  }));
}

/** All at once; an answer that is a failure of ours is a breach, except that there is no room just now. */
async function runAtOnce(acts: readonly Act[]): Promise<string[]> {
  const runs = await Promise.allSettled(acts.map(({ run }) => run()));
  return runs.flatMap((run, index) => {
    const name = acts[index]?.name;
    if (run.status === 'rejected') return [`${name}: ${String(run.reason)}`];
    return run.value
      .filter((status) => status >= 500 && status !== 503)
      .map((status) => `${name}: ${status}`);
  });
}

/** Until every notice has been brought, every try to pay has ended and no job is due. */
async function comeToRest(ground: Ground, contests: readonly Contest[]): Promise<void> {
  for (const seconds of [0, ...afterwards]) {
    if (seconds > 0) await ground.nodes.control('POST', '/clock/advance', { seconds });
    await settle(ground.nodes);
    for (const contest of contests) await bringLetters(ground.nodes, contest);
    await settle(ground.nodes);
  }
}

async function findAllBreaches(
  ground: Ground,
  contests: readonly Contest[],
  ofPage: PageContest,
): Promise<string[]> {
  const provider = await readProviderBooks(ground.nodes.sandboxUrl);
  const found = await Promise.all(
    contests.map(async ({ purchase, from, isGivenBack }) => {
      const { payment, attempts } = await readBooks(ground.nodes, purchase.orderId);
      const references = new Set(attempts.map((one) => one.reference));
      const charges = provider.charges.filter((one) => references.has(one.reference));
      const owed = payment?.amount_minor ?? 0;
      const told = await withCallback(ground, purchase);
      // What a person gives back by hand, the provider's books do not know.
      const found = isGivenBack
        ? findTwiceBack(attempts, charges, provider.refunds)
        : [...(await findBreaches(ground.nodes, told)), ...findExcess(owed, charges, provider.refunds)];
      return found.map((one) => `${purchase.way.name}, from ${from}, order ${purchase.orderId}: ${one}`);
    }),
  );
  return [...found.flat(), ...(await findPageBreaches(ground, ofPage))];
}

/** An order that is stopped before anybody has asked for a callback has nobody to tell. */
async function withCallback({ nodes }: Ground, purchase: Purchase): Promise<Purchase> {
  const asked = await nodes.rows(
    'SELECT order_id FROM order_completions WHERE order_id = $1 AND callback_url IS NOT NULL',
    [purchase.orderId],
  );
  return asked.length > 0 ? purchase : { ...purchase, callbackPath: undefined };
}

/** What the provider took beyond what was owed and did not give back, or gave back beyond what it took. */
function findExcess(owed: number, charges: readonly Charge[], refunds: readonly Refund[]): string[] {
  const books = charges.map((charge) => ({
    taken: charge.capturedMinor ?? (charge.state === 'charged' ? charge.amountMinor : 0),
    back: refunds.filter((one) => one.chargeId === charge.id).reduce((sum, one) => sum + one.amountMinor, 0),
  }));
  const kept = books.reduce((sum, { taken, back }) => sum + taken - back, 0);
  return [
    ...(kept > owed ? [`${kept} is kept, ${owed} is owed`] : []),
    ...books
      .filter(({ taken, back }) => back > taken)
      .map(({ taken, back }) => `${back} went back of ${taken}`),
  ];
}

/** What a person gave back by hand, and the provider again by our refund. */
function findTwiceBack(
  attempts: readonly AttemptBook[],
  charges: readonly Charge[],
  refunds: readonly Refund[],
): string[] {
  return attempts.flatMap(({ reference, captured_minor: taken, refunded_manually_minor: here }) => {
    const ids = charges.filter((one) => one.reference === reference).map(({ id }) => id);
    const byProvider = refunds.filter(({ chargeId }) => ids.includes(chargeId));
    const there = byProvider.reduce((sum, one) => sum + one.amountMinor, 0);
    return here + there > taken ? [`${here} by hand and ${there} by the provider went back of ${taken}`] : [];
  });
}

/** What the whole run must leave behind: nothing that waited for itself, and no work that was given up. */
export async function findTraces(ground: Ground): Promise<string[]> {
  const [row] = await ground.nodes.rows<{ deadlocks: number }>(
    'SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()',
  );
  const dead = await ground.nodes.rows<{ name: string; last_error: string | null }>(
    'SELECT name, last_error FROM dead_jobs',
  );
  return [
    ...(row?.deadlocks === 0 ? [] : [`${row?.deadlocks} deadlocks`]),
    ...dead.map(({ name, last_error: error }) => `the job ${name} is dead: ${error}`),
    ...ground.nodes.complaints().map((line) => `a node complained: ${line.slice(0, 500)}`),
  ];
}
