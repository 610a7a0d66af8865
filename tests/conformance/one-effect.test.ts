import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { callbacksAt } from '../builders/ledgers.ts';
import { until } from '../builders/until.ts';
import { type Books, readBooks } from './books.ts';
import { bring } from './inbox.ts';
import { begin, inParallel, repeat, sort } from './permute.ts';
import { pass, settle, spoil } from './stage.ts';
import { listStories, playBuyer } from './stories.ts';
import { openTwoNodes, type TwoNodes } from './two-nodes.ts';

const atOnce = 64;
let nodes: TwoNodes;

before(async () => {
  nodes = await openTwoNodes();
});
after(() => nodes.close());

/** Each way with a buyer who pays: the story whose one decision is to approve. */
const stories = listStories().filter(({ decisions }) => decisions.join() === 'approve');

for (const story of stories) {
  test(`${story.way.name}: ${atOnce} notices at once have one effect`, async () => {
    await spoil(nodes, 'kustom', 'early');
    const [told] = await begin(nodes, [story]);
    assert.ok(told);
    await playBuyer(nodes, story, told.purchase);
    const [letter] = await until('the notice', async () => {
      const [one] = sort(nodes, [told]);
      return one !== undefined && one.letters.length > 0 && one.letters;
    });
    assert.ok(letter);
    const answers = await inParallel(repeat(letter, atOnce), atOnce, (one, nth) =>
      bring(nodes.urls[nth % nodes.urls.length] ?? nodes.urls[0], one),
    );
    assert.deepEqual(new Set(answers.map((one) => one.status)), new Set([200]));
    await until('the order to be completed', async () => {
      await settle(nodes);
      return (await readBooks(nodes, told.purchase.orderId)).state === 'completed';
    });
    await pass(nodes, 30);
    assert.deepEqual(effectsOf(await readBooks(nodes, told.purchase.orderId)), {
      endings: ['order completed'],
      attempts: ['secured'],
      captured: 10_000,
      grants: 2,
      cases: 0,
    });
    assert.deepEqual(await securedOutcomes(told.purchase.orderId), [{ applied: 1 }]);
    const { callbackPath } = told.purchase;
    if (callbackPath === undefined) return;
    const callbacks = await callbacksAt(nodes, callbackPath);
    assert.equal(new Set(callbacks.map((one) => one.headers['webhook-id'])).size, 1);
  });
}

test('no node has complained', () => assert.deepEqual(nodes.complaints(), []));

function effectsOf({ endings, attempts, payment, grants, cases }: Books): object {
  const captured = payment?.captured_minor;
  return {
    endings,
    attempts: attempts.map((one) => one.state),
    captured,
    grants: grants.length,
    cases: cases.length,
  };
}

/** How often the attempt was moved to `secured`. */
function securedOutcomes(orderId: number): Promise<{ applied: number }[]> {
  return nodes.rows(
    `SELECT count(*) FILTER (WHERE applied) AS applied FROM payment_outcomes
       JOIN payment_attempts USING (attempt_id)
     WHERE order_id = $1 AND meaning = 'secured'`,
    [orderId],
  );
}
