import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importCatalogue } from '@leveret/server/catalogue/import-catalogue.js';
import { sql } from '@leveret/server/database/statement.js';
import { publisherId } from '@leveret/server/kit/ids.js';
import { agreementPage } from '@leveret/server/payments/agreements/agreement-address.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { numberAt, textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { messagesTo } from '../builders/ledgers.ts';
import { demoLine } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { agreementAt, decideAgreement, openAgreement } from '../builders/vipps-agreement.ts';

let fixture: Fixture;
let client: DemoClient;
/** Payers whose numbers nobody else here has. */
let last = 90_100_000;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

function newMobile(): string {
  last += 1;
  return `+47${last}`;
}

/** An order that its buyer pays by an agreement, and what the app shows of it. */
async function bought(decision: 'approve' | 'nothing' = 'approve', mobile = newMobile()) {
  const payer = { firstName: 'Kari', lastName: 'Nordmann', phoneNumbers: [mobile] };
  const order = { paymentMethod: 'vippsRecurring', recurring: true, payer, orderLines: [demoLine] };
  const reply = await client.post('/capi/v1/client/order', order);
  const orderId = numberAt(reply.body, 'orderId');
  const id = await openAgreement(fixture, reply.body);
  if (decision === 'approve') {
    await decideAgreement(fixture, id, 'approve');
    await fixture.advance(30);
    await until('the payment', async () => {
      const { body } = await client.get(`/capi/v1/client/order/${orderId}`);
      return body['state'] === 'completed';
    });
  }
  const page = textAt((await agreementAt(fixture, id)) as never, 'merchantAgreementUrl');
  return { orderId, id, mobile, page };
}

/** A browser without scripts: cookies, and the forms of the page it is on. */
function openBrowser() {
  const jar = new Map<string, string>();
  async function load(url: string, form?: Record<string, string>): Promise<{ status: number; html: string }> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(url, {
      redirect: 'manual',
      headers: { cookie, 'accept-language': 'nb', ...(form && { origin: fixture.url }) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      jar.set(name, value);
    }
    const to = reply.headers.get('location');
    if (to !== null) return load(new URL(to, url).href);
    return { status: reply.status, html: await reply.text() };
  }
  return {
    load,
    /** Presses the button of the form that leads to a path ending so. */
    press(html: string, ending: string, typed: Record<string, string> = {}) {
      const forms = [
        ...html.matchAll(/<form method="post" action="([^"]*)"[^>]*>.*?name="nonce" value="([^"]*)"/g),
      ];
      const form = forms.find(([, action = '']) => action.endsWith(ending));
      assert.ok(form, `a form to …${ending} in ${html}`);
      return load(new URL(form[1] ?? '', fixture.url).href, { nonce: form[2] ?? '', ...typed });
    },
  };
}

async function codeFor(mobile: string): Promise<string> {
  const text = await until('the code', async () => {
    const sent = await messagesTo(fixture, mobile);
    return sent.map((one) => JSON.stringify(one)).find((one) => /\b\d{6}\b/.test(one));
  });
  return /\b(\d{6})\b/.exec(text)?.[1] ?? '';
}

/** The page as its reader sees it after the code. */
async function unlocked({ page, mobile }: { page: string; mobile: string }) {
  const browser = openBrowser();
  const locked = await browser.load(page);
  const sent = await browser.press(locked.html, '/code');
  const shown = await browser.press(sent.html, page.slice(-20), { code: await codeFor(mobile) });
  return { browser, locked, sent, shown };
}

test('the address in the app opens the page of this agreement, which asks for a code first', async () => {
  const agreement = await bought();
  assert.match(agreement.page, /\/user\/agreement\/[a-z0-9]{26}-[\w-]{16}$/);
  const { locked, sent, shown } = await unlocked(agreement);
  assert.equal(locked.status, 200);
  for (const { html } of [locked, sent]) {
    assert.doesNotMatch(html, /Demoposten|99,00|Nordmann/, 'nothing is shown before the code');
    assert.ok(!html.includes(agreement.mobile), 'nor the number');
  }
  assert.match(locked.html, /Send meg en kode/);
  assert.match(shown.html, /Demoposten, a month at a time/);
  assert.match(shown.html, /99,00.kr.hver måned/);
  assert.match(shown.html, /<dd>Aktiv<\/dd>/);
  assert.match(shown.html, /Betalt til/);
  assert.doesNotMatch(shown.html, /<script/);
});

test('stop renewing ends the agreement at the provider, and the subscription with its period', async () => {
  const agreement = await bought();
  const { browser, shown } = await unlocked(agreement);
  const stopped = await browser.press(shown.html, '/stop');
  assert.match(stopped.html, /fornyes ikke/);
  assert.doesNotMatch(stopped.html, /\/stop"/);
  await until('the end at the provider', async () => {
    return (await agreementAt(fixture, agreement.id))['status'] === 'STOPPED';
  });
  await until('the end here', async () => /Avsluttet/.test((await browser.load(agreement.page)).html));
  const events = await client.get(`/capi/v1/client/order/${agreement.orderId}`);
  assert.match(JSON.stringify(events.body), /subscription/);
  const access = { product: 'DEMO', credential: agreement.mobile };
  const reply = await client.post('/capi/v1/client/access', access);
  assert.equal(reply.body['access'], true, 'what is paid for stays open');
});

test('a wrong code shows nothing, and a page is ended by nobody who is not logged in', async () => {
  const agreement = await bought();
  const browser = openBrowser();
  const locked = await browser.load(agreement.page);
  const sent = await browser.press(locked.html, '/code');
  const right = await codeFor(agreement.mobile);
  const code = right === '000000' ? '000001' : '000000';
  const wrong = await browser.press(sent.html, agreement.page.slice(-20), { code });
  assert.match(wrong.html, /Koden stemmer ikke/);
  assert.doesNotMatch(wrong.html, /Demoposten/);
  const nonce = /name="nonce" value="([^"]*)"/.exec(wrong.html)?.[1] ?? '';
  const forced = await browser.load(`${agreement.page}/stop`, { nonce });
  assert.equal(forced.status, 403);
  assert.equal((await agreementAt(fixture, agreement.id))['status'], 'ACTIVE');
});

