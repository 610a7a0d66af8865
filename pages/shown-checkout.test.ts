import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { CheckoutPageModel } from './checkout-page.tsx';
import { versionOfWords } from './checkout-words.ts';
import { exampleText } from './every-page.ts';
import { exampleCheckouts } from './example-checkouts.ts';
import { shownCheckout } from './shown-checkout.ts';
import type { CheckoutTexts } from './texts/checkout/checkout-shape.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

const seller = {
  legalName: 'Haredalens Tidende AS',
  organisationNumber: '999999999',
  address: '',
  contactEmail: '',
  contactPhone: '',
  termsUrl: 'https://avis.example/terms',
  privacyUrl: '',
};

function modelOf(state: string, language = 'en'): CheckoutPageModel {
  const example = exampleCheckouts.find((one) => one.state === state) ?? assert.fail(state);
  const text = { ...exampleText, language };
  return { ...text, ...example.modelOf(text), seller };
}

test('the text holds what is bought, the terms, the buttons and the seller, in the order of the page', () => {
  const { text, textSha256, language } = shownCheckout(modelOf('renews'));
  const places = [
    'You are buying',
    'NOK 990.00',
    'Renews automatically',
    'I want to begin at once',
    'Pay NOK 990.00 with Coins',
    'https://avis.example/terms',
  ].map((part) => text.indexOf(part));
  assert.ok(!places.includes(-1), text);
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
    text,
  );
  assert.doesNotMatch(text, /[<>]/);
  assert.equal(textSha256, createHash('sha256').update(text, 'utf8').digest('hex'));
  assert.equal(language, 'en');
});

const same: [what: string, changes: Partial<CheckoutPageModel>][] = [
  ['another nonce', { nonce: 'another' }],
  ['another address of the form', { action: '/elsewhere' }],
  ['a try that came to nothing', { failed: 'declined' }],
  ['a notice that something has changed', { isChanged: true }],
];

for (const [what, changes] of same) {
  test(`${what} is no other text`, () => {
    const model = modelOf('first');
    assert.equal(shownCheckout({ ...model, ...changes }).textSha256, shownCheckout(model).textSha256);
  });
}

const other: [what: string, changes: (model: CheckoutPageModel) => Partial<CheckoutPageModel>][] = [
  ['another total', () => ({ total: '249,00 kr' })],
  ['a method less', ({ methods }) => ({ methods: methods.slice(1) })],
  ['another line', ({ order }) => ({ order: { ...order, lines: order.lines.slice(1) } })],
  ['another renewal', ({ order }) => ({ order: { ...order, renewal: undefined } })],
  [
    'other days of withdrawal',
    ({ order }) => ({ order: { ...order, withdrawal: { days: 30, without: [] } } }),
  ],
  ['other terms', () => ({ seller: { ...seller, termsUrl: 'https://avis.example/new' } })],
  ['a box to tick', ({ order }) => ({ order: { ...order, earlyStart: 'ends the right' } })],
];

for (const [what, changes] of other) {
  test(`${what} is another text`, () => {
    const model = modelOf('renews');
    assert.notEqual(
      shownCheckout({ ...model, ...changes(model) }).textSha256,
      shownCheckout(model).textSha256,
    );
  });
}

test('each language has words of its own, and so a version', () => {
  const versions = ['nb', 'nn', 'sv', 'da', 'fi', 'en'].map((language) =>
    shownCheckout(modelOf('first', language)),
  );
  assert.equal(new Set(versions.map(({ textVersion }) => textVersion)).size, 6);
});

const nb = textsFor('nb');
const withCheckout = (changes: Partial<CheckoutTexts>): PageTexts => ({
  ...nb,
  checkout: { ...nb.checkout, ...changes },
});

test('the same words, written down in another way, are the same version', () => {
  const other = withCheckout({
    heading: ['Fullfør', 'kjøpet'].join(' '),
    pay(amount, how) {
      return ['Betal', amount, how].join(' ');
    },
    mayWithdraw: (...given) => nb.checkout.mayWithdraw(...given),
  });
  assert.equal(versionOfWords({ ...other }), versionOfWords(nb));
});

const otherWords: [what: string, texts: PageTexts][] = [
  ['a heading', withCheckout({ heading: 'Fullfør' })],
  ['the words of a button', withCheckout({ pay: (amount, how) => `Bestill for ${amount} ${how}` })],
  [
    'one of two sentences',
    withCheckout({
      mayWithdraw: (days, isFree) => (isFree ? 'Du kan angre.' : nb.checkout.mayWithdraw(days, false)),
    }),
  ],
  [
    'a reason',
    withCheckout({ mayNotWithdraw: { ...nb.checkout.mayNotWithdraw, 'single issue': () => 'Nei.' } }),
  ],
  ['how often it is paid', { ...nb, agreement: { ...nb.agreement, every: () => 'stundom' } }],
];

for (const [what, texts] of otherWords) {
  test(`other words are another version: ${what}`, () => {
    assert.notEqual(versionOfWords(texts), versionOfWords(nb));
  });
}
