import type { OutsideText } from './example-values.ts';
import type { OfferedMethod } from './parts/checkout-model.ts';
import { textsFor } from './texts/page-texts.ts';

type Named = { label: string; how: string };

const coins = { label: 'Coins', how: 'med Coins' };
const card = { label: 'Kort', how: 'med kort' };

const words: Record<string, { coins: Named; card: Named; bill: Named }> = {
  nb: { coins, card, bill: { label: 'Mobilregningen', how: 'på mobilregningen' } },
  nn: { coins, card, bill: { label: 'Mobilrekninga', how: 'på mobilrekninga' } },
  sv: { coins, card, bill: { label: 'Mobilräkningen', how: 'på mobilräkningen' } },
  da: { coins, card, bill: { label: 'Mobilregningen', how: 'over mobilregningen' } },
  fi: {
    coins: { label: 'Coins', how: 'Coinsilla' },
    card: { label: 'Kortti', how: 'kortilla' },
    bill: { label: 'Puhelinlasku', how: 'puhelinlaskulla' },
  },
  en: {
    coins: { label: 'Coins', how: 'with Coins' },
    card: { label: 'Card', how: 'by card' },
    bill: { label: 'Phone bill', how: 'on your phone bill' },
  },
};

const marks = { coins: 'app', card: 'card', bill: 'phone bill' } as const;

/** Ways to pay as a server might offer them; the names are nobody's. */
export function methodsIn(
  { language }: Pick<OutsideText, 'language'>,
  ...names: (keyof typeof marks)[]
): OfferedMethod[] {
  const named = words[textsFor(language).language];
  return names.map((name) => ({ name, mark: marks[name], ...(named?.[name] ?? coins) }));
}
