import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';

let fixture: Fixture;
let client: DemoClient;
before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const payer = { lastName: 'Nordmann', emails: ['payer@example.com'] };
const orderLines = [{ productSpecType: 'product', product: 'GUIDE' }];

async function footHtmlOf(order: object): Promise<string | undefined> {
  const { body } = await client.post('/capi/v1/client/order', { payer, orderLines, ...order });
  const reply = await fetch(textAt(body, 'fulfillmentUrl'), { headers: { 'accept-language': 'nb' } });
  return /<footer>(.*)<\/footer>/s.exec(await reply.text())?.[1];
}

async function footOf(order: object): Promise<string | undefined> {
  return (await footHtmlOf(order))?.replaceAll(/<[^>]+>/g, '');
}

test('who buys is told by whom it is sold, in law, as far as the publisher says so', async () => {
  const withdraw = 'Angre avtalen her';
  assert.equal(await footOf({}), withdraw);
  const seller = { legalName: 'Haredalens <Tidende> AS', organisationNumber: '923609016' };
  const { status } = await client.patch('/capi/v1/client/publisher', {
    ...seller,
    contactEmail: 'hei@tidende.example',
  });
  assert.equal(status, 200);
  const said = `${withdraw}Haredalens &lt;Tidende> AS · Org.nr. 923609016hei@tidende.example`;
  assert.equal(await footOf({}), said, 'where a method is chosen');
  assert.equal(await footOf({ paymentMethod: 'free' }), said, 'where an order is confirmed');
});

test('terms of sale and what is done with data stand beside the seller, as far as they are set', async () => {
  const links = async () => [
    ...((await footHtmlOf({})) ?? '').matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g),
  ];
  await client.patch('/capi/v1/client/publisher', { withdrawal: 'off' });
  assert.deepEqual(await links(), []);
  const termsUrl = 'https://tidende.example/vilkår?a=1&b=2';
  await client.patch('/capi/v1/client/publisher', { termsUrl });
  const [terms, ...others] = await links();
  assert.deepEqual(
    [terms?.[1], terms?.[2]],
    ['https://tidende.example/vilk%C3%A5r?a=1&amp;b=2', 'Salgsvilkår'],
  );
  assert.equal(others.length, 0);
  await client.patch('/capi/v1/client/publisher', { privacyUrl: 'https://tidende.example/personvern' });
  const both = (await links()).map(([, url, label]) => [label, url]);
  assert.deepEqual(both[1], ['Personvern', 'https://tidende.example/personvern']);
  assert.equal(both.length, 2);
});

test('the logo and the colour of the publisher are those of its pages', async () => {
  const logoUrl = 'https://img.tidende.example/logo.svg';
  const { status } = await client.patch('/capi/v1/client/publisher', { logoUrl, colour: '#FFD400' });
  assert.equal(status, 200);
  const { body } = await client.post('/capi/v1/client/order', { payer, orderLines });
  const reply = await fetch(textAt(body, 'fulfillmentUrl'));
  const html = await reply.text();
  assert.match(
    html,
    /<header><img class="logo" src="https:\/\/img\.tidende\.example\/logo\.svg" alt="[^"]+"/,
  );
  const policy = reply.headers.get('content-security-policy') ?? '';
  assert.match(policy, /img-src 'self' https:\/\/img\.tidende\.example;/);
  const [, sheet = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(html) ?? [];
  const style = await fetch(new URL(sheet.replaceAll('&amp;', '&'), fixture.url));
  assert.match(style.headers.get('cache-control') ?? '', /immutable/);
  assert.match(await style.text(), /--button: #ffd400; .*--on-button: #000000;/);
  const unknown = await fetch(new URL('/user/fulfillment/nothing', fixture.url));
  assert.match(
    await unknown.text(),
    /colour=ffd400"/,
    'a page on which nothing is bought has the colour too',
  );
  assert.match(unknown.headers.get('content-security-policy') ?? '', /img-src 'self';/, 'and no logo');
});

test('the way to withdraw stands first at the foot of every page, where the publisher offers it', async () => {
  const order = await client.post('/capi/v1/client/order', { payer, orderLines });
  const pages = [
    textAt(order.body, 'fulfillmentUrl'),
    '/user/fulfillment/nothing',
    '/user/code?clientId=no.leveret.demo',
    '/user/logout?clientId=no.leveret.demo',
    '/l/nothing',
    '/nowhere',
  ];
  const links = { always: 'Withdraw from contract here', off: undefined };
  for (const [withdrawal, label] of Object.entries(links)) {
    await client.patch('/capi/v1/client/publisher', { withdrawal });
    for (const page of pages) {
      const headers = { accept: 'text/html', 'accept-language': 'en' };
      const html = await (await fetch(new URL(page, fixture.url), { headers })).text();
      const [, url, first] = /<footer><p class="links"><a href="([^"]*)"[^>]*>([^<]*)</.exec(html) ?? [];
      assert.equal(first === links.always ? first : undefined, label, `${page} ${withdrawal}`);
      if (label) assert.match(url ?? '', /^\/user\/withdraw\?publisherId=\d+$/, page);
    }
  }
});
