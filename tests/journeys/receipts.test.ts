import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { linkIn, messagesTo, type SeenMessage } from '../builders/ledgers.ts';
import { complete, demoLine, freeOrder, prepaidOrder, register, smsOrder } from '../builders/orders.ts';
import { pageBuyer, resultIn } from '../builders/page-buyer.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

let buyers = 0;

/** Someone nobody has sold to yet. */
function nextBuyer(party: object = {}) {
  buyers += 1;
  const [mobile, email] = [`+4790012${String(buyers).padStart(3, '0')}`, `buyer-${buyers}@example.com`];
  return {
    mobile,
    email,
    payer: { lastName: 'Nordmann', phoneNumbers: [mobile], emails: [email], ...party },
  };
}

const guide = { productSpecType: 'product', product: 'GUIDE' };

/** Registers, completes and pays by phone bill; answers when the order is completed. */
async function buy(mobile: string, order: object, options: Record<string, unknown> = {}): Promise<number> {
  const orderId = await register(client, smsOrder(mobile, { ...order }));
  assert.equal((await complete(client, orderId, options)).body['fulfillmentStatus'], 'OK');
  await until('the order to complete', async () => {
    await fixture.advance(1);
    return (await show(orderId))['state'] === 'completed';
  });
  return orderId;
}

const show = async (orderId: number) => (await client.get(`/capi/v1/client/order/${orderId}`)).body;

async function receiptTo(email: string): Promise<SeenMessage> {
  return until('the receipt', async () =>
    (await messagesTo(fixture, email)).find(({ text }) => !text.includes('/l/')),
  );
}

/** Numbers and currencies stand together, so that no line breaks between them. */
const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

async function timelineOf(orderId: number): Promise<string[]> {
  const entries = (await show(orderId))['timeline'] as { text: string }[];
  return entries.map(({ text }) => text);
}

