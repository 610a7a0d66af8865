import type { OrderKind } from '../buyers/order-kind.ts';
import { orderKinds } from '../buyers/order-kinds.ts';

/** What buyers do while a node passes its failpoints. */
export type Scenario = { name: string; kinds: readonly OrderKind[] };

/** Ends that need longer than a few seconds at the provider; killing nodes at random moments meets them. */
const slow = ['sms, declined, then billed', 'kustom, pays and closes the browser'];

/** Every kind once, then each way to pay by itself, twice, so that every window is met by each of them. */
export const mixed: Scenario = {
  name: 'mixed',
  kinds: orderKinds.filter((kind) => !slow.includes(kind.name)),
};

export const ways: readonly Scenario[] = [
  way('free', ['free, link by e-mail', 'free, link by SMS']),
  way('invoice', ['invoice', 'invoice']),
  way('prepaid elsewhere', ['prepaid other', 'prepaid kco']),
  way('prepaid by Vipps and card', ['prepaid vippsEcommerce', 'prepaid creditcardPayex']),
  way('sms, charged', ['sms, charged', 'sms, charged']),
  way('sms, declined', ['sms, declined', 'sms, declined']),
  way('sms, unknown', ['sms, unknown billing', 'sms, unknown billing']),
  way('sms, silent', ['sms, never reports', 'sms, charged, never reports']),
  way('strex', ['strex, completed', 'strex, stopped']),
  way('vipps on the phone', ['vipps on the phone, approve', 'vipps on the phone, refuse']),
  ...['vipps', 'vipps recurring', 'card', 'swish', 'kustom', 'strex by code', 'any method'].flatMap(
    (name) => [
      way(`${name}, paid`, [`${name}, pays`, `${name}, refuses, then pays`]),
      way(`${name}, given up`, [`${name}, refuses and gives up`, `${name}, refuses and gives up`]),
    ],
  ),
];

/** One of each way to pay, for a first look. */
export const sample = way('sample', [
  'free, link by e-mail',
  'prepaid other',
  'sms, charged',
  'sms, charged, never reports',
  'strex, completed',
  'vipps on the phone, approve',
  'vipps, pays',
  'vipps recurring, pays',
  'card, refuses, then pays',
  'swish, pays',
  'kustom, pays',
  'strex by code, pays',
  'any method, refuses and gives up',
]);

function way(name: string, kindNames: readonly string[]): Scenario {
  const kinds = kindNames.map((kindName) => {
    const kind = orderKinds.find((one) => one.name === kindName);
    if (!kind) throw new Error(`there is no kind of order called ${kindName}`);
    return kind;
  });
  return { name, kinds };
}
