import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckoutPageModel, renderCheckoutPage } from './checkout-page.tsx';
import { exampleText } from './every-page.ts';
import type { CheckoutOrder, CheckoutRenewal, CheckoutWithdrawal } from './parts/checkout-model.ts';
import { textsFor } from './texts/page-texts.ts';

const order: CheckoutOrder = {
  lines: [],
  totalVat: undefined,
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
  methods: [{ name: 'coins', label: 'Coins', how: 'with Coins', mark: 'app' }],
  action: '/user/pay',
};

/** What stands on the page, as a reader sees it. */
function textOf(html: string): string {
  return (/<main>(.*)<\/main>/s.exec(html)?.[1] ?? '')
    .replaceAll(/<[^>]+>/g, '\n')
    .replaceAll(/\n\s*/g, '\n');
}

const withdrawals: { name: string; withdrawal: CheckoutWithdrawal; said: string }[] = [
  {
    name: 'all of it',
    withdrawal: { days: 14, without: [] },
    said: 'You can withdraw for 14 days without saying why. The purchase then ends, and you get back what you have paid.',
  },
  {
    name: 'none, for one reason',
    withdrawal: { days: undefined, without: [{ description: 'No. 12', why: 'single issue' }] },
    said: 'There is no right of withdrawal for single issues of newspapers and periodicals.',
  },
  {
    name: 'a part',
    withdrawal: { days: 14, without: [{ description: 'No. 12', why: 'single issue' }] },
    said:
      'You can withdraw for 14 days without saying why. The purchase then ends, and you get back what you have' +
      ' paid. There is no right of withdrawal for single issues of newspapers and periodicals: No. 12.',
  },
  {
    name: 'none, for two reasons',
    withdrawal: {
      days: undefined,
      without: [
        { description: 'No. 12', why: 'single issue' },
        { description: 'No. 13', why: 'single issue' },
        { description: 'A book', why: 'digital content begun' },
      ],
    },
    said:
      'There is no right of withdrawal for single issues of newspapers and periodicals: No. 12, No. 13. You asked' +
      ' to have the content at once, and so there is no right of withdrawal for A book.',
  },
];

for (const { name, withdrawal, said } of withdrawals) {
  test(`the right of withdrawal is said, or why there is none: ${name}`, () => {
    assert.ok(
      textOf(renderCheckoutPage({ ...model, order: { ...order, withdrawal } })).includes(`\n${said}\n`),
    );
  });
}

test('lines that renew at different lengths are each told before the button, by name, price and day', () => {
  const month = { ...renewal, product: 'Plus' };
  const said = textOf(renderCheckoutPage({ ...model, order: { ...order, renewal: month, otherRenewals } }));
  const places = [
    '\nRenewal: Plus\nRenews automatically: NOK 149.00 every month, for the first time on 1 January 2031.',
    '\nRenewal: Year\nRenews automatically: 990 kr every year.',
    '\nPay NOK 158.00 with Coins, then NOK 149.00 every month and 990 kr every year',
  ].map((text) => said.indexOf(text));
  assert.ok(!places.includes(-1), said);
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  );
});

const freeWords: [language: string, said: string][] = [
  ['nb', 'Du kan angre i 14 dager uten å si hvorfor. Da avsluttes bestillingen.'],
  ['nn', 'Du kan angre i 14 dagar utan å seie kvifor. Då blir bestillinga avslutta.'],
  ['sv', 'Du kan ångra dig i 14 dagar utan att säga varför. Då avslutas beställningen.'],
  ['da', 'Du kan fortryde i 14 dage uden at sige hvorfor. Så afsluttes bestillingen.'],
  ['fi', 'Voit peruuttaa tilauksen 14 päivän kuluessa syytä kertomatta. Silloin sopimus päättyy.'],
  ['en', 'You can withdraw for 14 days without saying why. The order then ends.'],
];

for (const [language, said] of freeWords) {
  test(`what costs nothing promises no money back: ${language}`, () => {
    const withdrawal = { days: 14, without: [] };
    const page = renderCheckoutPage({ ...model, language, due: 'nothing', order: { ...order, withdrawal } });
    assert.ok(textOf(page).includes(`\n${said}\n`), textOf(page));
  });
}

test('whoever buys a gift is told who may withdraw from it', () => {
  for (const language of ['nb', 'nn', 'sv', 'da', 'fi', 'en']) {
    const { gift } = textsFor(language).checkout;
    const saidOf = (hasGift: boolean) =>
      textOf(
        renderCheckoutPage({
          ...model,
          language,
          order: { ...order, withdrawal: { days: 14, hasGift, without: [] } },
        }),
      );
    assert.ok(saidOf(true).includes(gift));
    assert.ok(!saidOf(false).includes(gift));
  }
});

test('who is bound for a time, or knows no address to stop at, is told so', () => {
  const bound = { ...renewal, leastTerm: { unit: 'month', count: 3 }, stopAt: undefined } as const;
  const said = textOf(renderCheckoutPage({ ...model, order: { ...order, renewal: bound } }));
  assert.match(said, /Minimum term: 3 months\. After that you can stop at any time by asking the seller\./);
});
