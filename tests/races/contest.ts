import type { Random } from '../builders/random.ts';
import type { AttemptBook } from '../conformance/books.ts';
import { bring, type Letter } from '../conformance/inbox.ts';
import {
  askToPay,
  booksOf,
  decide,
  order,
  type Purchase,
  pay,
  type Wanted,
} from '../conformance/purchase.ts';
import { pass, type Stage, settle } from '../conformance/stage.ts';
import { untilUnderWay } from '../conformance/stories.ts';
import type { TwoNodes } from '../conformance/two-nodes.ts';
import { listWays, type Way } from '../conformance/ways.ts';

/** How far an order has come when everything happens to it at once. */
const stages = ['registered', 'paying', 'approved', 'paid'] as const;

/** One order that is fought over. */
export type Contest = {
  purchase: Purchase;
  from: (typeof stages)[number];
  /** What a notice about it may name: our reference, the provider's id, the address of the attempt. */
  marks: Set<string>;
  attempts: AttemptBook[];
  /** A person has given the money of it back by hand, and was believed. */
  isGivenBack: boolean;
};

/** Mobiles of the sandbox that are told of falsely or twice: declined, then billed; billed, then declined. */
const contradicted = ['+4790000090', '+4790000091', '+4790000050'];
const ways = listWays();

/** An order of any way, brought so far that something may happen to it. */
export async function prepare(nodes: TwoNodes, random: Random): Promise<Contest> {
  const way = random.pick(ways);
  const from = random.pick(stages);
  const purchase = await order(nodes, way, wantedOf(way, from, random));
  if (from !== 'registered') {
    await askToPay(nodes, purchase);
    await untilUnderWay(nodes, purchase);
  }
  const contest: Contest = { purchase, from, marks: new Set(), attempts: [], isGivenBack: false };
  if (from === 'approved') await decide(nodes, purchase, 'approve');
  if (from === 'paid') await payAndTell(nodes, contest);
  await lookUp(nodes, contest);
  return contest;
}

const mostSteps = 10;

/** Notices are brought by hand here, and some methods know nothing but their notices. */
async function payAndTell(nodes: TwoNodes, contest: Contest): Promise<void> {
  await pay(nodes, contest.purchase);
  for (let step = 0; (await booksOf(nodes, contest.purchase)).state !== 'completed'; step += 1) {
    if (step === mostSteps) throw new Error(`${contest.purchase.way.name}: the order is not completed`);
    await pass(nodes, 30);
    await bringLetters(nodes, contest);
    await settle(nodes);
  }
}

function wantedOf({ scenario, method, flow }: Way, from: Contest['from'], random: Random): Wanted {
  const isContradicted = scenario.fates && from === 'paying' && flow === 'direct' && random.next() < 0.5;
  const manual = method.capture !== undefined && random.next() < 0.5;
  return { manual, ...(isContradicted && !method.ask && { mobile: random.pick(contradicted) }) };
}

/** Learns by which marks notices about the order are known. */
async function lookUp(stage: Stage, contest: Contest): Promise<void> {
  const { attempts } = await booksOf(stage, contest.purchase);
  contest.attempts = attempts;
  for (const { reference, notice_token, provider_id } of attempts) {
    for (const mark of [reference, notice_token, provider_id]) if (mark !== null) contest.marks.add(mark);
  }
}

/** Brings what has come about an order, one after the other, to one of the nodes. */
export async function bringLetters(nodes: TwoNodes, contest: Contest): Promise<void> {
  await lookUp(nodes, contest);
  const url = nodes.urls[contest.purchase.orderId % nodes.urls.length] ?? nodes.urls[0];
  for (const letter of lettersOf(contest, nodes.inbox.letters)) await bring(url, letter);
}

/** The notices about an order that have come so far. */
export function lettersOf({ marks }: Contest, letters: readonly Letter[]): Letter[] {
  return letters.filter(({ path, body }) =>
    (`${path} ${body}`.match(/[\w-]{20,}/g) ?? []).some((word) => marks.has(word)),
  );
}
