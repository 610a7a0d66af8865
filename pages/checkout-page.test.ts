import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckoutPageModel, payWords, renderCheckoutPage } from './checkout-page.tsx';
import { exampleText } from './every-page.ts';
import type { CheckoutOrder, CheckoutRenewal, CheckoutWithdrawal } from './parts/checkout-model.ts';
import { textsFor } from './texts/page-texts.ts';

const order: CheckoutOrder = {
  lines: [{ description: 'Plus', quantity: 2, unitPrice: 'NOK 79.00', vatRate: '25%', sum: 'NOK 158.00' }],
  totalVat: 'NOK 31.60',
  renewal: undefined,
  withdrawal: undefined,
  earlyStart: undefined,
};
const renewal: CheckoutRenewal = {
  price: 'NOK 149.00',
  period: { unit: 'month', count: 1 },
  firstDay: '1 January 2031',
  leastTerm: undefined,
  stopAt: 'post@example.com',
};
const otherRenewals: CheckoutRenewal[] = [
  { ...renewal, product: 'Year', price: '990 kr', period: { unit: 'year', count: 1 }, firstDay: undefined },
];
const model: CheckoutPageModel = {
  ...exampleText,
  language: 'en',
  due: 'now',
  order,
  total: 'NOK 158.00',
  methods: [
    { name: 'coins', label: 'Coins', how: 'with Coins', mark: 'app' },
    { name: 'bill', label: 'On your phone bill', how: 'on your phone bill', mark: 'phone bill' },
  ],
  action: '/user/pay',
  giveUpAction: '/user/pay/give-up',
};

/** What stands on the page, as a reader sees it. */
function textOf(html: string): string {
  return (/<main>(.*)<\/main>/s.exec(html)?.[1] ?? '')
    .replaceAll(/<[^>]+>/g, '\n')
    .replaceAll(/\n\s*/g, '\n');
}

function buttonsOf(html: string): string[] {
  return [...html.matchAll(/<button[^>]*class="button"[^>]*>(.*?)<\/button>/gs)].map(([, inner = '']) =>
    inner.replaceAll(/<[^>]+>/g, ''),
  );
}

const words: { name: string; model: Partial<CheckoutPageModel>; said: Record<string, string> }[] = [
  {
    name: 'money now',
    model: { total: '149 kr' },
    said: {
      nb: 'Betal 149 kr med Coins',
      nn: 'Betal 149 kr med Coins',
      sv: 'Betala 149 kr med Coins',
      da: 'Betal 149 kr med Coins',
      fi: 'Maksa 149 kr med Coins',
      en: 'Pay 149 kr med Coins',
    },
  },
  {
    name: 'the same again each month',
    model: { total: '149 kr', order: { ...order, renewal: { ...renewal, price: '149 kr' } } },
    said: { nb: 'Betal 149 kr med Coins', en: 'Pay 149 kr med Coins' },
  },
  {
    name: 'less at first',
    model: { total: '1 kr', order: { ...order, renewal: { ...renewal, price: '149 kr' } } },
    said: {
      nb: 'Betal 1 kr med Coins, deretter 149 kr hver måned',
      nn: 'Betal 1 kr med Coins, deretter 149 kr kvar månad',
      sv: 'Betala 1 kr med Coins, därefter 149 kr varje månad',
      da: 'Betal 1 kr med Coins, derefter 149 kr hver måned',
      fi: 'Maksa 1 kr med Coins, sitten 149 kr joka kuukausi',
      en: 'Pay 1 kr med Coins, then 149 kr every month',
    },
  },
  {
    name: 'nothing before the trial is over',
    model: {
      due: 'after trial',
      total: '0 kr',
      order: { ...order, renewal: { ...renewal, price: '149 kr', period: { unit: 'year', count: 1 } } },
    },
    said: {
      nb: 'Start, og betal deretter 149 kr hvert år med Coins',
      nn: 'Start, og betal deretter 149 kr kvart år med Coins',
      sv: 'Börja, och betala därefter 149 kr varje år med Coins',
      da: 'Start, og betal derefter 149 kr hvert år med Coins',
      fi: 'Aloita ja maksa sitten 149 kr joka vuosi med Coins',
      en: 'Start, then pay 149 kr every year med Coins',
    },
  },
  {
    name: 'two lengths of renewal',
    model: { total: '149 kr', order: { ...order, renewal: { ...renewal, price: '149 kr' }, otherRenewals } },
    said: {
      nb: 'Betal 149 kr med Coins, deretter 149 kr hver måned og 990 kr hvert år',
      nn: 'Betal 149 kr med Coins, deretter 149 kr kvar månad og 990 kr kvart år',
      sv: 'Betala 149 kr med Coins, därefter 149 kr varje månad och 990 kr varje år',
      da: 'Betal 149 kr med Coins, derefter 149 kr hver måned og 990 kr hvert år',
      fi: 'Maksa 149 kr med Coins, sitten 149 kr joka kuukausi ja 990 kr joka vuosi',
      en: 'Pay 149 kr med Coins, then 149 kr every month and 990 kr every year',
    },
  },
  {
    name: 'a trial of two lengths of renewal',
    model: {
      due: 'after trial',
      order: { ...order, renewal: { ...renewal, price: '149 kr' }, otherRenewals },
    },
    said: {
      nb: 'Start, og betal deretter 149 kr hver måned og 990 kr hvert år med Coins',
      nn: 'Start, og betal deretter 149 kr kvar månad og 990 kr kvart år med Coins',
      sv: 'Börja, och betala därefter 149 kr varje månad och 990 kr varje år med Coins',
      da: 'Start, og betal derefter 149 kr hver måned og 990 kr hvert år med Coins',
      fi: 'Aloita ja maksa sitten 149 kr joka kuukausi ja 990 kr joka vuosi med Coins',
      en: 'Start, then pay 149 kr every month and 990 kr every year med Coins',
    },
  },
];

