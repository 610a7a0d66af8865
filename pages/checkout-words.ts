import { createHash } from 'node:crypto';
import type { CheckoutTexts } from './texts/checkout/checkout-shape.ts';
import type { PageTexts, Period } from './texts/text-shape.ts';

/** For each text that is made with something, what it may be made with: every sentence that it can say. */
type Samples<Texts> = {
  [Name in NamesOfMade<Texts>]: Texts[Name] extends (...given: infer Given) => string
    ? readonly Given[]
    : never;
};
type NamesOfMade<Texts> = {
  [Name in keyof Texts]: Texts[Name] extends (...given: never[]) => string ? Name : never;
}[keyof Texts];

const renewal = { price: '{price}', every: '{every}' };
const samples: Samples<CheckoutTexts> = {
  each: [['{price}']],
  vat: [['{rate}']],
  renews: [[{ ...renewal, firstDay: undefined }], [{ ...renewal, firstDay: '{day}' }]],
  leastTerm: [['{length}']],
  howToStop: [
    [undefined, false],
    [undefined, true],
    ['{contact}', false],
    ['{contact}', true],
  ],
  mayWithdraw: [
    [14, false],
    [14, true],
  ],
  pay: [['{amount}', '{how}']],
  payThen: [['{amount}', '{how}', '{then}']],
  startThen: [['{how}', '{then}']],
  payByInvoice: [['{amount}']],
};

const periods: Period[] = (['day', 'week', 'month', 'year'] as const).flatMap((unit) =>
  [1, 2, 3].map((count) => ({ unit, count })),
);

/**
 * The version of the words of the checkout in one language: made of what they say, and of nothing else. Words
 * that are written down in another way in the program, or under another name, have the same one.
 */
export function versionOfWords(texts: PageTexts): string {
  const { checkout, agreement, payment, shared } = texts;
  const { mayNotWithdraw, earlyStart, ...rest } = checkout;
  const sentences = [
    ...sentencesOf(rest),
    ...Object.values(mayNotWithdraw).flatMap((say) => [say(undefined), say('{what}')]),
    ...Object.values(earlyStart).flatMap(({ label, hint }) => [label, hint]),
    ...periods.map((period) => agreement.every(period)),
    ...Object.values(payment.choice).map((word) => (typeof word === 'string' ? word : word('{method}'))),
    payment.confirm,
    shared.organisationNumber('{number}'),
    shared.terms,
    shared.privacy,
  ];
  return createHash('sha256').update(sentences.toSorted().join('\n')).digest('hex').slice(0, 12);
}

function sentencesOf(texts: Omit<CheckoutTexts, 'mayNotWithdraw' | 'earlyStart'>): string[] {
  const given: Readonly<Record<string, readonly (readonly unknown[])[]>> = samples;
  return Object.entries(texts).flatMap(([name, word]) => {
    if (typeof word === 'string') return [word];
    const say = word as (...parts: readonly unknown[]) => string;
    return (given[name] ?? []).map((parts) => say(...parts));
  });
}
