import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { chargesOf, linkIn, messagesTo, type SeenCharge, type SeenMessage } from '../builders/ledgers.ts';
import { complete, demoLine, freeOrder, register, registerToPay, smsOrder } from '../builders/orders.ts';
import { openReaderBrowser } from '../builders/reader-browser.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const unknownProduct = { productSpecType: 'product', product: 'P-77', unitPrice: 0 };
const unknownOffer = { productSpecType: 'coupon', productSpecCode: 'X', productSpecNo: 7, unitPrice: 0 };
const unknownArticle = { productSpecType: 'article', articleDetail: { articleRef: 'a-1' }, unitPrice: 0 };

async function messageOf(credential: string, order: Record<string, unknown>): Promise<SeenMessage> {
  const orderId = await register(client, freeOrder(order));
  await complete(client, orderId, { credential });
  return until('the message', async () => (await messagesTo(fixture, credential))[0]);
}

test('e-mail, SMS and the page of the link tell of the whole order', async () => {
  const orderLines = [{ ...unknownProduct, description: 'The atlas' }, demoLine, demoLine];
  const email = await messageOf('whole@example.com', { orderLines });
  for (const text of [email.subject ?? '', email.text, email.html ?? ''])
    assert.match(text, /The atlas og 2 til/);
  const { html } = await openReaderBrowser(fixture.url).open(linkIn(email));
  assert.match(html, /The atlas (and 2 more|og 2 til)/);
  const sms = await messageOf('+4790072001', { orderLines });
  assert.match(sms.text, /The atlas og 2 til/);
  const one = await messageOf('one-line@example.com', { orderLines: [demoLine] });
  assert.doesNotMatch(one.text, / og \d/);
});

test('the page of a completed order tells of the whole order', async () => {
  const orderLines = [{ ...unknownProduct, description: 'The atlas' }, demoLine];
  const { orderId, address } = await registerToPay(client, freeOrder({ orderLines }));
  await complete(client, orderId);
  const { html } = await openReaderBrowser(fixture.url).open(address);
  assert.match(html, /The atlas (and 1 more|og 1 til)/);
});

const told: [method: string, recurring: boolean, longest: number, currency: string][] = [
  ['vippsEcommerce', false, 50, 'NOK'],
  ['vippsRecurring', true, 45, 'NOK'],
  ['creditcardPayex', false, 40, 'NOK'],
  ['swishPayex', false, 40, 'SEK'],
];

for (const [paymentMethod, recurring, longest, currency] of told) {
  test(`the provider of ${paymentMethod} is told of the whole order, in as many letters as it shows`, async () => {
    const name = `${paymentMethod} has an atlas with a name that is longer than it shows`;
    const line = { productSpecType: 'product', product: 'P-77', description: name, unitPrice: 149 };
    const orderLines = [line, recurring ? { ...demoLine, unitPrice: 99 } : line, line];
    const order = { ...freeOrder({ orderLines }), paymentMethod, recurring, currency };
    const { address } = await registerToPay(client, order);
    const opened = await fetch(address, { redirect: 'manual', headers: { 'accept-language': 'nb' } });
    assert.equal(opened.status, 303, await opened.text());
    const { charges } = (await (await fetch(`${fixture.sandboxUrl}/control/ledger`)).json()) as Ledger;
    const charge = charges.find(({ description }) => description.startsWith(paymentMethod));
    const { description = '' } = charge ?? {};
    assert.equal(description, `${name.slice(0, longest - ' og 2 til'.length).trimEnd()} og 2 til`);
  });
}

type Ledger = { charges: SeenCharge[] };

test('what is put on the phone bill tells of the whole order', async () => {
  const line = { productSpecType: 'product', product: 'P-77', description: 'The sea chart', unitPrice: 49 };
  const orderLines = [line, line];
  const orderId = await register(client, smsOrder('+4790072002', { orderLines }));
  await complete(client, orderId);
  const [charge] = await until('the charge', async () => {
    const charges = await chargesOf(fixture, '+4790072002');
    return charges.length > 0 ? charges : undefined;
  });
  assert.equal(charge?.description, 'The sea chart og 1 til');
});

const named: [what: string, line: object, without: string][] = [
  ['product', unknownProduct, 'P-77'],
  ['offer', unknownOffer, 'X/7'],
  ['article', unknownArticle, 'a-1'],
];

for (const [what, line, without] of named) {
  test(`a line of an unknown ${what} is named by its description, else ${without}`, async () => {
    const descriptions = [
      ['The atlas', 'The atlas'],
      [undefined, without],
      ['', without],
      [' \u200b ', without],
    ];
    for (const [description, shown] of descriptions) {
      const orderId = await register(client, freeOrder({ orderLines: [{ ...line, description }] }));
      const { body } = await client.get(`/capi/v1/client/order/${orderId}`);
      const [kept] = body['orderLines'] as { description: string }[];
      assert.equal(kept?.description, shown, JSON.stringify(body));
    }
  });
}

test('what the catalogue knows keeps its name', async () => {
  const orderLines = [{ ...demoLine, description: 'Something else' }];
  const { text } = await messageOf('catalogue@example.com', { orderLines });
  assert.doesNotMatch(text, /Something else/);
});

const payers: [what: string, payer: object, subject: RegExp][] = [
  ['from nowhere', {}, /^Tilgangen din/],
  ['in Sweden', { countryCode: 'SE' }, /^Din åtkomst/],
  ['in Finland who reads Swedish', { countryCode: 'FI', language: 'sv-FI' }, /^Din åtkomst/],
  ['in Norway who reads English', { countryCode: 'NO', language: 'en' }, /^Your access/],
];

for (const [index, [what, payer, subject]] of payers.entries()) {
  test(`a buyer ${what} is written to in the buyer's language`, async () => {
    const credential = `speaks-${index}@example.com`;
    const message = await messageOf(credential, {
      payer: { lastName: 'Nordmann', emails: [credential], ...payer },
    });
    assert.match(message.subject ?? '', subject);
  });
}