for (const { name, model: given, said } of words) {
  test(`the button says what is owed: ${name}`, () => {
    for (const [language, expected] of Object.entries(said)) {
      const method = { how: 'med Coins' };
      assert.equal(payWords({ ...model, ...given }, method, textsFor(language)), expected);
    }
  });
}

test('each way of paying is a button of its own with amount and method, and giving up another', () => {
  const html = renderCheckoutPage(model);
  assert.deepEqual(buttonsOf(html), ['Pay NOK 158.00 with Coins', 'Pay NOK 158.00 on your phone bill']);
  const first = `<form method="post" action="/user/pay"[^>]*><input type="hidden" name="nonce" value="nonce-1"/>`;
  assert.match(
    html,
    new RegExp(`${first}<button type="submit" class="none" tabindex="-1"[^>]*></button><button`),
  );
  for (const { name } of model.methods)
    assert.match(html, new RegExp(`<button [^>]*name="method" value="${name}"`));
  assert.match(html, /action="\/user\/pay\/give-up">.*<button[^>]*class="plain">Cancel and go back/);
  assert.doesNotMatch(html, /role="alert"/);
});

test('after a try that failed the page says why, and the button what it did', () => {
  const html = renderCheckoutPage({ ...model, failed: 'insufficient funds' });
  assert.match(html, /role="alert"[^>]*>The payment did not go through: there was not enough money/);
  assert.match(html, /<title>Error: Choose another way of paying/);
  assert.match(textOf(html), /enough money on the account\.\nYou have not paid anything yet\.\n/);
  const alone = renderCheckoutPage({ ...model, methods: model.methods.slice(1), failed: 'timed out' });
  assert.match(alone, /did not go through: it took too long\./);
  assert.deepEqual(buttonsOf(alone), ['Pay NOK 158.00 on your phone bill']);
});

