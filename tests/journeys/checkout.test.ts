import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from '@leveret/server/database/statement.js';
import { type NumberedShop, openNumberedShop, type Placed, successAt } from '../buyers/numbered-shop.ts';
import { plain } from '../buyers/read-place.ts';
import { openVisitor, type Seen, sentHere, type VisitorBrowser } from '../buyers/visitor.ts';

let shop: NumberedShop;
before(async () => {
  shop = await openNumberedShop();
  await shop.set({ orderedOnSite: false });
  const seller = {
    legalName: 'Demo Avis AS',
    organisationNumber: '999888777',
    contactEmail: 'desk@demo.example',
  };
  assert.equal((await shop.client.patch('/capi/v1/client/publisher', seller)).status, 200);
});
after(() => shop.fixture.close());

const guide = { productSpecType: 'product', product: 'GUIDE' };
const vipps = { paymentMethod: 'vippsEcommerce', orderLines: [guide] };
const agreement = { paymentMethod: 'vippsRecurring', recurring: true };
const english = { ...sentHere, 'accept-language': 'en' };
const pressing = { 'sec-fetch-site': 'same-origin', 'accept-language': 'en' };

const open = (browser: VisitorBrowser, address: string) => browser.open(address, english);

/** What stands in the form that orders. */
function formOf({ html }: Seen): { seen: string; buttons: string[]; asks: boolean } {
  const seen = /name="seen" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? assert.fail(html);
  const buttons = [...html.matchAll(/<button[^>]*class="button"[^>]*>(.*?)<\/button>/gs)].map(
    ([, inner = '']) => plain(inner.replaceAll(/<[^>]+>/g, '')).replaceAll('\u00a0', ' '),
  );
  return { seen, buttons, asks: html.includes('name="earlyStart"') };
}

const press = (browser: VisitorBrowser, address: string, fields: Record<string, string>) =>
  browser.press(address, fields, pressing);

async function orderOf({ orderId }: Placed) {
  const { body } = await shop.client.get(`/capi/v1/client/order/${orderId}`);
  return body as {
    state: string;
    earlyStart: boolean;
    checkouts: {
      text: string;
      textSha256: string;
      paymentMethod: string;
      amount: number;
      language: string;
      earlyStart: boolean;
    }[];
    timeline: { name: string; text: string }[];
  };
}

const begunOf = async (placed: Placed) => (await shop.attemptsOf(placed)).length;

/** The provider's address that the page between leads to. */
function leadsTo({ html, status }: Seen): string {
  assert.equal(status, 200, html);
  return plain(/data-url="([^"]+)"/.exec(html)?.[1] ?? assert.fail(html));
}

test('what is bought is shown before anything is begun, also where one method fits, and the button begins', async () => {
  const placed = await shop.place(vipps);
  const buyer = openVisitor();
  const page = await open(buyer, placed.secret);
  assert.equal(page.status, 200);
  for (const said of [
    'guide to the mountains',
    '25%',
    'Right of withdrawal',
    '14 days',
    'Demo Avis AS',
    '999888777',
  ])
    assert.ok(page.html.includes(said), said);
  const { seen, buttons, asks } = formOf(page);
  assert.deepEqual(buttons, ['Pay NOK 149.00 with Vipps']);
  assert.equal(asks, true);
  assert.doesNotMatch(page.html, /checked/);
  assert.deepEqual([await begunOf(placed), (await orderOf(placed)).state], [0, 'registered']);
  leadsTo(await press(buyer, placed.secret, { method: 'vippsEcommerce', seen, earlyStart: 'true' }));
  assert.equal(await begunOf(placed), 1);
  const order = await orderOf(placed);
  const [kept, ...others] = order.checkouts;
  assert.ok(kept && others.length === 0);
  assert.equal(kept.textSha256, seen);
  assert.equal(createHash('sha256').update(kept.text).digest('hex'), seen);
  assert.match(kept.text, /guide to the mountains[^]*Pay NOK.149\.00 with Vipps[^]*999888777/);
  const { paymentMethod, amount, language, earlyStart } = kept;
  assert.deepEqual([paymentMethod, amount, language, earlyStart], ['vippsEcommerce', 149, 'en', true]);
  assert.equal(order.earlyStart, true);
  const told = order.timeline.map((entry) => entry.name);
  assert.ok(told.indexOf('checkout.confirmed') < told.indexOf('payment.attempt_made'), told.join());
  const sentence = order.timeline.find((entry) => entry.name === 'checkout.confirmed')?.text ?? '';
  assert.match(
    sentence,
    new RegExp(`pressed the button to pay 149.00 NOK \\(Vipps\\)[^]*${seen}[^]*at once`),
  );
});

