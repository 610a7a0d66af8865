import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { linkIn, linksTo } from '../builders/ledgers.ts';
import { demoLine } from '../builders/orders.ts';
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

let shop: WithdrawalShop;
before(async () => {
  shop = await openWithdrawalShop();
});
after(() => shop.fixture.close());

const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('by the address in the mail: lines, a summary with what goes back, the second button, a receipt', async () => {
  const { orderId, email, path } = await shop.buy();
  const browser = openReaderBrowser(shop.fixture.url);
  const opened = await browser.open(path);
  assert.match(textOf(opened), new RegExp(`Angre ordre ${orderId}`));
  assert.match(textOf(opened), /guide to the mountains, 149,00 kr Du kan angre til og med \d+\. /);
  assert.match(opened.html, /name="name"[^>]*value="Kari Nordmann"/);
  const { summary, received } = await state(browser, path, { name: 'Kari Nordmann', line1: '1' });
  assert.match(textOf(summary), /Ingenting har skjedd ennå.*Du får tilbake 149,00 kr.*Bekreft at jeg angrer/);
  assert.deepEqual([received.status, (await shop.statedOf(orderId)).length], [200, 1]);
  assert.match(textOf(received), /Mottatt \d+\. \p{L}+ 20\d\d kl\. \d\d:\d\d Navn Kari Nordmann/u);
  assert.match(
    textOf(received),
    /Vi sender en kvittering til e-postadressen på ordren innen en time\. .* 149,00 kr Avtalen er avsluttet/,
  );
  assert.match(received.html, /demoposten\.example/);
  const [stated] = await shop.statedOf(orderId);
  assert.deepEqual([stated?.state, stated?.refund, stated?.proof], ['accepted', 149, 'link']);
  const receipt = await until('the receipt', async () => (await shop.receiptsTo(email))[0]);
  assert.match(receipt.text, /Mottatt: \d+\. \p{L}+ 20\d\d kl\. \d\d:\d\d\nNavn: Kari Nordmann\n/u);
  assert.match(
    spaced(receipt.text),
    /Gjelder: hele ordren\n\nAvtalen er avsluttet.*\n\nDu får tilbake 149,00 kr\./,
  );
});

test('reload, the back button and pressing twice at once withdraw once and tell the same', async () => {
  const { orderId, email, path } = await shop.buy();
  const browser = openReaderBrowser(shop.fixture.url);
  await browser.open(path);
  const summary = await browser.post(path, { name: 'Kari', line1: '1', step: 'review' });
  const confirmed = { ...hiddenIn(summary.html), step: 'confirm' };
  const pages = await Promise.all([1, 2, 3].map(() => browser.post(path, confirmed)));
  const again = await browser.post(path, confirmed);
  assert.deepEqual(new Set([...pages, again].map(textOf)).size, 1);
  assert.match(textOf(again), /Du får tilbake 149,00 kr/);
  assert.equal((await shop.statedOf(orderId)).length, 1);
  await shop.advance(60);
  assert.equal((await shop.receiptsTo(email)).length, 1);
});

test('from another tab, later: what was withdrawn before is told so, and nothing moves twice', async () => {
  const { orderId, path } = await shop.buy();
  const [one, other] = [openReaderBrowser(shop.fixture.url), openReaderBrowser(shop.fixture.url)];
  await other.open(path);
  const waiting = await other.post(path, { name: 'Kari', line1: '1', step: 'review' });
  await one.open(path);
  await state(one, path, { name: 'Kari', line1: '1' });
  const late = await other.post(path, { ...hiddenIn(waiting.html), step: 'confirm' });
  assert.match(textOf(late), /Du hadde angret på dette før\. Den første beskjeden gjelder\./);
  const states = (await shop.statedOf(orderId)).map((stated) => [stated.state, stated.refund]);
  assert.deepEqual(new Set(states.map((one) => one.join(' '))), new Set(['accepted 149', 'repeated 0']));
  assert.match(textOf(await one.open(path)), /Dette har du angret på allerede\./);
});

test('a part of an order by line, and the rest of it later', async () => {
  const { orderId, path } = await shop.buy([guideLine, demoLine]);
  const browser = openReaderBrowser(shop.fixture.url);
  await browser.open(path);
  const { summary, received } = await state(browser, path, { name: 'Kari', line2: '1' });
  assert.match(textOf(summary), /Gjelder Demoposten, a month at a time .*Du får tilbake 99,00 kr/);
  assert.match(textOf(received), /Resten av ordren står ved lag\./);
  const opened = await browser.open(path);
  assert.match(opened.html, /id="line2"[^>]* disabled/);
  await state(browser, path, { name: 'Kari', line1: '1' });
  const lines = (await shop.statedOf(orderId)).map((stated) => [stated.state, stated.lines, stated.refund]);
  assert.deepEqual(lines, [
    ['accepted', [1], 149],
    ['accepted', [2], 99],
  ]);
});

