import assert from 'node:assert/strict';
import { openBrowserOf, sentCode } from './buyer.ts';
import type { Case } from './conformance-case.ts';
import { driveToTheEnd, exchangeFaults } from './network-cases.ts';
import { booksOf, chargeOf, order, type Purchase, pay, reach, windowSeconds } from './purchase.ts';
import { pass, type Stage, settle, spoil } from './stage.ts';
import type { Way } from './ways.ts';

const takesCode = ({ flow, method }: Way) => flow === 'browser' && method.confirm !== undefined;

/** A buyer who has the message, and has not typed its code. */
async function sent(stage: Stage, way: Way): Promise<Purchase> {
  const bought = await order(stage, way);
  const buyer = openBrowserOf(new URL(bought.url).origin, { typesCodes: false });
  const purchase = { ...bought, buyer };
  assert.match((await buyer.open(purchase.url)).html, /name="code"/);
  await settle(stage);
  return purchase;
}

async function statesOf(stage: Stage, purchase: Purchase): Promise<string[]> {
  return (await booksOf(stage, purchase)).attempts.map((one) => one.state);
}

/** How many messages with a code the order's mobile got. */
async function countCodes(stage: Stage, purchase: Purchase): Promise<number> {
  const { attempts } = await booksOf(stage, purchase);
  const { messages } = await stage.control<{ messages: { messageId: string }[] }>('GET', '/messages');
  return messages.filter((one) => attempts.some(({ reference }) => one.messageId.endsWith(reference))).length;
}

async function assertNotCharged(stage: Stage, purchase: Purchase): Promise<void> {
  for (const attempt of (await booksOf(stage, purchase)).attempts) {
    assert.equal(await chargeOf(stage, attempt), undefined, 'the provider has no charge');
  }
}

async function type(stage: Stage, { buyer, url }: Purchase, code = sentCode): Promise<string> {
  const { html } = await buyer.press(url, { code });
  await settle(stage);
  return html;
}

async function payTyped(stage: Stage, purchase: Purchase): Promise<Purchase> {
  await type(stage, purchase);
  await pay(stage, purchase);
  await reach(stage, purchase, 'completed');
  await pass(stage, 60);
  return purchase;
}

/** What happens to a code that was sent to the buyer's mobile. */
export const codeCases: readonly Case[] = [
  {
    name: 'a wrong code, then the right one of the next message',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await sent(stage, way);
      await type(stage, purchase, '9999');
      await pass(stage, 15);
      assert.deepEqual(await statesOf(stage, purchase), ['declined']);
      const { html } = await purchase.buyer.open(purchase.url);
      assert.match(html, /Koden stemmer ikke\. Du har 4 forsøk igjen\./);
      assert.match(html, /aria-invalid="true"/);
      assert.deepEqual(await statesOf(stage, purchase), ['declined', 'created']);
      assert.equal(await countCodes(stage, purchase), 2);
      return payTyped(stage, purchase);
    },
  },
  {
    name: 'what can be no code is asked for again',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await sent(stage, way);
      for (const text of ['', ' ', '12', '1-2', 'abcd', '1'.repeat(1000)]) {
        assert.match(await type(stage, purchase, text), /aria-invalid="true"/, text);
      }
      assert.deepEqual(await statesOf(stage, purchase), ['created']);
      await assertNotCharged(stage, purchase);
      return payTyped(stage, purchase);
    },
  },
  {
    name: 'ten codes are sent, and no more',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await sent(stage, way);
      for (let codes = 2; codes <= 10; codes += 1) {
        await purchase.buyer.press(purchase.url, { newCode: '1' });
      }
      const { html } = await purchase.buyer.open(purchase.url);
      assert.match(html, /name="code"/, 'the page shows the last one as often as it is opened');
      assert.equal(await countCodes(stage, purchase), 10);
      assert.match((await purchase.buyer.press(purchase.url, { newCode: '1' })).html, /for mange forsøk/);
      assert.equal(await countCodes(stage, purchase), 10);
      await assertNotCharged(stage, purchase);
      await reach(stage, purchase, 'stopped', windowSeconds + 3600);
      return purchase;
    },
  },
  {
    name: 'given up before the code is typed',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await sent(stage, way);
      await purchase.buyer.press(purchase.url, 'give up');
      assert.equal((await booksOf(stage, purchase)).state, 'stopped', 'at once');
      await type(stage, purchase);
      await assertNotCharged(stage, purchase);
      return purchase;
    },
  },
  {
    name: 'cancelled before the code is typed',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await sent(stage, way);
      const path = `/capi/v1/client/order/${purchase.orderId}/cancel`;
      assert.equal((await (await stage.client()).post(path, {})).status, 202);
      await type(stage, purchase);
      await reach(stage, purchase, 'stopped');
      await assertNotCharged(stage, purchase);
      return purchase;
    },
  },
  {
    name: 'the code is never typed',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await sent(stage, way);
      await pass(stage, windowSeconds - 60);
      assert.equal((await booksOf(stage, purchase)).state, 'paying');
      await pass(stage, 61);
      await reach(stage, purchase, 'stopped', 60);
      await type(stage, purchase);
      await assertNotCharged(stage, purchase);
      assert.deepEqual(await statesOf(stage, purchase), ['discarded']);
      return purchase;
    },
  },
  {
    name: 'the code is typed eight times at the same moment',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await sent(stage, way);
      await Promise.all(
        Array.from({ length: 8 }, () => purchase.buyer.press(purchase.url, { code: sentCode })),
      );
      await settle(stage);
      assert.deepEqual(await statesOf(stage, purchase), ['pending']);
      await pay(stage, purchase);
      await reach(stage, purchase, 'completed');
      await pass(stage, 60);
      return purchase;
    },
  },
  {
    name: 'typed and given up at the same moment',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await sent(stage, way);
      const { buyer, url } = purchase;
      await Promise.all([buyer.press(url, { code: sentCode }), buyer.press(url, 'give up')]);
      await settle(stage);
      await pay(stage, purchase).catch(() => undefined);
      await reach(stage, purchase, 'stopped', windowSeconds + 3600);
      await pass(stage, 600);
      return purchase;
    },
  },
  ...exchangeFaults.map(
    (kind): Case => ({
      name: `${kind} when the code is typed`,
      isFor: takesCode,
      async run(stage, way) {
        const purchase = await sent(stage, way);
        await spoil(stage, way.scenario.provider, kind);
        await type(stage, purchase);
        const typing = { ...purchase, buyer: openBrowserOf(new URL(purchase.url).origin) };
        assert.equal(await driveToTheEnd(stage, typing), 'completed');
        return purchase;
      },
    }),
  ),
  {
    name: 'an address that can be guessed sends no message',
    isFor: takesCode,
    async run(stage, way) {
      const purchase = await order(stage, way);
      const returnUrl = 'http://localhost:3000/back';
      const { status } = await purchase.buyer.open(
        `/user/fulfillment?orderId=${purchase.orderId}&returnUrl=${returnUrl}`,
      );
      const { state, attempts } = await booksOf(stage, purchase);
      assert.deepEqual([status, state, attempts], [409, 'registered', []]);
      return purchase;
    },
  },
];
