import type { CheckoutPageModel } from './checkout-page.tsx';
import { methodsIn } from './example-methods.ts';
import { amountIn, dayIn, type OutsideText, percentIn, wordsIn } from './example-values.ts';
import type { CheckoutLine, CheckoutOrder, CheckoutRenewal } from './parts/checkout-model.ts';

type Model = Omit<CheckoutPageModel, 'language' | 'publisherName' | 'seller' | 'nonce'>;

/** What is bought at which price of a piece, in minor units, and how much of it is VAT. */
type Bought = { description: string; quantity: number; unitMinor: number; vat: number | undefined };

/** What differs from two things of which one may be sent back for 14 days. */
type Given = {
  model: Pick<Model, 'methods'> & Partial<Omit<Model, 'order' | 'total'>>;
  order?: Partial<CheckoutOrder>;
  bought?: readonly Bought[];
};

/** The checkout in every state, with an order that shows all of it. */
export const exampleCheckouts: readonly { state: string; modelOf: (text: OutsideText) => Model }[] = [
  checkout('first', (text) => ({ model: { methods: methodsIn(text, 'coins', 'card', 'bill') } })),
  checkout('renews', (text) => ({
    model: { methods: methodsIn(text, 'coins', 'card') },
    order: { renewal: yearly(text), earlyStart: 'used days are paid' },
    bought: [plus(text, 99_000)],
  })),
  checkout('trial', (text) => ({
    model: { due: 'after trial', methods: methodsIn(text, 'coins') },
    order: { renewal: yearly(text) },
    bought: [plus(text, 0)],
  })),
  checkout('digital', (text) => ({
    model: { methods: methodsIn(text, 'card') },
    order: { earlyStart: 'ends the right' },
    bought: [book(text)],
  })),
  checkout('both', (text) => ({
    model: { methods: methodsIn(text, 'coins') },
    order: {
      renewal: { ...yearly(text), product: text.purchase },
      otherRenewals: [monthly(text)],
      earlyStart: 'both',
    },
    bought: [plus(text, 149_000), paper(text), book(text)],
  })),
  checkout('changed', (text) => ({
    model: { methods: methodsIn(text, 'coins'), isChanged: true, seen: 'a1' },
    order: { renewal: yearly(text) },
    bought: [plus(text, 149_000)],
  })),
  checkout('part without withdrawal', (text) => ({
    model: { methods: methodsIn(text, 'coins') },
    order: { withdrawal: inPart(text) },
  })),
  checkout('gift', (text) => ({
    model: { methods: methodsIn(text, 'coins') },
    order: { withdrawal: { ...inPart(text), hasGift: true } },
  })),
  checkout('guessable', (text) => ({
    model: { methods: methodsIn(text, 'coins', 'card') },
    order: { lines: [], totalVat: undefined },
  })),
  checkout('again', (text) => ({ model: { methods: methodsIn(text, 'coins'), failed: 'timed out' } })),
  checkout('spent', (text) => ({
    model: {
      methods: methodsIn(text, 'coins'),
      spent: methodsIn(text, 'bill'),
      failed: 'too many tries',
    },
  })),
  checkout('none left', (text) => ({
    model: { methods: [], spent: methodsIn(text, 'bill'), failed: 'too many tries' },
  })),
  checkout('other', (text) => ({
    model: { methods: methodsIn(text, 'card', 'bill'), failed: 'insufficient funds' },
  })),
  checkout('invoice', () => ({ model: { due: 'by invoice', methods: [] } })),
  checkout('free', (text) => ({ model: { due: 'nothing', methods: [] }, bought: [plus(text, 0)] })),
  checkout('paid before', () => ({ model: { due: 'paid before', methods: [] } })),
];

function checkout(
  state: string,
  given: (text: OutsideText) => Given,
): { state: string; modelOf: (text: OutsideText) => Model } {
  return {
    state,
    modelOf: (text) => {
      const { model, order, bought = [{ ...plus(text, 9900), quantity: 2 }, issue(text)] } = given(text);
      const sumOf = ({ quantity, unitMinor }: Bought) => quantity * unitMinor;
      const vat = bought.map((line) => vatIn(sumOf(line), line.vat ?? 0)).reduce((sum, one) => sum + one, 0);
      const total = bought.map(sumOf).reduce((sum, one) => sum + one, 0);
      return {
        due: 'now',
        order: {
          lines: bought.map((line) => lineOf(text, line, sumOf(line))),
          totalVat: vat === 0 ? undefined : amountIn(text, vat),
          renewal: undefined,
          withdrawal: { days: 14, without: [] },
          earlyStart: undefined,
          ...order,
        },
        total: amountIn(text, total),
        action: text.url,
        giveUpAction: text.url,
        ...model,
      };
    },
  };
}

function lineOf(
  text: OutsideText,
  { description, quantity, unitMinor, vat }: Bought,
  sum: number,
): CheckoutLine {
  return {
    description,
    quantity,
    unitPrice: amountIn(text, unitMinor),
    vatRate: vat === undefined ? undefined : percentIn(text, vat),
    sum: amountIn(text, sum),
  };
}

function vatIn(grossMinor: number, rate: number): number {
  return Math.round((grossMinor * rate) / (1 + rate));
}

function plus({ purchase }: OutsideText, unitMinor: number): Bought {
  return { description: purchase, quantity: 1, unitMinor, vat: 0.25 };
}

function paper(text: OutsideText): Bought {
  const description = wordsIn(text, 'Haredalens Tidende, papir og digitalt');
  return { description, quantity: 1, unitMinor: 14_900, vat: 0 };
}

function issue(text: OutsideText): Bought {
  const description = wordsIn(text, 'Haredalens Tidende nr. 12');
  return { description, quantity: 1, unitMinor: 5000, vat: undefined };
}

function book(text: OutsideText): Bought {
  return { description: wordsIn(text, 'Haredalen til fots'), quantity: 1, unitMinor: 24_900, vat: 0.25 };
}

function yearly(text: OutsideText): CheckoutRenewal {
  return {
    price: amountIn(text, 149_000),
    period: { unit: 'year', count: 1 },
    firstDay: dayIn(text, '2031-05-17T10:00:00Z'),
    leastTerm: { unit: 'year', count: 1 },
    stopAt: wordsIn(text, 'abonnement@haredalens-tidende.example'),
  };
}

function monthly(text: OutsideText): CheckoutRenewal {
  return {
    product: paper(text).description,
    price: amountIn(text, 14_900),
    period: { unit: 'month', count: 1 },
    firstDay: undefined,
    leastTerm: undefined,
    stopAt: undefined,
  };
}

function inPart(text: OutsideText): NonNullable<CheckoutOrder['withdrawal']> {
  return { days: 14, without: [{ description: issue(text).description, why: 'single issue' }] };
}