test('what went back before is not paid twice, and the page says so', async () => {
  const { orderId, path } = await shop.buy();
  const refunded = await shop.client().post(`/capi/v1/client/order/${orderId}/refund`, {
    amount: 100,
    access: 'keep',
  });
  assert.equal(refunded.status < 300, true, JSON.stringify(refunded.body));
  const browser = openReaderBrowser(shop.fixture.url);
  assert.match(textOf(await browser.open(path)), /100,00 kr er allerede betalt tilbake eller er på vei\./);
  const { received } = await state(browser, path, { name: 'Kari', line1: '1' });
  assert.match(textOf(received), /Du får tilbake 49,00 kr/);
});

test('after the days it is kept for the seller to look at, and says why', async () => {
  const { orderId, path } = await shop.buy();
  await shop.advance(20 * 86_400);
  const browser = openReaderBrowser(shop.fixture.url);
  assert.match(
    textOf(await browser.open(path)),
    /Det er ikke angrerett her, men du kan sende oss en beskjed\. .*Fristen for å angre er ute\./,
  );
  const { received } = await state(browser, path, { name: 'Kari', line1: '1' });
  assert.match(textOf(received), /Fristen for å angre er ute\. .* ser på beskjeden og svarer deg\./);
  assert.deepEqual(
    (await shop.statedOf(orderId)).map(({ state: now, why }) => [now, why]),
    [['to_check', 'too late']],
  );
});

const wrong: [name: string, fields: Record<string, string>, told: RegExp][] = [
  ['no line', { name: 'Kari' }, /Velg minst én ting å angre på\./],
  ['no name', { name: ' ', line1: '1' }, /Skriv navnet ditt\./],
  ['a line that is not there', { name: 'Kari', line7: '1' }, /Velg minst én ting å angre på\./],
];

for (const [name, fields, told] of wrong) {
  test(`with ${name} nothing is stated, and the page says what is missing`, async () => {
    const { orderId, path } = await shop.buy();
    const browser = openReaderBrowser(shop.fixture.url);
    await browser.open(path);
    const page = await browser.post(path, { ...fields, step: 'confirm', key: 'a'.repeat(22) });
    assert.equal(page.status, 400);
    assert.match(textOf(page), told);
    assert.deepEqual(await shop.statedOf(orderId), []);
  });
}

test('a form of another site is refused, and a browser without cookies may withdraw', async () => {
  await shop.advance(3601);
  const { orderId, path } = await shop.buy();
  const send = (headers: Record<string, string>, fields: Record<string, string>) =>
    fetch(new URL(path, shop.fixture.url), { method: 'POST', headers, body: new URLSearchParams(fields) });
  const fields = { name: 'Kari', line1: '1', step: 'confirm', key: 'c'.repeat(22) };
  assert.equal((await send({ origin: 'https://elsewhere.example' }, fields)).status, 403);
  assert.deepEqual(await shop.statedOf(orderId), []);
  assert.equal((await send({ origin: 'null', 'sec-fetch-site': 'same-origin' }, fields)).status, 200);
  assert.deepEqual(
    (await shop.statedOf(orderId)).map(({ state: now }) => now),
    ['accepted'],
  );
});

test('a reader who is logged in sees the own orders with the days that are left', async () => {
  const returnUrl = `${shop.fixture.sandboxUrl}/publisher/return`;
  const { orderId, email, path } = await shop.buy([guideLine], { returnUrl });
  const login = await until('the login link', async () => (await linksTo(shop.fixture, email))[0]);
  const browser = openReaderBrowser(shop.fixture.url);
  await browser.open(linkIn(login));
  assert.equal((await browser.post(linkIn(login))).status, 303);
  const page = await browser.open('/user/withdraw');
  assert.match(
    textOf(page),
    new RegExp(`Ordrene dine .*mountains Ordre ${orderId}, .* 1[4-7] dager igjen Angre ordre`),
  );
  assert.ok(page.html.includes(path));
  await browser.open(path);
  await state(browser, path, { name: 'Kari', line1: '1' });
  assert.deepEqual(
    (await shop.statedOf(orderId)).map(({ proof }) => proof),
    ['session'],
  );
  const stranger = openReaderBrowser(shop.fixture.url);
  assert.doesNotMatch(textOf(await stranger.open('/user/withdraw')), /Ordrene dine/);
});