test('looking begins nothing: robots, what fetches ahead, HEAD, and a press that names nothing seen', async () => {
  const placed = await shop.place(vipps);
  const buyer = openVisitor();
  await open(buyer, placed.secret);
  await buyer.open(placed.secret, english, 'HEAD');
  await buyer.open(placed.secret, { ...english, purpose: 'prefetch' });
  const again = await press(buyer, placed.secret, { method: 'vippsEcommerce' });
  assert.match(again.html, /name="seen"/);
  const wrong = await press(buyer, placed.secret, { method: 'vippsEcommerce', seen: '0'.repeat(64) });
  assert.match(wrong.html, /changed after you opened the page/);
  const foreign = await buyer.press(
    placed.secret,
    { method: 'vippsEcommerce' },
    { 'sec-fetch-site': 'cross-site' },
  );
  assert.equal(foreign.status, 403);
  assert.deepEqual([await begunOf(placed), (await orderOf(placed)).checkouts.length], [0, 0]);
});

test('a price that changed between page and button is shown anew and not charged, until it is agreed to', async () => {
  const placed = await shop.place(agreement);
  const buyer = openVisitor();
  const before = formOf(await open(buyer, placed.secret));
  assert.match(before.buttons.join(), /Pay NOK 99\.00/);
  const setRenewal = (minor: number) =>
    shop.fixture.app.context.database.query(
      sql(`test.renewal${minor}`, `UPDATE offers SET renewal_price_minor = $1 WHERE offer_code = 'DEMO'`),
      [minor],
    );
  await setRenewal(19_900);
  const anew = await press(buyer, placed.secret, { method: 'vippsRecurring', seen: before.seen });
  assert.match(anew.html, /role="alert"[^>]*>Something about this purchase changed/);
  const now = formOf(anew);
  assert.match(now.buttons.join(), /then NOK 199\.00/);
  assert.equal(await begunOf(placed), 0);
  const session = leadsTo(await press(buyer, placed.secret, { method: 'vippsRecurring', seen: now.seen }));
  await setRenewal(9_900);
  const page = await open(buyer, placed.secret);
  assert.equal(page.location, session, 'going on with what was agreed to');
});

test('the same press again is the same session; another wish or other words begin another', async () => {
  const placed = await shop.place({ orderLines: [guide] });
  const buyer = openVisitor();
  const { seen } = formOf(await open(buyer, placed.secret));
  const pay = (fields: Record<string, string> = {}) =>
    press(buyer, placed.secret, { method: 'vippsEcommerce', seen, ...fields });
  const first = leadsTo(await pay());
  assert.equal(leadsTo(await pay()), first, 'a form sent twice');
  assert.equal((await orderOf(placed)).checkouts.length, 1);
  assert.equal(formOf(await open(buyer, placed.secret)).seen, seen, 'back, and the page is as it was');
  const wished = leadsTo(await pay({ earlyStart: 'true' }));
  assert.notEqual(wished, first);
  const order = await orderOf(placed);
  assert.deepEqual(
    order.checkouts.map((one) => one.earlyStart),
    [false, true],
  );
  leadsTo(await pay());
  assert.equal((await orderOf(placed)).earlyStart, false, 'the last press stands');
});

test('a tab that is left open finds the order paid, and pays nothing', async () => {
  const placed = await shop.place(vipps);
  const [one, other] = [openVisitor(), openVisitor()];
  const { seen } = formOf(await open(one, placed.secret));
  await open(other, placed.secret);
  const session = leadsTo(await press(one, placed.secret, { method: 'vippsEcommerce', seen }));
  const paid = await one.press(`${session}/approve`, {});
  await open(one, paid.location);
  const late = await press(other, placed.secret, { method: 'vippsEcommerce', seen });
  assert.equal(successAt(late.location), 'success');
  assert.equal(await begunOf(placed), 1);
});

test('64 presses at once begin one payment', async () => {
  const placed = await shop.place(vipps);
  const buyer = openVisitor();
  const { seen } = formOf(await open(buyer, placed.secret));
  await Promise.all(
    Array.from({ length: 64 }, () => press(buyer, placed.secret, { method: 'vippsEcommerce', seen })),
  );
  assert.equal(await begunOf(placed), 1);
  assert.equal((await orderOf(placed)).checkouts.length, 1);
});