test('a paid order gets a receipt with lines, VAT by rate, seller, number, day and method', async () => {
  const seller = { legalName: 'Tidende AS', organisationNumber: '923609016', contactEmail: 'hei@t.example' };
  await client.patch('/capi/v1/client/publisher', seller);
  const { mobile, email, payer } = nextBuyer();
  const orderId = await buy(mobile, { payer, orderLines: [{ ...guide, quantity: 2 }, demoLine] });
  const { subject, text, html } = await receiptTo(email);
  assert.match(subject ?? '', new RegExp(`^Kvittering for ordre ${orderId} hos `));
  const told = spaced(text);
  assert.match(told, new RegExp(`Ordrenummer: ${orderId}\\n`));
  assert.match(told, /Dato: \d{1,2}\. \p{L}+ 20\d\d\n/u);
  assert.match(told, /Demoposten's guide to the mountains\n {2}2 × 149,00 kr, mva\. 25 %: 298,00 kr\n/);
  assert.match(told, /Demoposten, a month at a time\n {2}1 × 99,00 kr, mva\. 0 %: 99,00 kr\n/);
  assert.match(
    told,
    /Totalt: 397,00 kr\nHerav mva\. 25 % av 298,00 kr: 59,60 kr\nHerav mva\. 0 % av 99,00 kr: 0,00 kr\n/,
  );
  const link = /Angre avtalen her: (\S+)\n/.exec(told)?.[1] ?? '';
  assert.match(link, new RegExp(`^${fixture.url}/user/withdraw/[\\w-]+$`));
  assert.match(
    told,
    /mountains: Du kan angre kjøpet til og med \d+\. \p{L}+ 20\d\d, uten å gi noen grunn\.\n/u,
  );
  assert.match(told, /Selger:\nTidende AS\nOrg\.nr\. 923609016\nhei@t\.example\n/);
  const shown = spaced(html ?? '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
  for (const part of [`Ordrenummer ${orderId}`, '298,00 kr', '59,60 kr', 'Totalt 397,00 kr', 'Tidende AS'])
    assert.ok(shown.includes(part), part);
  assert.ok((await timelineOf(orderId)).includes('An e-mail with the receipt was queued.'));
});

const languages: [language: string, subject: RegExp, total: string, day: RegExp][] = [
  ['nb', /^Kvittering for ordre/, 'Totalt: 149,00 kr', /^Dato: \d+\. \p{L}+ \d{4}$/mu],
  ['nn', /^Kvittering for ordre/, 'Totalt: 149,00 kr', /^Dato: \d+\. \p{L}+ \d{4}$/mu],
  ['sv', /^Kvitto för order/, 'Totalt: 149,00 Nkr', /^Datum: \d+ \p{L}+ \d{4}$/mu],
  ['da', /^Kvittering for ordre/, 'I alt: 149,00 NOK', /^Dato: \d+\. \p{L}+ \d{4}$/mu],
  ['fi', /^Kuitti tilauksesta/, 'Yhteensä: 149,00 NOK', /^Päivä: \d+\. \p{L}+ta \d{4}$/mu],
  ['en', /^Receipt for order/, 'Total: NOK 149.00', /^Date: \d+ \p{L}+ \d{4}$/mu],
];

for (const [language, subject, total, day] of languages) {
  test(`the receipt is in ${language}, with its numbers and dates`, async () => {
    const { mobile, email, payer } = nextBuyer({ language });
    await buy(mobile, { payer });
    const receipt = await receiptTo(email);
    assert.match(receipt.subject ?? '', subject);
    assert.ok(spaced(receipt.text).includes(total), receipt.text);
    assert.match(receipt.text, day);
    assert.match(receipt.html ?? '', new RegExp(`<html lang="${language}">`));
  });
}

test('the login link goes out as it always has, beside the receipt', async () => {
  const { mobile, email, payer } = nextBuyer();
  await buy(mobile, { payer }, { credential: email, returnUrl: `${fixture.sandboxUrl}/publisher/return` });
  await receiptTo(email);
  const messages = await until('both', async () => {
    const seen = await messagesTo(fixture, email);
    return seen.length === 2 && seen;
  });
  const links = messages.filter(({ text }) => text.includes('/l/'));
  assert.equal(links.length, 1);
  const [link] = links;
  assert.match(linkIn(link ?? assert.fail()), /\/l\/[\w-]{22}$/);
  const [login, withdrawal] = ['/l/', '/user/withdraw/'].map((path) => link?.text.indexOf(path) ?? -1);
  assert.ok(Number(login) < Number(withdrawal), 'the way to withdraw stands below the login link');
});

const unpaid: [name: string, order: (payer: object) => Record<string, unknown>][] = [
  ['a free order', (payer) => freeOrder({ payer })],
  ['an order paid elsewhere', (payer) => prepaidOrder({ payer })],
  ['an order by invoice', (payer) => freeOrder({ payer, paymentMethod: 'invoice' })],
];

for (const [name, order] of unpaid) {
  test(`${name} gets no receipt`, async () => {
    const { email, payer } = nextBuyer();
    const orderId = await register(client, order(payer));
    await complete(client, orderId, {
      credential: email,
      returnUrl: `${fixture.sandboxUrl}/publisher/return`,
    });
    await until('the link', async () => (await messagesTo(fixture, email)).length > 0);
    await fixture.advance(60);
    assert.equal((await messagesTo(fixture, email)).length, 1);
    assert.ok(!(await timelineOf(orderId)).some((text) => text.includes('receipt')));
  });
}

test('what was paid on a page of the publisher gets its receipt when the provider has confirmed it', async () => {
  const buyer = pageBuyer(fixture);
  const back = await buyer.press(await buyer.pay({ paymentMethod: 'creditcardPayex' }), 'approve');
  const { order } = resultIn((await buyer.open(back)).location);
  const { mobile, email, payer } = nextBuyer();
  const orderId = await register(client, smsOrder(mobile, { ...order, payer }));
  await complete(client, orderId);
  await until('the receipt', async () => {
    await fixture.advance(5);
    return (await messagesTo(fixture, email)).length > 0;
  });
  assert.match(spaced((await receiptTo(email)).text), /Betalingsmåte: Kort\n/);
});

test('a single issue has no right of withdrawal, and its e-mails no link to it', async () => {
  const issue = {
    productSpecType: 'issue',
    productSpecCode: 'DEMO',
    productSpecNo: 1,
    product: '2026-47',
    allowAccessProduct: 'DEMO',
  };
  const { mobile, email, payer } = nextBuyer();
  const returnUrl = `${fixture.sandboxUrl}/publisher/return`;
  await buy(mobile, { payer, orderLines: [issue] }, { credential: email, returnUrl });
  const { text } = await receiptTo(email);
  assert.match(text, /week 47 of 2026: Enkeltutgaver av aviser og blader har ingen angrerett\.\n/);
  await until('both', async () => (await messagesTo(fixture, email)).length === 2);
  for (const message of await messagesTo(fixture, email)) assert.doesNotMatch(message.text, /user\/withdraw/);
});

test('who has no e-mail address gets none, and the order says so', async () => {
  const { mobile, payer } = nextBuyer({ emails: [] });
  const orderId = await buy(mobile, { payer });
  assert.ok(
    (await timelineOf(orderId)).includes('No receipt was sent: no e-mail address of the buyer is known.'),
  );
});

test('a publisher who sends receipts itself can turn them off', async () => {
  await client.patch('/capi/v1/client/publisher', { receipts: false });
  const { mobile, email, payer } = nextBuyer();
  const orderId = await buy(mobile, { payer });
  await fixture.advance(60);
  assert.deepEqual(await messagesTo(fixture, email), []);
  assert.ok(!(await timelineOf(orderId)).some((text) => text.includes('receipt')));
  await client.patch('/capi/v1/client/publisher', { receipts: true });
});
