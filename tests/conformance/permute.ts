import { type Random, randomFrom } from '../builders/random.ts';
import { readBooks } from './books.ts';
import { bring, type Letter } from './inbox.ts';
import { lastAttempt, type Purchase } from './purchase.ts';
import { settle, spoil } from './stage.ts';
import { listStories, playBuyer, type Story } from './stories.ts';
import type { TwoNodes } from './two-nodes.ts';

export type PermuteOptions = {
  /** How many orders are told of in an order of their own. */
  permutations: number;
  seed: number;
  /** How many are under way at once. */
  atOnce: number;
  onBatch?(done: number): void;
};

export type PermuteReport = { permutations: number; notices: number; polls: number; differences: string[] };

export type Told = {
  story: Story;
  purchase: Purchase;
  letters: Letter[];
  /** Our reference, the provider's id and the unguessable part of the attempt's address. */
  marks: string[];
  backTo: string;
};

const copies = 10;
const pollsOfOrder = 4;
/** In the sandbox's time: every story is told by then, and the buyer's window is still open. */
const storySeconds = 600;
const bringingAtOnce = 48;

/**
 * Brings every notice of many orders ten times, shuffled, to two nodes, mixed with buyers who come back, and
 * compares each order's end with that of its story where each notice came once and in order.
 */
export async function permute(nodes: TwoNodes, options: PermuteOptions): Promise<PermuteReport> {
  const random = randomFrom(options.seed);
  // Else the first notice of Kustom comes after two minutes, when everybody has asked already.
  await spoil(nodes, 'kustom', 'early');
  const stories = listStories();
  const expected = await tellInOrder(nodes, stories);
  const report: PermuteReport = { permutations: 0, notices: 0, polls: 0, differences: [] };
  while (report.permutations < options.permutations) {
    const count = Math.min(options.atOnce, options.permutations - report.permutations);
    const drawn = Array.from({ length: count }, (_, index) => {
      const story = stories[(report.permutations + index) % stories.length];
      if (!story) throw new RangeError('there is no story');
      return story;
    });
    const told = await tellShuffled(nodes, drawn, random, report);
    for (const { story, purchase } of told) {
      const [end, wanted] = [await endOf(nodes, purchase), expected.get(story.name)];
      if (end !== wanted)
        report.differences.push(`${story.name}, order ${purchase.orderId}: ${end}, not ${wanted}`);
    }
    report.permutations += count;
    options.onBatch?.(report.permutations);
  }
  return report;
}

/** How each story ends where nothing goes wrong on the way. */
async function tellInOrder(nodes: TwoNodes, stories: readonly Story[]): Promise<Map<string, string>> {
  const told = await begin(nodes, stories);
  await inParallel(told, 8, async ({ story, purchase }) => {
    await playBuyer(nodes, story, purchase);
  });
  await tellRest(nodes);
  for (const { letters, story } of sort(nodes, told)) {
    for (const letter of letters) {
      const { status } = await bring(nodes.urls[0], letter);
      if (status >= 400) throw new Error(`${story.name}: a notice was answered ${status}`);
    }
  }
  await rest(nodes);
  const ends = await Promise.all(
    told.map(async ({ story, purchase }) => [story.name, await endOf(nodes, purchase)] as const),
  );
  return new Map(ends);
}

async function tellShuffled(
  nodes: TwoNodes,
  stories: readonly Story[],
  random: Random,
  report: PermuteReport,
): Promise<Told[]> {
  const told = await begin(nodes, stories);
  await inParallel(told, 8, async ({ story, purchase }) => {
    await playBuyer(nodes, story, purchase);
  });
  // What is told at once comes before the nodes have asked by themselves; the rest after that.
  const first = sort(nodes, told).flatMap(({ letters }) =>
    letters.flatMap((letter) => repeat(letter, random.between(0, 4))),
  );
  await bringAll(nodes, shuffle(first, random), report);
  await tellRest(nodes);
  const second = sort(nodes, told).flatMap(({ letters, backTo }): Errand[] => [
    ...letters.flatMap((letter) => repeat(letter, copies)),
    ...repeat({ backTo }, pollsOfOrder),
  ]);
  await bringAll(nodes, shuffle(second, random), report);
  await rest(nodes);
  return told;
}

