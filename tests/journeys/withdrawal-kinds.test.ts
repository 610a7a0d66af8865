import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { linksTo } from '../builders/ledgers.ts';
import { complete, freeOrder, register, smsOrder } from '../builders/orders.ts';
import { openReaderBrowser } from '../builders/reader-browser.ts';
import { until } from '../builders/until.ts';
import {
  guideLine,
  hiddenIn,
  openWithdrawalShop,
  state,
  textOf,
  type WithdrawalShop,
} from '../builders/withdrawal-shop.ts';

/** What the pages say of an order that has stopped, of one that cost nothing, and of a gift. */

let shop: WithdrawalShop;
before(async () => {
  shop = await openWithdrawalShop();
});
after(() => shop.fixture.close());

const typed = (order: number, email: string) => ({ name: 'Kari', order: String(order), email, what: '' });

/** Somebody states it on the open page, so that the order's own address is asked. */
async function provenPathOf(orderId: number, email: string): Promise<string> {
  const browser = openReaderBrowser(shop.fixture.url);
  await browser.open('/user/withdraw');
  await state(browser, '/user/withdraw', typed(orderId, email));
  const asked = await until('the question', async () => (await shop.receiptsTo(email))[0]);
  return /\/user\/withdraw\/[\w-]+/.exec(asked.text)?.[0] ?? assert.fail(asked.text);
}

test('an order that has stopped is not cancelled once more, neither by the page nor by the mail', async () => {
  const email = 'stopped@example.com';
  const payer = { lastName: 'Nordmann', phoneNumbers: ['+4790014001'], emails: [email] };
  const orderId = await register(shop.client(), smsOrder('+4790014001', { payer, orderLines: [guideLine] }));
  await shop.client().post(`/capi/v1/client/order/${orderId}/cancel`, {});
  const path = await provenPathOf(orderId, email);
  const browser = openReaderBrowser(shop.fixture.url);
  const opened = textOf(await browser.open(path));
  assert.match(opened, /Ordren er stoppet, så det blir ingenting av den\. Du kan angre likevel\./);
  assert.doesNotMatch(opened, /avbestilt/);
  const { received } = await state(browser, path, { name: 'Kari', line1: '1' });
  assert.match(textOf(received), /Ordren var stoppet fra før\. .*Det er ingenting å betale tilbake\./);
  assert.doesNotMatch(textOf(received), /avbestilt/);
  const receipt = await until('the receipt', async () => (await shop.receiptsTo(email))[1]);
  assert.match(receipt.text, /Ordren var stoppet fra før\./);
});

test('an order under way is cancelled by it, and says so', async () => {
  const email = 'underway@example.com';
  const payer = { lastName: 'Nordmann', phoneNumbers: ['+4790014002'], emails: [email] };
  const orderId = await register(shop.client(), smsOrder('+4790014002', { payer, orderLines: [guideLine] }));
  const path = await provenPathOf(orderId, email);
  const browser = openReaderBrowser(shop.fixture.url);
  assert.match(textOf(await browser.open(path)), /Ordren er ikke fullført\. Angrer du, blir den avbestilt\./);
  const { received } = await state(browser, path, { name: 'Kari', line1: '1' });
  assert.match(textOf(received), /Ordren er avbestilt\./);
  const receipt = await until('the receipt', async () => (await shop.receiptsTo(email))[1]);
  assert.match(receipt.text, /Ordren er avbestilt\./);
});

test('what cost nothing ends, and nothing is said to go back', async () => {
  const email = 'free@example.com';
  const payer = { lastName: 'Nordmann', emails: [email] };
  const orderId = await register(shop.client(), freeOrder({ payer }));
  await complete(shop.client(), orderId);
  const path = await provenPathOf(orderId, email);
  const browser = openReaderBrowser(shop.fixture.url);
  await browser.open(path);
  const { summary, received } = await state(browser, path, { name: 'Kari', line1: '1' });
  for (const page of [summary, received]) {
    assert.match(textOf(page), /Det er ingenting å betale tilbake\./);
    assert.doesNotMatch(textOf(page), /Du får tilbake/);
  }
});

test('a gift is said to end for whoever received it, and what the buyer keeps is not', async () => {
  const receiver = { firstName: 'Ola', lastName: 'Nordmann', emails: ['ola@example.com'] };
  const { path } = await shop.buy([{ ...guideLine, receiver }, guideLine]);
  const browser = openReaderBrowser(shop.fixture.url);
  const gift = /Dette er en gave\. Angrer du, tar den slutt for mottakeren\./g;
  const opened = textOf(await browser.open(path));
  assert.equal([...opened.matchAll(gift)].length, 1, opened);
  const { summary, received } = await state(browser, path, { name: 'Kari', line1: '1' });
  assert.match(textOf(summary), gift);
  assert.match(textOf(received), /Gaven har tatt slutt for mottakeren\. Resten av ordren står ved lag\./);
  const other = await state(browser, path, { name: 'Kari', line2: '1' });
  assert.doesNotMatch(textOf(other.summary) + textOf(other.received), /gave/i);
});

test('once the address of an order was corrected, the address in the old mail withdraws nothing', async () => {
  const { orderId, path } = await shop.buy();
  const browser = openReaderBrowser(shop.fixture.url);
  await browser.open(path);
  const summary = await browser.post(path, { name: 'Kari', line1: '1', step: 'review' });
  const corrected = await shop.client().post(`/capi/v1/client/order/${orderId}/credential`, {
    credential: 'right@example.com',
  });
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body));
  assert.equal((await browser.open(path)).status, 404);
  const late = await browser.post(path, { ...hiddenIn(summary.html), step: 'confirm' });
  assert.deepEqual([late.status, await shop.statedOf(orderId)], [404, []]);
  const mail = await until('the new mail', async () => (await linksTo(shop.fixture, 'right@example.com'))[0]);
  const right = /\/user\/withdraw\/[\w-]+/.exec(mail.text)?.[0] ?? assert.fail(mail.text);
  assert.notEqual(right, path);
  const owner = openReaderBrowser(shop.fixture.url);
  await owner.open(right);
  await state(owner, right, { name: 'Kari', line1: '1' });
  assert.deepEqual(
    (await shop.statedOf(orderId)).map((one) => [one.state, one.proof]),
    [['accepted', 'link']],
  );
});
