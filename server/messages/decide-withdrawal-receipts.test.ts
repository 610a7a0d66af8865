import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideWithdrawalReceipts, type StatementToTell } from './decide-withdrawal-receipts.ts';

const [own, other] = ['kari@example.com', 'ola@example.com'];
const none = { toTyped: 0, toOwn: 0, proven: 0 };
const proven = { isProven: true, own, typed: undefined, before: none };
const unproven = { isProven: false, own, typed: other, before: none };

const full = { toTyped: 3, toOwn: 3, proven: 20 };

const cases: [name: string, statement: StatementToTell, sent: string[]][] = [
  ['proven', proven, [`${own} own`]],
  ['proven, with another address', { ...proven, typed: other }, [`${own} own`, `${other} own`]],
  ['proven, with its own address', { ...proven, typed: 'Kari@Example.com' }, [`${own} own`]],
  [
    'proven, with its own address in other letters',
    { ...proven, own: 'kari@blåbær.no', typed: 'Kari@xn--blbr-roah.no' },
    ['kari@blåbær.no own'],
  ],
  ['proven, of an order without an address', { ...proven, own: undefined, typed: other }, [`${other} own`]],
  ['proven, of an order without any', { ...proven, own: undefined }, []],
  ['proven again and again', { ...proven, before: full }, [`${own} own, gathered`]],
  ['proven, after many without proof', { ...proven, before: { ...full, proven: 19 } }, [`${own} own`]],
  ['without proof', unproven, [`${own} own`, `${other} stranger`]],
  ['without proof, from its own address', { ...unproven, typed: 'Kari@Example.com' }, [`${own} own`]],
  ['without proof, of no order', { ...unproven, own: undefined }, [`${other} stranger`]],
  [
    'without proof, the typed address had enough at once',
    { ...unproven, before: { ...none, toTyped: 3 } },
    [`${own} own`, `${other} stranger, gathered`],
  ],
  [
    'without proof, the order was asked enough',
    { ...unproven, before: { ...none, toOwn: 3 } },
    [`${other} stranger`],
  ],
  ['without proof, both had enough', { ...unproven, before: full }, [`${other} stranger, gathered`]],
  [
    'without proof, from its own address, about which others asked before',
    { ...unproven, typed: own, before: { ...none, toOwn: 3 } },
    [`${own} own`],
  ],
  [
    'without proof, from its own address, which others have named before',
    { ...unproven, typed: own, before: full },
    [`${own} own, gathered`],
  ],
];

for (const [name, statement, sent] of cases) {
  test(`${name}: ${sent.join(', ') || 'nobody'}`, () => {
    const receipts = decideWithdrawalReceipts(statement);
    assert.deepEqual(
      receipts.map(({ to, as, when }) => `${to} ${as}${when === 'now' ? '' : ', gathered'}`),
      sent,
    );
  });
}

test('whoever states it gets it in writing, whatever others have stated before', () => {
  for (const isProven of [true, false]) {
    for (const typed of [own, other]) {
      for (const before of [none, full, { ...none, toTyped: 9999 }, { ...none, toOwn: 9999 }]) {
        const receipts = decideWithdrawalReceipts({ isProven, own, typed, before });
        assert.ok(
          receipts.some(({ to }) => to === typed),
          JSON.stringify({ isProven, typed, before }),
        );
      }
    }
  }
});
