import type { Random } from '../builders/random.ts';
import { bring } from '../conformance/inbox.ts';
import { completeByApi, decide } from '../conformance/purchase.ts';
import { type Contest, lettersOf } from './contest.ts';
import type { Ground } from './ground.ts';

/** Something that happens to an order, at one of the nodes; answers the statuses of its answers. */
export type Act = { name: string; run(): Promise<number[]> };

type Kind = {
  weight: number;
  isFor?(contest: Contest): boolean;
  run(ground: Ground, contest: Contest, place: number): Promise<number[]>;
};

const hasAttempt = ({ attempts }: Contest) => attempts.length > 0;

const kinds: Readonly<Record<string, Kind>> = {
  notices: {
    weight: 4,
    isFor: hasAttempt,
    async run({ nodes, urlAt }, contest, place) {
      const letters = lettersOf(contest, nodes.inbox.letters);
      const replies = await Promise.all(letters.map((letter) => bring(urlAt(place), letter)));
      return replies.map(({ status }) => status);
    },
  },
  'the buyer approves': {
    weight: 2,
    isFor: hasAttempt,
    run: (ground, contest) => decided(ground, contest, 'approve'),
  },
  'the buyer refuses': {
    weight: 1,
    isFor: hasAttempt,
    run: (ground, contest) => decided(ground, contest, 'refuse'),
  },
  'the buyer comes back': {
    weight: 2,
    isFor: ({ attempts, purchase }) => attempts.length > 0 && purchase.way.flow === 'browser',
    async run({ urlAt }, { attempts }, place) {
      const path = `/user/fulfillment/back/${attempts.at(-1)?.notice_token}`;
      return [(await fetch(urlAt(place) + path, { redirect: 'manual' })).status];
    },
  },
  'the buyer opens the address': {
    weight: 1,
    async run({ urlAt }, { purchase }, place) {
      const { pathname } = new URL(purchase.url);
      return [(await purchase.buyer.open(urlAt(place) + pathname)).status];
    },
  },
  complete: {
    weight: 2,
    isFor: ({ purchase }) => purchase.callbackPath !== undefined,
    run: async ({ stageAt }, { purchase }, place) => [(await completeByApi(stageAt(place), purchase)).status],
  },
  cancel: { weight: 2, run: (...about) => asked('cancel', {}, ...about) },
  'refund all': { weight: 1, run: (...about) => asked('refund', {}, ...about) },
  'refund a part': { weight: 1, run: (...about) => asked('refund', { amount: 30 }, ...about) },
  withdraw: { weight: 1, run: (...about) => asked('withdrawal', { name: 'Kari Nordmann' }, ...about) },
  'capture all': { weight: 1, run: (...about) => asked('capture', {}, ...about) },
  'capture a part': { weight: 1, run: (...about) => asked('capture', { amount: 40 }, ...about) },
  'a late decline': {
    weight: 1,
    isFor: ({ from }) => from === 'paid',
    run: (ground, contest) => told(ground, contest, { meaning: 'declined', raw: '' }),
  },
  'a dispute': {
    weight: 1,
    isFor: ({ from }) => from === 'paid',
    run: (ground, contest) => told(ground, contest, { meaning: 'secured', attention: 'disputed', raw: '' }),
  },
  'a dispute, and given back by hand': {
    weight: 1,
    isFor: ({ from }) => from === 'paid',
    async run(ground, contest, place) {
      await told(ground, contest, { meaning: 'secured', attention: 'disputed', raw: '' });
      return giveBackByHand(ground, contest, place);
    },
  },
  'a part by hand, then refunds by machine': {
    weight: 1,
    isFor: ({ from }) => from === 'paid',
    async run(ground, contest, place) {
      await plantRefused(ground, contest);
      const byHand = await giveBackByHand(ground, contest, place);
      const part = await asked('refund', { amount: 30 }, ground, contest, place);
      return [...byHand, ...part, ...(await asked('refund', {}, ground, contest, place))];
    },
  },
  'orders expire, and all is swept': {
    weight: 1,
    async run({ third, nodes }, { purchase }) {
      await nodes.rows(
        `UPDATE orders SET expires_at = leveret_now()
         WHERE order_id = $1 AND state = 'registered'`,
        [purchase.orderId],
      );
      await third.sweep();
      return [];
    },
  },
};

async function decided(
  { nodes }: Ground,
  { purchase, attempts }: Contest,
  decision: 'approve' | 'refuse',
): Promise<number[]> {
  await decide(nodes, purchase, decision, attempts.at(-1));
  return [];
}

async function asked(
  what: string,
  body: object,
  { stageAt }: Ground,
  { purchase }: Contest,
  place: number,
): Promise<number[]> {
  const client = await stageAt(place).client();
  return [(await client.post(`/capi/v1/client/order/${purchase.orderId}/${what}`, body)).status];
}

/** As if the provider had refused a refund of forty per cent, so that a person is to give it back. */
async function plantRefused({ nodes }: Ground, { purchase }: Contest): Promise<void> {
  await nodes.rows(
    `WITH refused AS (
       INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, cause, state,
         code, created_at, sent_at, ended_at)
       SELECT attempt_id, publisher_id, 'refund', gen_random_uuid(), captured_minor * 2 / 5, 'refund asked',
         'failed', 'not allowed', leveret_now(), leveret_now(), leveret_now()
       FROM payment_attempts WHERE order_id = $1 AND state = 'secured' AND captured_minor > 0
       ORDER BY attempt_id LIMIT 1 RETURNING attempt_id, publisher_id, operation_id)
     INSERT INTO cases (publisher_id, order_id, attempt_id, operation_id, kind, state, opened_at)
     SELECT publisher_id, $1, attempt_id, operation_id, 'refund failed', 'open', leveret_now() FROM refused
     RETURNING case_id`,
    [purchase.orderId],
  );
}

/** Answers whatever case of the order is open by giving the money back, as far as that is an answer. */
async function giveBackByHand(
  { stageAt, nodes }: Ground,
  contest: Contest,
  place: number,
): Promise<number[]> {
  const client = await stageAt(place).client();
  const open = await nodes.rows<{ case_id: number }>(
    "SELECT case_id FROM cases WHERE order_id = $1 AND state = 'open' ORDER BY case_id",
    [contest.purchase.orderId],
  );
  const statuses: number[] = [];
  for (const { case_id: caseId } of open) {
    const answer = { outcome: 'given_back', evidence: 'by bank transfer' };
    const { status } = await client.post(`/capi/v1/client/cases/${caseId}/resolve`, answer);
    if (status === 200) contest.isGivenBack = true;
    statuses.push(status);
  }
  return statuses;
}

async function told(
  { third }: Ground,
  { attempts }: Contest,
  evidence: Parameters<Ground['third']['tell']>[1],
): Promise<number[]> {
  const attempt = attempts.at(-1);
  if (attempt) await third.tell(attempt, evidence);
  return [];
}

/** So many things that may happen to an order, each at a node that chance chooses. */
export function drawActs(ground: Ground, contest: Contest, count: number, random: Random): Act[] {
  const possible = Object.entries(kinds).filter(([, kind]) => kind.isFor?.(contest) ?? true);
  return Array.from({ length: count }, () => {
    const [name, kind] = random.pick(possible, ([, { weight }]) => weight);
    const place = random.between(0, 1);
    return { name, run: () => kind.run(ground, contest, place) };
  });
}
