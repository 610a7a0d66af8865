import type { Purchase } from '../buyers/buy.ts';
import type { Books } from './read-books.ts';
import type { Ledgers } from './read-ledgers.ts';

/** All that is known after a run: what clients were answered, what we wrote, what the others saw. */
export type Story = {
  purchases: readonly Purchase[];
  books: Books;
  ledgers: Ledgers;
  /** When processes were killed, in epoch milliseconds. */
  kills: readonly number[];
  /** Errors that nodes wrote into their logs. */
  complaints: readonly string[];
};

/** A promise that was not kept. */
export type Breach = { rule: string; what: string };

export type Rule = { rule: string; check(story: Story): string[] };

/** Finds what breaks the rules, each with the sentence that it breaks. */
export function findBreaches(story: Story, rules: readonly Rule[]): Breach[] {
  return rules.flatMap(({ rule, check }) => check(story).map((what) => ({ rule, what })));
}

/** Rows by a key, for rows of which there may be none or many. */
export function groupBy<Row, Key>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): { of(key: Key): readonly Row[]; entries(): Iterable<[Key, Row[]]> } {
  const groups = Map.groupBy(rows, keyOf);
  return { of: (key) => groups.get(key) ?? [], entries: () => groups.entries() };
}

/** A busy machine may see that a process is gone before it has read the last that the process sent. */
const slackMilliseconds = 2_000;

/** Whether a process was killed between two sends of the same, so that the first was not written down. */
export function wasKilledBetween(kills: readonly number[], sentAt: string, againAt: string): boolean {
  const earliest = Date.parse(sentAt) - slackMilliseconds;
  return kills.some((kill) => kill >= earliest && kill <= Date.parse(againAt));
}

/** Purchases that were acknowledged at least once, with their order. */
export function knownPurchases(story: Story): (Purchase & { orderId: number })[] {
  return story.purchases.flatMap((purchase) =>
    purchase.orderId === undefined ? [] : [{ ...purchase, orderId: purchase.orderId }],
  );
}

/** Cases that wait for a person, by order. */
export function openCases(books: Books): ReturnType<typeof groupBy<Books['cases'][number], number>> {
  return groupBy(
    books.cases.filter((one) => one.state === 'open'),
    (one) => one.order_id,
  );
}

/** Orders with a job that will look at them again. */
export function scheduledQuestions(books: Books): ReadonlySet<number> {
  return new Set(books.questions.map((job) => job.order_id));
}