export async function begin(nodes: TwoNodes, stories: readonly Story[]): Promise<Told[]> {
  nodes.inbox.letters.length = 0;
  return inParallel(stories, 16, async (story) => {
    const purchase = await story.begin(nodes);
    const attempt = await lastAttempt(nodes, purchase);
    const { reference, provider_id: id, notice_token: backTo } = attempt;
    return { story, purchase, letters: [], marks: [reference, backTo, ...(id === null ? [] : [id])], backTo };
  });
}

async function tellRest(nodes: TwoNodes): Promise<void> {
  await nodes.control('POST', '/clock/advance', { seconds: storySeconds });
}

/** Each letter to its order: by the attempt's address, our reference or the provider's id. */
export function sort({ inbox }: TwoNodes, told: readonly Told[]): readonly Told[] {
  const owners = new Map(told.flatMap((one) => one.marks.map((mark) => [mark, one])));
  for (const one of told) one.letters.length = 0;
  for (const letter of inbox.letters) {
    const words = `${letter.path} ${letter.body}`.match(/[\w-]{20,}/g) ?? [];
    words
      .map((word) => owners.get(word))
      .find((one) => one !== undefined)
      ?.letters.push(letter);
  }
  return told;
}

type Errand = Letter | { backTo: string };

/** One after the other to each node in turn, many at once: the order is that of the list, roughly. */
async function bringAll(nodes: TwoNodes, errands: readonly Errand[], report: PermuteReport): Promise<void> {
  await inParallel(errands, bringingAtOnce, async (errand, nth) => {
    const url = nodes.urls[nth % nodes.urls.length] ?? nodes.urls[0];
    const isPoll = 'backTo' in errand;
    const path = isPoll ? `/user/fulfillment/back/${errand.backTo}` : errand.path;
    const carry = () => (isPoll ? fetch(url + path, { redirect: 'manual' }) : bring(url, errand));
    const answer = await untilTaken(carry);
    report[isPoll ? 'polls' : 'notices'] += 1;
    // Whoever comes back more often than is any use is told to wait, and the provider is asked all the same.
    const isEnough = isPoll && answer.status === 429;
    if (answer.status >= 400 && !isEnough) report.differences.push(`${path} was answered ${answer.status}`);
  });
}

const mostTries = 10;

/** Who is told that there is no room just now comes again, as providers do. */
async function untilTaken(carry: () => Promise<Response>): Promise<Response> {
  for (let left = mostTries; ; left -= 1) {
    const answer = await carry();
    await answer.arrayBuffer();
    if (answer.status !== 503 || left === 0) return answer;
  }
}

/** Until every job that is due has run; what was refused or failed is tried again after a moment. */
async function rest(nodes: TwoNodes): Promise<void> {
  await settle(nodes);
  await nodes.control('POST', '/clock/advance', { seconds: 20 });
  await settle(nodes);
}

/** What an order has come to: one line that is the same for the same end. */
async function endOf(nodes: TwoNodes, { orderId }: Purchase): Promise<string> {
  const { state, attempts, grants, cases, endings, payment } = await readBooks(nodes, orderId);
  const repeated = endings.length - new Set(endings).size;
  return [
    state,
    `attempts ${attempts.map((one) => one.state).join(' ')}`,
    `captured ${payment?.captured_minor} refunded ${payment?.refunded_minor}`,
    `cancelled ${payment?.cancelled_minor}`,
    `live grants ${grants.filter((one) => one.revoked_at === null).length}`,
    `open cases ${cases.flatMap((one) => (one.state === 'open' ? one.kind : [])).join(' ')}`,
    `last told ${endings.at(-1)}, repeated ${repeated}`,
  ].join(', ');
}

export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, nth: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [nth, item] of waiting) results[nth] = await work(item, nth);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

export function repeat<Item>(item: Item, times: number): Item[] {
  return Array.from({ length: times }, () => item);
}

/** Fisher and Yates. */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item];
  }
  return shuffled;
}
