import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { messagesTo } from '../builders/ledgers.ts';
import { openReaderBrowser } from '../builders/reader-browser.ts';
import { until } from '../builders/until.ts';
import { openWithdrawalShop, state, textOf, type WithdrawalShop } from '../builders/withdrawal-shop.ts';

let shop: WithdrawalShop;
before(async () => {
  shop = await openWithdrawalShop();
});
after(() => shop.fixture.close());

const typed = (order: string | number, email: string) => ({
  name: 'Ola Fremmed',
  order: String(order),
  email,
  what: '',
});

test('whoever has proven nothing is told the same of every number, and moves nothing', async () => {
  const { orderId, email } = await shop.buy();
  const pages = await Promise.all(
    [orderId, 999_999, 'no-such-order'].map(async (order, index) => {
      const browser = openReaderBrowser(shop.fixture.url);
      await browser.open('/user/withdraw');
      const { summary, received } = await state(
        browser,
        '/user/withdraw',
        typed(order, `stranger-${index}@example.com`),
      );
      const shown = [summary, received].map((page) =>
        textOf(page).replaceAll(String(order), 'N').replaceAll(`stranger-${index}`, 'X'),
      );
      return [summary.status, received.status, ...shown];
    }),
  );
  assert.deepEqual(pages[1], pages[0]);
  assert.deepEqual(pages[2], pages[0]);
  assert.match(String(pages[0]?.[3]), /Vi har mottatt beskjeden .*Mottatt \d+\. .*Ola Fremmed/);
  const [toStranger] = await until('the receipt', async () => {
    const seen = await messagesTo(shop.fixture, 'stranger-0@example.com');
    return seen.length > 0 && seen;
  });
  assert.match(
    toStranger?.text ?? '',
    new RegExp(`Navn: Ola Fremmed\\nOrdrenummer: ${orderId}\\nGjelder: hele`),
  );
  assert.doesNotMatch(toStranger?.text ?? '', /mountains|149|user\/withdraw|Kari/);
  const toUnknown = await until(
    'the receipt',
    async () => (await messagesTo(shop.fixture, 'stranger-1@example.com'))[0],
  );
  assert.equal(toUnknown.text.replaceAll('999999', String(orderId)), toStranger?.text);
  const [stated] = await shop.statedOf(orderId);
  assert.deepEqual([stated?.state, stated?.why, stated?.refund], ['to_check', 'not proven', 0]);
  // The order's own address hears of it, and makes it count.
  const asked = await until('the question', async () => (await shop.receiptsTo(email))[0]);
  assert.match(asked.text, /Er det du som angrer\? Bekreft her, så trer det i kraft med en gang: http/);
  const path = /\/user\/withdraw\/[\w-]+/.exec(asked.text)?.[0] ?? '';
  const buyer = openReaderBrowser(shop.fixture.url);
  await buyer.open(path);
  await state(buyer, path, { name: 'Kari', line1: '1' });
  const states = (await shop.statedOf(orderId)).map((one) => one.state);
  assert.deepEqual(states.toSorted(), ['accepted', 'repeated']);
});

test('few receipts go at once to an address that a stranger types; the others come in one, within the hour', async () => {
  const email = 'victim@example.com';
  for (let number = 1; number <= 5; number += 1) {
    const browser = openReaderBrowser(shop.fixture.url);
    await browser.open('/user/withdraw');
    await state(browser, '/user/withdraw', typed(800_000 + number, email));
  }
  await shop.fixture.advance(60);
  await until('the first', async () => (await messagesTo(shop.fixture, email)).length === 3);
  await shop.advance(3600);
  const seen = await until('the gathered', async () => {
    const messages = await messagesTo(shop.fixture, email);
    return messages.length > 3 && messages;
  });
  assert.equal(seen.length, 4);
  const told = seen.map(({ text }) => [...text.matchAll(/Ordrenummer: (\d+)/g)].map(([, number]) => number));
  const numbers = [1, 2, 3, 4, 5].map((number) => String(800_000 + number));
  assert.deepEqual(new Set(told.flat()), new Set(numbers));
  assert.deepEqual(told.map((of) => of.length).join(''), '1112');
});

