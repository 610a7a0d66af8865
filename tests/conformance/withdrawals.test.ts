import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../builders/until.ts';
import { readBooks } from './books.ts';
import { bring } from './inbox.ts';
import { begin, inParallel, repeat, sort } from './permute.ts';
import { pass, settle } from './stage.ts';
import { listStories, playBuyer, type Story } from './stories.ts';
import { openTwoNodes, type TwoNodes } from './two-nodes.ts';

const atOnce = 64;
let nodes: TwoNodes;

before(async () => {
  nodes = await openTwoNodes();
});
after(() => nodes.close());

/** The first ways that give money back: reserved and taken, and taken at once. */
const stories = listStories()
  .filter(({ decisions, way }) => decisions.join() === 'approve' && way.method.refund !== undefined)
  .filter(
    (story, place, all) => all.findIndex((one) => one.way.method.money === story.way.method.money) === place,
  );

for (const story of stories) {
  test(`${story.way.name}: ${atOnce} withdrawals at once, at two nodes, give the money back once`, async () => {
    const orderId = await paid(story);
    const path = `/capi/v1/client/order/${orderId}/withdrawal`;
    const { token } = await nodes.client();
    const answers = await inParallel(repeat(path, atOnce), atOnce, async (one, nth) => {
      const url = (nodes.urls[nth % nodes.urls.length] ?? nodes.urls[0]) + one;
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ name: `Kari Nordmann ${nth}` });
      // A node that is too busy says so, and is asked again.
      return until('an answer', async () => {
        const reply = await fetch(url, { method: 'POST', headers, body });
        return reply.status !== 503 && ((await reply.json()) as { state: string });
      });
    });
    const accepted = answers.filter((one) => one.state === 'accepted');
    assert.deepEqual(
      [accepted.length, answers.filter((one) => one.state === 'repeated').length],
      [1, atOnce - 1],
    );
    await until('the money to be back', async () => {
      await pass(nodes, 30);
      await settle(nodes);
      const { payment } = await readBooks(nodes, orderId);
      return (payment?.refunded_minor ?? 0) + (payment?.cancelled_minor ?? 0) === 10_000;
    });
    const [refunds] = await nodes.rows<{ done: number }>(
      `SELECT count(*)::integer AS done FROM payment_operations JOIN payment_attempts USING (attempt_id)
       WHERE order_id = $1 AND kind IN ('refund', 'cancel')`,
      [orderId],
    );
    assert.equal(refunds?.done, 1);
  });
}

/** The order of a buyer who has paid. */
async function paid(story: Story): Promise<number> {
  const [told] = await begin(nodes, [story]);
  assert.ok(told);
  await playBuyer(nodes, story, told.purchase);
  await until('the order to be completed', async () => {
    for (const one of sort(nodes, [told])) {
      for (const letter of one.letters) await bring(nodes.urls[0], letter);
    }
    await pass(nodes, 30);
    await settle(nodes);
    return (await readBooks(nodes, told.purchase.orderId)).state === 'completed';
  });
  return told.purchase.orderId;
}