test('the reader of one agreement sees no other, and an address that was not made here is unknown', async () => {
  const [mine, other] = [await bought(), await bought()];
  const { browser } = await unlocked(mine);
  const theirs = await browser.load(other.page);
  assert.match(theirs.html, /Send meg en kode/);
  const nonce = /name="nonce" value="([^"]*)"/.exec(theirs.html)?.[1] ?? '';
  assert.equal((await browser.load(`${other.page}/stop`, { nonce })).status, 403);
  assert.equal((await agreementAt(fixture, other.id))['status'], 'ACTIVE');
  const tail = mine.page.endsWith('A') ? 'B' : 'A';
  for (const address of [`${mine.page.slice(0, -1)}${tail}`, `${fixture.url}/user/agreement/x`]) {
    assert.equal((await browser.load(address)).status, 404);
  }
});

test('an agreement that was not approved yet is shown as such, without a button', async () => {
  const { shown } = await unlocked(await bought('nothing'));
  assert.match(shown.html, /Venter på godkjenning/);
  assert.doesNotMatch(shown.html, /\/stop"/);
});

test('after a correction the code goes to the address that is right, and opens the page', async () => {
  const agreement = await bought();
  const right = `${agreement.mobile.slice(0, 5)}77${agreement.mobile.slice(7)}`;
  const path = `/capi/v1/client/order/${agreement.orderId}/credential`;
  assert.equal((await client.post(path, { credential: right })).status, 200);
  const { shown } = await unlocked({ page: agreement.page, mobile: right });
  assert.match(shown.html, /<dd>Aktiv<\/dd>/);
  assert.deepEqual(await messagesTo(fixture, agreement.mobile), []);
});

test('who has proven the address that was corrected sees nothing of the order', async () => {
  const wrong = await bought();
  const path = `/capi/v1/client/order/${wrong.orderId}/credential`;
  assert.equal((await client.post(path, { credential: newMobile() })).status, 200);
  const { browser, shown } = await unlocked(await bought('approve', wrong.mobile));
  assert.match(shown.html, /<dd>Aktiv<\/dd>/, 'their own order');
  const theirs = await browser.load(wrong.page);
  assert.match(theirs.html, /Send meg en kode/);
  assert.doesNotMatch(theirs.html, /Demoposten/);
});

/** Lines that renew at different lengths, on the page where their buyer is about to pay by card. */
async function chosenTogether(): Promise<{ page: string; mobile: string }> {
  const { context } = fixture.app;
  const findDemo = sql('test.demo', "SELECT publisher_id FROM clients WHERE client_id = 'no.leveret.demo'");
  const [demo] = await context.database.query<{ publisher_id: number }>(findDemo);
  const demoId = publisherId(Number(demo?.publisher_id));
  const year = { offerCode: 'YEAR', offerNumber: 1, productCode: 'DEMO', description: 'A year of the guide' };
  const renewal = { price: 1200, periodLength: 1, periodType: 'years' };
  const offers = [{ ...year, currency: 'NOK', price: 990, periodLength: 1, periodType: 'years', renewal }];
  await importCatalogue(context, demoId, { offers });
  context.catalogue.forget(demoId);
  const mobile = newMobile();
  const reply = await client.post('/capi/v1/client/order', {
    paymentMethod: 'creditcardPayex',
    recurring: true,
    payer: { lastName: 'Nordmann', phoneNumbers: [mobile] },
    orderLines: [demoLine, { ...demoLine, productSpecCode: 'YEAR' }, demoLine],
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  await fetch(textAt(reply.body, 'fulfillmentUrl'), { redirect: 'manual' });
  const find = sql('test.reference', 'SELECT reference FROM payment_attempts WHERE order_id = $1');
  const [attempt] = await context.database.query<{ reference: string }>(find, [reply.body['orderId']]);
  const path = agreementPage(context.secrets.orderAddress, attempt?.reference ?? '');
  return { page: `${fixture.url}${path}`, mobile };
}

test('lines that renew at different lengths are all told, each with its price', async () => {
  const { shown } = await unlocked(await chosenTogether());
  const facts = [...shown.html.matchAll(/<dd[^>]*>([^<]*)/g)].map(([, value]) =>
    value?.replaceAll(/\s/g, ' '),
  );
  assert.deepEqual(facts.slice(0, 5), [
    'Demoposten, a month at a time og 1 til',
    '198,00 kr hver måned',
    'A year of the guide',
    '1 200,00 kr hvert år',
    '990,00 kr for 1 år',
  ]);
});
