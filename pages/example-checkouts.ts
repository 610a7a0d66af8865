import type { CheckoutPageModel } from './checkout-page.tsx';
import type { CheckoutOrder, OfferedMethod } from './parts/checkout-model.ts';

type Outside = { purchase: string; url: string };
type Model = Omit<CheckoutPageModel, 'language' | 'publisherName' | 'seller' | 'nonce'>;

const renewal: CheckoutOrder['renewal'] = {
  price: '149,00\u00a0kr',
  period: { unit: 'month', count: 1 },
  firstDay: '17. mai 2031',
  leastTerm: { unit: 'month', count: 3 },
  stopAt: 'abonnement@haredalens-tidende.example',
};

const monthly = { ...renewal, product: 'Haredalens Tidende, papir og digitalt' };
const yearly = {
  product: 'Haredalen Pluss',
  period: { unit: 'year', count: 1 },
  leastTerm: undefined,
  stopAt: undefined,
} as const;

const inPart: CheckoutOrder['withdrawal'] = {
  days: 14,
  without: [{ description: 'Haredalens Tidende nr. 12', why: 'single issue' }],
};

const app: OfferedMethod = { name: 'coins', label: 'Coins', how: '+ Coins', mark: 'app' };
const card: OfferedMethod = { name: 'card', label: 'Card', how: '+ Card', mark: 'card' };
const bill: OfferedMethod = { name: 'bill', label: 'Bill', how: '+ Bill', mark: 'phone bill' };
const all: OfferedMethod = { name: 'all', label: 'All', how: '+ All', mark: 'several' };

/** The checkout in every state, with an order that shows all of it. */
export const exampleCheckouts: readonly { state: string; modelOf: (text: Outside) => Model }[] = [
  checkout('first', { methods: [app, card, bill, all] }),
  checkout('renews', { methods: [app, card] }, { renewal, earlyStart: 'used days are paid' }),
  checkout('trial', { due: 'after trial', total: '0,00\u00a0kr', methods: [app] }, { renewal }),
  checkout('digital', { methods: [card] }, { earlyStart: 'ends the right' }),
  checkout(
    'both',
    { methods: [app] },
    { renewal: monthly, otherRenewals: [{ ...monthly, ...yearly }], earlyStart: 'both' },
  ),
  checkout('changed', { methods: [app], isChanged: true, seen: 'a1' }, { renewal }),
  checkout('part without withdrawal', { methods: [app] }, { withdrawal: inPart }),
  checkout('gift', { methods: [app] }, { withdrawal: { ...inPart, hasGift: true } }),
  checkout('guessable', { methods: [app, card] }, { lines: [], totalVat: undefined }),
  checkout('again', { methods: [app], failed: 'timed out' }),
  checkout('spent', { methods: [app], spent: [bill], failed: 'too many tries' }),
  checkout('none left', { methods: [], spent: [bill], failed: 'too many tries' }),
  checkout('other', { methods: [card, bill], failed: 'insufficient funds' }),
  checkout('invoice', { due: 'by invoice', methods: [] }),
  checkout('free', { due: 'nothing', total: '0,00\u00a0kr', methods: [] }, { totalVat: undefined }),
  checkout('paid before', { due: 'paid before', methods: [] }),
];

function checkout(
  state: string,
  model: Pick<Model, 'methods'> & Partial<Model>,
  order: Partial<CheckoutOrder> = {},
): { state: string; modelOf: (text: Outside) => Model } {
  return {
    state,
    modelOf: (text) => ({
      due: 'now',
      order: { ...orderOf(text), ...order },
      total: '248,00\u00a0kr',
      action: text.url,
      giveUpAction: text.url,
      ...model,
    }),
  };
}

function orderOf({ purchase }: Outside): CheckoutOrder {
  return {
    lines: [
      {
        description: purchase,
        quantity: 2,
        unitPrice: '99,00\u00a0kr',
        vatRate: '25 %',
        sum: '198,00\u00a0kr',
      },
      {
        description: purchase,
        quantity: 1,
        unitPrice: '50,00\u00a0kr',
        vatRate: undefined,
        sum: '50,00\u00a0kr',
      },
    ],
    totalVat: '39,60\u00a0kr',
    renewal: undefined,
    withdrawal: { days: 14, without: [] },
    earlyStart: undefined,
  };
}