test('what strangers have used up keeps no receipt from the buyer, and the page promises what comes', async () => {
  const { orderId, email } = await shop.buy();
  for (let number = 1; number <= 8; number += 1) {
    const browser = openReaderBrowser(shop.fixture.url);
    await browser.open('/user/withdraw');
    const fields =
      number % 2 === 0 ? typed(orderId, `s${number}@example.com`) : typed(810_000 + number, email);
    await state(browser, '/user/withdraw', fields);
  }
  await shop.advance(3601);
  const buyer = openReaderBrowser(shop.fixture.url);
  await buyer.open('/user/withdraw');
  const { received } = await state(buyer, '/user/withdraw', {
    ...typed(orderId, email),
    name: 'Kari Kjøper',
  });
  assert.match(textOf(received), new RegExp(`Vi sender en kvittering til ${email} innen en time\\.`));
  await shop.advance(3600);
  const receipt = await until('the receipt', async () =>
    (await messagesTo(shop.fixture, email)).find(({ text }) => text.includes('Navn: Kari Kjøper')),
  );
  assert.match(receipt.text, /Bekreft her, så trer det i kraft med en gang: http/);
});

test('addresses that a stranger types do not go out in our mail', async () => {
  const browser = openReaderBrowser(shop.fixture.url);
  await browser.open('/user/withdraw');
  const fields = {
    ...typed(1, 'lured@example.com'),
    name: 'Win at https://evil.example/now',
    what: 'www.evil.example',
  };
  await state(browser, '/user/withdraw', fields);
  const mail = await until('the mail', async () => (await messagesTo(shop.fixture, 'lured@example.com'))[0]);
  assert.doesNotMatch(`${mail.subject}${mail.text}${mail.html}`, /evil/);
});

const missing: [name: string, fields: Record<string, string>, told: RegExp][] = [
  ['no name', { ...typed(1, 'a@example.com'), name: '' }, /Skriv navnet ditt\./],
  ['no number', typed('', 'a@example.com'), /Skriv ordrenummeret\./],
  ['no address', typed(1, 'nobody'), /Skriv en e-postadresse som virker\./],
];

for (const [name, fields, told] of missing) {
  test(`the open page keeps what was typed and says what is missing: ${name}`, async () => {
    await shop.advance(3601);
    const browser = openReaderBrowser(shop.fixture.url);
    await browser.open('/user/withdraw');
    const page = await browser.post('/user/withdraw', { ...fields, step: 'confirm', key: 'b'.repeat(22) });
    assert.equal(page.status, 400);
    assert.match(textOf(page), told);
    for (const value of [fields['name'], fields['email']]) assert.ok(page.html.includes(`value="${value}"`));
  });
}

test('a network that has stated enough is asked to wait, by a page that leads on', async () => {
  await shop.advance(3601);
  const statuses: number[] = [];
  for (let number = 1; number <= 11; number += 1) {
    const browser = openReaderBrowser(shop.fixture.url);
    await browser.open('/user/withdraw');
    const { received } = await state(
      browser,
      '/user/withdraw',
      typed(700_000 + number, `many-${number}@example.com`),
    );
    statuses.push(received.status);
    if (received.status === 429) assert.match(received.html, /demoposten\.example/);
  }
  assert.deepEqual([statuses.filter((status) => status === 200).length, statuses.at(-1)], [10, 429]);
});

const languages: [language: string, heading: RegExp][] = [
  ['nb', /Angre avtalen/],
  ['nn', /Angre avtalen/],
  ['sv', /Ångra avtalet/],
  ['da', /Fortryd aftalen/],
  ['fi', /Peruuta sopimus/],
  ['en', /Withdraw from a contract/],
];

for (const [language, heading] of languages) {
  test(`the open page is in ${language}`, async () => {
    await shop.client().patch('/capi/v1/client/publisher', { locale: language });
    await until('the language', async () => {
      const reply = await fetch(new URL('/user/withdraw', shop.fixture.url), {
        headers: { 'accept-language': language },
      });
      const html = await reply.text();
      return html.includes(`<html lang="${language}">`) && heading.test(html);
    });
  });
}