test('an order by invoice is ordered by a button that says that it costs; a free one needs none', async () => {
  const invoice = await shop.place({ paymentMethod: 'invoice', orderLines: [guide] });
  const buyer = openVisitor();
  const form = formOf(await open(buyer, invoice.secret));
  assert.deepEqual(form.buttons, ['Buy and pay NOK 149.00 by invoice']);
  await press(buyer, invoice.secret, { complete: '1' });
  assert.equal((await orderOf(invoice)).state, 'registered', 'nothing was seen');
  await press(buyer, invoice.secret, { complete: '1', seen: '0'.repeat(64) });
  assert.equal((await orderOf(invoice)).state, 'registered', 'something else was seen');
  const done = await press(buyer, invoice.secret, { complete: '1', seen: form.seen });
  assert.equal(successAt(done.location), 'success');
  const { state, checkouts } = await orderOf(invoice);
  assert.deepEqual(
    [state, checkouts.map((one) => [one.paymentMethod, one.amount])],
    ['completed', [['invoice', 149]]],
  );
  const free = await shop.place({ paymentMethod: 'free' });
  assert.equal(successAt((await open(openVisitor(), free.secret)).location), 'success', 'sent by the site');
  const looked = await shop.place({ paymentMethod: 'free' });
  const page = await openVisitor().open(looked.secret, { 'accept-language': 'en' });
  assert.match(formOf(page).buttons.join(), /^Get it for free$/);
  assert.doesNotMatch(page.html, /name="method"/);
});

test('an order that was placed on the site goes on at once; a choice still shows everything', async () => {
  await shop.set({ orderedOnSite: true });
  try {
    const only = await shop.place(vipps);
    assert.ok((await open(openVisitor(), only.secret)).location.startsWith(shop.fixture.sandboxUrl));
    assert.deepEqual((await orderOf(only)).checkouts, []);
    const choice = await shop.place({ orderLines: [guide] });
    const buyer = openVisitor();
    const page = await open(buyer, choice.secret);
    assert.match(page.html, /guide to the mountains/);
    assert.ok(formOf(page).buttons.length > 1);
    leadsTo(await press(buyer, choice.secret, { method: 'vippsEcommerce' }));
    const invoice = await shop.place({ paymentMethod: 'invoice', orderLines: [guide] });
    assert.equal(successAt((await open(openVisitor(), invoice.secret)).location), 'success');
  } finally {
    await shop.set({ orderedOnSite: false });
  }
});

test('at the address that can be guessed nothing tells what is bought, and the button still comes first', async () => {
  const placed = await shop.place({ ...agreement });
  const stranger = openVisitor();
  const page = await open(stranger, placed.bare);
  assert.equal(page.status, 200);
  assert.doesNotMatch(page.html, /Demoposten|incl\.|earlyStart/);
  const { seen, buttons } = formOf(page);
  assert.match(buttons.join(), /NOK 99\.00/);
  assert.equal(await begunOf(placed), 0);
  leadsTo(await press(stranger, placed.bare, { method: 'vippsRecurring', seen }));
  assert.deepEqual(
    (await shop.attemptsOf(placed)).map((one) => one.is_guest),
    [true],
  );
});

test('a wish that the site has told is not asked for again, and must be true or false', async () => {
  const placed = await shop.place({ ...vipps, earlyStart: true });
  assert.equal((await orderOf(placed)).earlyStart, true);
  const page = await open(openVisitor(), placed.secret);
  assert.equal(formOf(page).asks, false);
  assert.match(page.html, /You asked to have the content at once/);
  const { status, body } = await shop.client.post('/capi/v1/client/order', {
    ...vipps,
    payer: { lastName: 'N', emails: ['kari@example.com'] },
    earlyStart: 'maybe',
  });
  assert.equal(status, 400);
  assert.match(JSON.stringify(body), /earlyStart/);
});

test('the page says the same in each language, with a hash of its own', async () => {
  const placed = await shop.place(vipps);
  const words = { nb: 'Betal', nn: 'Betal', sv: 'Betala', da: 'Betal', fi: 'Maksa', en: 'Pay' };
  const hashes = new Set<string>();
  for (const [language, word] of Object.entries(words)) {
    const page = await openVisitor().open(placed.secret, {
      ...sentHere,
      'accept-language': `${language};q=1`,
    });
    // The publisher's own language wins wherever the browser accepts it.
    const { seen, buttons } = formOf(page);
    assert.ok(buttons[0]?.startsWith(word), `${language}: ${buttons.join()}`);
    hashes.add(seen);
  }
  assert.ok(hashes.size >= 5);
});