test('lines, terms and seller stand before the button, and nothing but the box between', () => {
  const seller = {
    legalName: 'Haredalens Tidende AS',
    organisationNumber: '923609016',
    address: '',
    contactEmail: '',
    contactPhone: '',
    termsUrl: '',
    privacyUrl: '',
  };
  const withdrawal: CheckoutWithdrawal = { days: 14, without: [] };
  const full = { ...order, renewal, withdrawal, earlyStart: 'used days are paid' } as const;
  const said = textOf(renderCheckoutPage({ ...model, seller, order: full }));
  const places = [
    '2 × Plus\nNOK 158.00\nNOK 79.00 each, incl. 25% VAT',
    'To pay now\nNOK 158.00',
    'Of which VAT\nNOK 31.60',
    'Renews automatically: NOK 149.00 every month, for the first time on 1 January 2031. No minimum term. You' +
      ' can stop at any time: \npost@example.com\n',
    'You can withdraw for 14 days without saying why.',
    'Haredalens Tidende AS, Company no. 923609016',
    'I want to begin at once, and pay for the days I have used if I withdraw.',
    'Pay NOK 158.00 with Coins, then NOK 149.00 every month',
  ].map((text) => {
    assert.ok(said.includes(text), text);
    return said.indexOf(text);
  });
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  );
});

test('the box is never ticked, and the order can be placed without it', () => {
  const box = (earlyStart: CheckoutOrder['earlyStart']) =>
    /<input [^>]*type="checkbox"[^>]*>/.exec(
      renderCheckoutPage({ ...model, order: { ...order, earlyStart } }),
    )?.[0];
  for (const means of ['ends the right', 'used days are paid'] as const) {
    assert.match(box(means) ?? '', /name="earlyStart" type="checkbox" value="true" autocomplete="off"/);
    assert.doesNotMatch(box(means) ?? '', /checked|required/);
  }
  assert.equal(box(undefined), undefined);
});

test('what costs nothing at the button has other words than what does', () => {
  const button = (due: CheckoutPageModel['due']) =>
    buttonsOf(renderCheckoutPage({ ...model, due, methods: [] }));
  assert.deepEqual(button('by invoice'), ['Buy and pay NOK 158.00 by invoice']);
  assert.deepEqual(button('nothing'), ['Get it for free']);
  assert.deepEqual(button('paid before'), ['Complete the order']);
  assert.deepEqual(button('now'), ['Cancel and go back'], 'no way of paying is left');
});

test('an address that can be guessed shows the sum alone', () => {
  const html = renderCheckoutPage({ ...model, order: { ...order, lines: [] } });
  assert.ok(!html.includes('Plus'));
  assert.deepEqual(buttonsOf(html)[0], 'Pay NOK 158.00 with Coins');
});

test('whoever gets an invoice is told so, and nobody that there is nothing to pay beside an amount', () => {
  const said = textOf(renderCheckoutPage({ ...model, due: 'by invoice', methods: [] }));
  assert.match(
    said,
    /\nYou pay nothing now\. You will get an invoice\.\n.*\nTo pay by invoice\nNOK 158\.00\n/s,
  );
  assert.ok(!said.includes(textsFor('en').payment.confirm));
});

test('where no way of paying is left, nothing is to be paid now, and the button leads back', () => {
  const [, bill] = model.methods;
  const spent = bill ? [bill] : assert.fail();
  const html = renderCheckoutPage({ ...model, methods: [], spent, failed: 'too many tries' });
  const said = textOf(html);
  assert.match(said, /\nTo pay\nNOK 158\.00\n/);
  assert.deepEqual(buttonsOf(html), ['Cancel and go back']);
  assert.equal(said.match(/too many tries/g)?.length, 1, said);
  assert.match(html, /role="alert"[^>]*>On your phone bill: there were too many tries/);
});

test('a page that has changed says once that nothing was paid', () => {
  const said = textOf(renderCheckoutPage({ ...model, isChanged: true }));
  assert.equal(said.match(/not paid/g)?.length, 1, said);
  assert.match(said, /\nChoose a way of paying\.\n/);
});

test('where renewing is stopped is a link, and what is neither address nor number is words', () => {
  const linkOf = (stopAt: string) =>
    /<a class="contact" href="([^"]*)">/.exec(
      renderCheckoutPage({ ...model, order: { ...order, renewal: { ...renewal, stopAt } } }),
    )?.[1];
  assert.equal(linkOf('post@example.com'), 'mailto:post@example.com');
  assert.equal(linkOf('a?bcc=b&c@example.com'), 'mailto:a%3Fbcc%3Db%26c@example.com');
  assert.equal(linkOf('+47 22 00 00 00'), 'tel:+4722000000');
  for (const other of ['javascript:alert(1)', 'the desk', '12']) assert.equal(linkOf(other), undefined);
});
